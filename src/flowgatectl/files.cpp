// SPDX-License-Identifier: GPL-3.0-or-later
#include "flowgatectl/files.h"

#include <QFile>
#include <QFileInfo>
#include <QStringDecoder>

namespace flowgate::ctl {

namespace {

/// The text, byte order mark included; nothing if it is not UTF-8.
std::optional<QString> utf8Text(const QByteArray &bytes)
{
    QStringDecoder decoder(QStringConverter::Utf8,
                           QStringConverter::Flag::Stateless | QStringConverter::Flag::ConvertInitialBom);
    QString text = decoder(bytes);
    return decoder.hasError() ? std::nullopt : std::optional(text);
}

} // namespace

Outcome<QByteArray> readFile(const QString &path, Console &console, qsizetype limit)
{
    if (path == u"-")
        return console.readAll(limit);
    const auto unreadable = [&](const QString &why) {
        return failure(QStringLiteral("unreadable_file"), QStringLiteral("%1 cannot be read: %2").arg(path, why));
    };
    if (QFileInfo(path).isDir())
        return unreadable(QStringLiteral("it is a folder"));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return unreadable(file.exists() ? file.errorString() : QStringLiteral("there is no such file"));
    QByteArray bytes;
    for (;;) { // a pipe gives its content in pieces
        const QByteArray piece = file.read(std::min<qint64>(limit + 1 - bytes.size(), 1024 * 1024));
        if (piece.isEmpty() && file.error() != QFileDevice::NoError)
            return unreadable(file.errorString());
        if (piece.isEmpty())
            return bytes;
        bytes += piece;
        if (bytes.size() > limit)
            return failure(QStringLiteral("too_large"),
                           QStringLiteral("%1 is larger than %2 MiB").arg(path).arg(limit / (1024 * 1024)));
    }
}

Outcome<QJsonObject> readConfigFiles(const QStringList &paths, Console &console)
{
    QJsonObject files;
    qsizetype total = 0;
    for (const QString &path : paths) {
        const QString name = path == u"-" ? standardInputName.toString() : QFileInfo(path).fileName();
        if (files.contains(name))
            return usageError(
                QStringLiteral("two of the files would be called '%1'; give each a name of its own").arg(name));
        const auto bytes = readFile(path, console);
        if (!bytes)
            return domain::unexpected(bytes.error());
        total += bytes->size();
        if (total > largestConfig)
            return failure(
                QStringLiteral("too_large"),
                QStringLiteral("the files are larger than %1 MiB together").arg(largestConfig / (1024 * 1024)));
        const auto text = utf8Text(*bytes);
        if (!text)
            return failure(
                QStringLiteral("not_utf8"),
                QStringLiteral("%1 is not UTF-8 text").arg(path == u"-" ? QStringLiteral("standard input") : path));
        files.insert(name, *text);
    }
    return files;
}

} // namespace flowgate::ctl
