// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/configs/draftstore.h"

#include "domain/names.h"
#include "ui/configs/configlayout.h"

#include <QCborArray>
#include <QCborMap>
#include <QCborValue>
#include <QDir>
#include <QFile>
#include <QSaveFile>

#include <limits>

namespace flowgate::ui {

namespace {

constexpr qint64 mostBytes = 64 * 1024 * 1024; // a config is far smaller; a file that is not ours may be anything
constexpr auto ending = ".draft";

QCborArray filesToCbor(const domain::ConfigSet &files)
{
    QCborArray list;
    for (const auto &[name, file] : files.files)
        list.append(QCborArray{name, file.contentType, file.body});
    return list;
}

std::optional<domain::ConfigSet> filesFromCbor(const QCborValue &value)
{
    if (!value.isArray())
        return {};
    domain::ConfigSet files;
    const QCborArray list = value.toArray();
    for (const QCborValue &one : list) {
        const QCborArray parts = one.toArray();
        if (parts.size() != 3 || !parts.at(0).isString() || !parts.at(1).isString() || !parts.at(2).isByteArray())
            return {};
        files.files.insert_or_assign(parts.at(0).toString(),
                                     domain::ConfigFile{parts.at(2).toByteArray(), parts.at(1).toString()});
    }
    return files;
}

bool write(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return false;
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner); // may hold secrets
    file.write(bytes);
    return file.commit();
}

} // namespace

QByteArray draftBytes(const QString &name, const Draft &draft)
{
    QCborMap map;
    map.insert(QStringLiteral("name"), name);
    map.insert(QStringLiteral("version"), draft.version);
    map.insert(QStringLiteral("base"), filesToCbor(draft.base));
    map.insert(QStringLiteral("files"), filesToCbor(draft.files));
    return map.toCborValue().toCbor();
}

std::optional<Draft> draftFromBytes(const QString &name, const QByteArray &bytes)
{
    QCborParserError error;
    const QCborValue value = QCborValue::fromCbor(bytes, &error);
    // A cut file leaves a map with a key and no value behind, and looking into that reads past its end (Qt 6.4).
    if (error.error != QCborError::NoError)
        return {};
    const QCborMap map = value.toMap();
    const qint64 version = map.value(QStringLiteral("version")).toInteger(-1);
    const auto base = filesFromCbor(map.value(QStringLiteral("base")));
    const auto files = filesFromCbor(map.value(QStringLiteral("files")));
    if (map.value(QStringLiteral("name")).toString() != name || version < 0 ||
        version > std::numeric_limits<int>::max() || !base || !files || files->isEmpty())
        return {};
    return Draft{static_cast<int>(version), *base, *files};
}

DraftStore::DraftStore(QString folder)
    : m_folder(std::move(folder))
{
}

DraftStore::~DraftStore()
{
    finish();
}

Drafts DraftStore::load() const
{
    Drafts drafts;
    const QString end = QString::fromLatin1(ending);
    for (const QFileInfo &info : QDir(m_folder).entryInfoList({u'*' + end}, QDir::Files)) {
        const QString name = info.fileName().chopped(end.size());
        QFile file(info.filePath());
        if (!domain::isConfigName(name) || info.size() > mostBytes || !file.open(QIODevice::ReadOnly))
            continue;
        if (const auto draft = draftFromBytes(name, file.readAll()))
            drafts.insert(name, *draft);
    }
    return drafts;
}

DraftStore::Batch DraftStore::batchFor(const Drafts &drafts)
{
    Batch batch;
    const QDir folder(m_folder);
    const auto pathOf = [&folder](const QString &name) { return folder.filePath(name + QString::fromLatin1(ending)); };
    for (auto it = m_kept.cbegin(); it != m_kept.cend(); ++it) {
        if (!drafts.contains(it.key()))
            batch.remove.append(pathOf(it.key()));
    }
    for (auto it = drafts.cbegin(); it != drafts.cend(); ++it) {
        const auto kept = m_kept.constFind(it.key());
        if (!m_written || kept == m_kept.cend() || !(*kept == *it))
            batch.write.emplace_back(pathOf(it.key()), draftBytes(it.key(), *it));
    }
    m_kept = drafts;
    return batch;
}

bool DraftStore::carryOut(const QString &folder, const Batch &batch)
{
    for (const QString &path : batch.remove)
        QFile::remove(path);
    if (batch.write.empty())
        return true;
    bool done = QDir().mkpath(folder);
    for (const auto &[path, bytes] : batch.write)
        done = write(path, bytes) && done;
    return done;
}

void DraftStore::keep(const Drafts &drafts)
{
    if (m_writer.joinable())
        m_next = drafts;
    else
        begin(drafts);
}

void DraftStore::begin(const Drafts &drafts)
{
    Batch batch = batchFor(drafts);
    if (batch.write.empty() && batch.remove.isEmpty())
        return;
    m_writer = std::thread([this, batch = std::move(batch)] {
        m_written = carryOut(m_folder, batch);
        m_answers.post([this] { settle(); });
    });
}

void DraftStore::settle()
{
    if (m_writer.joinable())
        m_writer.join();
    if (m_next)
        begin(*std::exchange(m_next, std::nullopt));
}

bool DraftStore::finish()
{
    if (m_writer.joinable())
        m_writer.join();
    // What failed is tried once more: this is the last chance.
    const Drafts last = m_next ? *std::exchange(m_next, std::nullopt) : m_kept;
    m_written = carryOut(m_folder, batchFor(last));
    return m_written;
}

} // namespace flowgate::ui
