// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/datafolder.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace flowgate::store {

using domain::Result;
using domain::unexpected;

namespace {

OpenError systemError(const QString &folder, const char *doing)
{
    const int number = errno;
    const bool isFull = number == ENOSPC || number == EDQUOT;
    return {isFull ? OpenErrorKind::DiskFull : OpenErrorKind::FolderNotUsable, folder,
            QStringLiteral("%1: %2").arg(QLatin1StringView(doing), QString::fromLocal8Bit(std::strerror(number)))};
}

OpenError notPrivate(const QString &folder, const QString &why)
{
    return {OpenErrorKind::FolderNotPrivate, folder, why};
}

Result<bool, OpenError> make(const QString &folder, const QByteArray &path)
{
    if (QFileInfo::exists(folder))
        return false;
    const QString parent = QFileInfo(QDir::cleanPath(QDir(folder).absolutePath())).path();
    if (!QDir().mkpath(parent))
        return unexpected(systemError(folder, "cannot make the folder"));
    if (::mkdir(path.constData(), S_IRWXU) == 0)
        return true;
    if (errno != EEXIST) // another one was faster: it is judged as any that was there
        return unexpected(systemError(folder, "cannot make the folder"));
    return false;
}

/// Whose it is; a link that somebody else made leads where they want.
std::optional<OpenError> judgeOwner(const QString &folder, const QByteArray &path, const struct stat &about)
{
    const uid_t us = ::geteuid();
    struct stat link
    {
    };
    if (::lstat(path.constData(), &link) != 0)
        return systemError(folder, "cannot look at the folder");
    if (S_ISLNK(link.st_mode) && link.st_uid != us && link.st_uid != 0)
        return notPrivate(folder, QStringLiteral("it is a link that another user made"));
    if ((about.st_mode & S_ISVTX) != 0)
        return notPrivate(folder, QStringLiteral("it is a folder that many users share, such as /tmp"));
    if (about.st_uid != us)
        return notPrivate(folder, QStringLiteral("it belongs to another user (uid %1), and this program runs as uid %2")
                                      .arg(about.st_uid)
                                      .arg(us));
    return {};
}

std::optional<OpenError> judgeLinks(const QString &folder)
{
    const QFileInfoList entries =
        QDir(folder).entryInfoList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    for (const QFileInfo &entry : entries) {
        struct stat about
        {
        };
        const QByteArray path = QFile::encodeName(entry.filePath());
        if (::lstat(path.constData(), &about) == 0 && S_ISLNK(about.st_mode) && about.st_uid != ::geteuid())
            return notPrivate(entry.filePath(), QStringLiteral("it is a link that another user made; remove it"));
    }
    return {};
}

} // namespace

Result<DataFolder, OpenError> prepareFolder(const QString &folder)
{
    // Without a slash at its end: with one, a link is looked through.
    const QByteArray path = QFile::encodeName(QDir::cleanPath(folder));
    const auto made = make(folder, path);
    if (!made)
        return unexpected(made.error());
    DataFolder done{*made, {}};
    struct stat about
    {
    };
    if (::stat(path.constData(), &about) != 0)
        return unexpected(systemError(folder, "cannot look at the folder"));
    if (!S_ISDIR(about.st_mode))
        return unexpected(OpenError{OpenErrorKind::FolderNotUsable, folder, QStringLiteral("not a folder")});
    if (auto error = judgeOwner(folder, path, about))
        return unexpected(*std::move(error));
    if (const mode_t mode = about.st_mode & ALLPERMS; mode != S_IRWXU) {
        if (::chmod(path.constData(), S_IRWXU) != 0)
            return unexpected(systemError(folder, "cannot set mode 0700"));
        if ((mode & (S_IRWXG | S_IRWXO)) != 0)
            done.wasOpen = mode;
    }
    if (::faccessat(AT_FDCWD, path.constData(), R_OK | W_OK | X_OK, AT_EACCESS) != 0)
        return unexpected(systemError(folder, "the folder may not be written"));
    if (auto error = judgeLinks(folder))
        return unexpected(*std::move(error));
    return done;
}

int openOwnFile(const QString &file, int flags)
{
    return ::open(QFile::encodeName(file).constData(), flags | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
}

} // namespace flowgate::store
