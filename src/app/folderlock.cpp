// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/folderlock.h"

#include "app/journal/storewords.h"
#include "store/datafolder.h"

#include <QFile>
#include <QStorageInfo>

#include <fcntl.h>

namespace flowgate::app {

FolderLock::FolderLock(const QString &folder)
    : m_lock(folder + QStringLiteral("/lock"))
    , m_holderFile(folder + QStringLiteral("/holder"))
{
    // Never stale by age: only by the death of its process.
    m_lock.setStaleLockTime(0);
}

FolderLock::~FolderLock()
{
    if (!m_holderFile.isEmpty()) // empty: another one holds the folder
        QFile::remove(m_holderFile);
}

domain::Result<std::unique_ptr<FolderLock>, StartError> FolderLock::take(const QString &folder, const QString &program)
{
    const auto prepared = store::prepareFolder(folder);
    if (!prepared)
        return domain::unexpected(StartError{StartError::Kind::FolderNotUsable, words(prepared.error()), {}});
    std::unique_ptr<FolderLock> lock(new FolderLock(folder));
    if (prepared->wasOpen)
        lock->m_note = QStringLiteral("The data folder %1 was open to other users (mode %2); it has mode 700 now")
                           .arg(folder, QString::number(*prepared->wasOpen, 8));
    if (!lock->m_lock.tryLock(0)) {
        if (lock->m_lock.error() != QLockFile::LockFailedError) {
            const QStorageInfo disk(folder);
            const QString what = disk.isValid() && disk.bytesAvailable() < 4096
                                     ? QStringLiteral("the disk of %1 is full")
                                     : QStringLiteral("%1 cannot be written");
            return domain::unexpected(StartError{StartError::Kind::FolderNotUsable, what.arg(folder), {}});
        }
        qint64 pid = 0;
        QString host;
        QString application;
        lock->m_lock.getLockInfo(&pid, &host, &application);
        // The lock file names the process; what it calls itself stands beside it.
        QFile holder(lock->m_holderFile);
        QString name = application;
        if (holder.open(QIODevice::ReadOnly))
            name = QString::fromUtf8(holder.read(100)).trimmed();
        lock->m_holderFile.clear();
        return domain::unexpected(
            StartError{StartError::Kind::FolderHeld,
                       QStringLiteral("%1 is served by %2, process %3").arg(folder, name).arg(pid), name});
    }
    QFile holder;
    const int descriptor = store::openOwnFile(lock->m_holderFile, O_WRONLY | O_TRUNC);
    if (descriptor >= 0 && holder.open(descriptor, QIODevice::WriteOnly, QFile::AutoCloseHandle))
        holder.write(program.toUtf8());
    return lock;
}

} // namespace flowgate::app
