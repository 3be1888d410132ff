// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/journal/storewords.h"

namespace flowgate::app {

QString words(const store::OpenError &error)
{
    QString what;
    switch (error.kind) {
    case store::OpenErrorKind::FolderNotUsable:
        what = QStringLiteral("the folder cannot be used");
        break;
    case store::OpenErrorKind::FolderNotPrivate:
        what = QStringLiteral("it is not this user's own");
        break;
    case store::OpenErrorKind::NotOurs:
        what = QStringLiteral("the file belongs to another program");
        break;
    case store::OpenErrorKind::Corrupted:
        what = QStringLiteral("the file is damaged");
        break;
    case store::OpenErrorKind::NewerSchema:
        what = QStringLiteral("the file was written by a newer version of this program");
        break;
    case store::OpenErrorKind::ChangedMigration:
        what = QStringLiteral("the file was written by a version that differs from this one");
        break;
    case store::OpenErrorKind::Busy:
        what = QStringLiteral("another process holds the file");
        break;
    case store::OpenErrorKind::DiskFull:
        what = QStringLiteral("the disk is full");
        break;
    case store::OpenErrorKind::Io:
        what = QStringLiteral("reading or writing failed");
        break;
    case store::OpenErrorKind::Other:
        what = QStringLiteral("it cannot be opened");
        break;
    }
    return QStringLiteral("%1: %2 (%3)").arg(error.file, what, error.detail);
}

QString words(const store::StoreError &error)
{
    using Kind = store::StoreErrorKind;
    QString what;
    switch (error.kind) {
    case Kind::DiskFull:
        what = QStringLiteral("the disk is full; make space on the disk of the data folder");
        break;
    case Kind::Io:
        what = QStringLiteral("the disk of the data folder does not take what is written; see whether it is full");
        break;
    case Kind::ReadOnly:
        what = QStringLiteral("the database file may not be written; make it, its folder and its disk writable");
        break;
    case Kind::Busy:
        what = QStringLiteral("another program holds the database file; end that program");
        break;
    case Kind::NoMemory:
        what = QStringLiteral("this machine is out of memory");
        break;
    case Kind::Corrupted:
        what = QStringLiteral(
            "the database file is damaged, and nothing more is written to it; stop, and restore it from a backup");
        break;
    case Kind::QueueFull:
        what = QStringLiteral("too much waits to be written; try again in a while");
        break;
    case Kind::Closed:
        what = QStringLiteral("the control plane ends");
        break;
    default: // the job's own: what was found says it
        return error.detail;
    }
    return error.detail.isEmpty() ? what : QStringLiteral("%1 (%2)").arg(what, error.detail);
}

domain::unexpected<Failure> storeFailed(const store::StoreError &error)
{
    return failed(FailureCode::StoreFailed, words(error));
}

domain::unexpected<Failure> notYetWritten(const store::StoreError &error)
{
    return failed(
        FailureCode::StoreFailed,
        QStringLiteral("%1. It is in force all the same, and is written down once that works again").arg(words(error)));
}

} // namespace flowgate::app
