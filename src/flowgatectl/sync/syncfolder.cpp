// SPDX-License-Identifier: GPL-3.0-or-later
#include "flowgatectl/sync/syncfolder.h"

#include "domain/names.h"
#include "flowgatectl/files.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringDecoder>
#include <QTemporaryFile>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <unistd.h>

namespace flowgate::ctl {

namespace {

const QString marksFile = QStringLiteral(".flowgate-sync.json");

bool isFileName(const QString &name)
{
    return !name.isEmpty() && name.size() <= 200 && !name.startsWith(u'.') && !name.contains(u'/') &&
           !name.contains(u'\\') && std::ranges::none_of(name, [](QChar c) { return c < u' ' || c == u'\x7f'; });
}

/// For the owner only, since configs may hold secrets. A link is refused: it would decide where they go.
Outcome<void> writeWhole(const QString &path, const QByteArray &bytes)
{
    const auto refused = [&path](const QString &why) {
        return failure(QStringLiteral("not_written"), QStringLiteral("%1 cannot be written: %2").arg(path, why));
    };
    if (QFileInfo(path).isSymLink())
        return refused(QStringLiteral("it is a link; put the file itself there"));
    QTemporaryFile file(path + QStringLiteral(".XXXXXX")); // mode 0600
    if (!file.open() || file.write(bytes) != bytes.size() || !file.flush() || ::fsync(file.handle()) != 0)
        return refused(file.errorString());
    file.close();
    // Takes the place of whatever has that name by now, and goes through no link.
    if (::rename(QFile::encodeName(file.fileName()).constData(), QFile::encodeName(path).constData()) != 0)
        return refused(QString::fromLocal8Bit(std::strerror(errno)));
    file.setAutoRemove(false);
    return {};
}

Outcome<QString> readText(const QFileInfo &info, qsizetype &room)
{
    const auto refused = [&info](const QString &why) {
        return failure(QStringLiteral("unreadable_file"), QStringLiteral("%1 %2").arg(info.filePath(), why));
    };
    // A link may lead anywhere, so what it leads to is not sent anywhere.
    if (info.isSymLink())
        return refused(QStringLiteral("is a link; put the file itself there"));
    if (!info.isFile())
        return refused(QStringLiteral("is no file; a config's folder holds files alone"));
    if (info.size() > room)
        return refused(QStringLiteral("makes the config larger than %1 MiB").arg(largestConfig / (1024 * 1024)));
    room -= static_cast<qsizetype>(info.size());
    QFile file(info.filePath());
    if (!file.open(QIODevice::ReadOnly))
        return refused(QStringLiteral("cannot be read: %1").arg(file.errorString()));
    QStringDecoder decoder(QStringConverter::Utf8, QStringConverter::Flag::ConvertInitialBom);
    QString text = decoder(file.readAll());
    if (decoder.hasError())
        return refused(QStringLiteral("is not UTF-8"));
    return text;
}

} // namespace

Outcome<SyncFolder> SyncFolder::open(const QString &path)
{
    SyncFolder folder(path);
    if (!folder.m_dir.exists() && !QDir().mkpath(path))
        return failure(QStringLiteral("not_written"), QStringLiteral("the folder %1 cannot be made").arg(path));
    QFile file(folder.m_dir.filePath(marksFile));
    if (QFileInfo(file.fileName()).isSymLink())
        return failure(QStringLiteral("unreadable_file"),
                       QStringLiteral("%1 is a link; put the file itself there").arg(file.fileName()));
    if (!file.exists())
        return folder;
    if (!file.open(QIODevice::ReadOnly))
        return failure(QStringLiteral("unreadable_file"),
                       QStringLiteral("%1 cannot be read: %2").arg(file.fileName(), file.errorString()));
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll());
    if (!document.isObject())
        return failure(QStringLiteral("unreadable_file"),
                       QStringLiteral("%1 is damaged; without it every difference is a conflict: delete it if that is "
                                      "what you want")
                           .arg(file.fileName()));
    const QJsonObject configs = document.object()[QLatin1String("configs")].toObject();
    for (auto it = configs.begin(); it != configs.end(); ++it) {
        SyncMark mark{it.value()[QLatin1String("version")].toInt(), it.value()[QLatin1String("hash")].toString(), {}};
        for (const QJsonValue &name : it.value()[QLatin1String("files")].toArray())
            mark.files.append(name.toString());
        folder.m_marks.insert(it.key(), mark);
    }
    return folder;
}

Outcome<QMap<QString, SyncFiles>> SyncFolder::configs() const
{
    QMap<QString, SyncFiles> configs;
    for (const QFileInfo &config : m_dir.entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
        if (!domain::isConfigName(config.fileName()))
            continue;
        if (config.isSymLink())
            return failure(QStringLiteral("unreadable_file"),
                           QStringLiteral("%1 is a link; put the folder itself there").arg(config.filePath()));
        SyncFiles files;
        qsizetype room = largestConfig;
        const QDir inside(config.filePath());
        for (const QFileInfo &info :
             inside.entryInfoList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot, QDir::Name)) {
            const auto text = readText(info, room);
            if (!text)
                return domain::unexpected(text.error());
            files.insert(info.fileName(), *text);
        }
        if (!files.isEmpty())
            configs.insert(config.fileName(), files);
    }
    return configs;
}

Outcome<void> SyncFolder::write(const QString &config, const SyncFiles &files)
{
    for (auto file = files.cbegin(); file != files.cend(); ++file) {
        if (!isFileName(file.key()))
            return failure(QStringLiteral("bad_name"),
                           QStringLiteral("a file of '%1' is called '%2', which is no name for a file")
                               .arg(config, file.key().left(100)));
    }
    if (QFileInfo(m_dir.filePath(config)).isSymLink())
        return failure(QStringLiteral("not_written"),
                       QStringLiteral("%1 is a link; put the folder itself there").arg(m_dir.filePath(config)));
    if (!m_dir.mkpath(config))
        return failure(QStringLiteral("not_written"),
                       QStringLiteral("the folder %1 cannot be made").arg(m_dir.filePath(config)));
    const QDir inside(m_dir.filePath(config));
    for (auto file = files.cbegin(); file != files.cend(); ++file) {
        if (const auto done = writeWhole(inside.filePath(file.key()), file.value().toUtf8()); !done)
            return done;
    }
    for (const QString &old : m_marks.value(config).files) {
        if (!files.contains(old) && isFileName(old))
            QFile::remove(inside.filePath(old));
    }
    return {};
}

Outcome<void> SyncFolder::saveMarks() const
{
    QJsonObject configs;
    for (auto mark = m_marks.cbegin(); mark != m_marks.cend(); ++mark)
        configs.insert(mark.key(), QJsonObject{{QStringLiteral("version"), mark->version},
                                               {QStringLiteral("hash"), mark->hash},
                                               {QStringLiteral("files"), QJsonArray::fromStringList(mark->files)}});
    return writeWhole(m_dir.filePath(marksFile),
                      QJsonDocument(QJsonObject{{QStringLiteral("configs"), configs}}).toJson());
}

} // namespace flowgate::ctl
