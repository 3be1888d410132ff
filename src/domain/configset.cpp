// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/configset.h"

#include <QCryptographicHash>
#include <QtEndian>

#include <vector>

namespace flowgate::domain {

namespace {

void addLength(QCryptographicHash &hash, qsizetype length)
{
    const quint64 bigEndian = qToBigEndian(static_cast<quint64>(length));
    hash.addData(QByteArrayView(reinterpret_cast<const char *>(&bigEndian), sizeof bigEndian));
}

void addPart(QCryptographicHash &hash, const QByteArray &part)
{
    addLength(hash, part.size());
    hash.addData(part);
}

} // namespace

qsizetype ConfigSet::byteCount() const
{
    qsizetype count = 0;
    for (const auto &[name, file] : files)
        count += file.body.size();
    return count;
}

ConfigSet wireForm(const ConfigSet &config)
{
    ConfigSet wire;
    for (const auto &[name, file] : config.files) {
        ConfigFile copy = file;
        if (copy.contentType.isEmpty())
            copy.contentType = QStringLiteral("text/yaml");
        wire.files.emplace(config.files.size() == 1 ? QString() : name, std::move(copy));
    }
    return wire;
}

ConfigHash canonicalHash(const ConfigSet &config)
{
    // QString orders by UTF-16 units, which differs from byte order beyond the basic plane: sort the bytes. Names that
    // are broken UTF-16 may become equal bytes: none of them drops out.
    std::multimap<QByteArray, const ConfigFile *> byName;
    const ConfigSet wire = wireForm(config);
    for (const auto &[name, file] : wire.files)
        byName.emplace(name.toUtf8(), &file);

    QCryptographicHash hash(QCryptographicHash::Sha256);
    addLength(hash, static_cast<qsizetype>(byName.size()));
    for (const auto &[name, file] : byName) {
        addPart(hash, name);
        addPart(hash, file->body);
        addPart(hash, file->contentType.toUtf8());
    }
    return ConfigHash(hash.result());
}

} // namespace flowgate::domain
