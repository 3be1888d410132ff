// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"
#include "domain/time.h"

#include <QString>

namespace flowgate::store {

using domain::milliseconds;
using domain::WallTime;

/// Why the database was not opened. Nothing was changed, overwritten or deleted.
enum class OpenErrorKind {
    FolderNotUsable,  ///< it cannot be made, is not a folder, or may not be written
    FolderNotPrivate, ///< it, or a link in it, belongs to another user, or it is shared (sticky)
    NotOurs,          ///< a healthy SQLite file of another program
    Corrupted,        ///< not a database, or PRAGMA quick_check found damage
    NewerSchema,      ///< written by a newer version of this program
    ChangedMigration, ///< a migration was applied whose text differs from the one that we carry
    Busy,             ///< another process holds it
    DiskFull,
    Io,
    Other,
};

struct OpenError
{
    OpenErrorKind kind = OpenErrorKind::Other;
    QString file;   ///< which file or folder
    QString detail; ///< what was found, in English; never holds stored values

    friend bool operator==(const OpenError &, const OpenError &) = default;
};

/// Why a job did not come through.
enum class StoreErrorKind {
    DiskFull, ///< these first six are not the job's own: the store keeps such a job and tries again
    Io,
    Busy,
    ReadOnly,
    NoMemory,
    Corrupted, ///< SQLite found the file damaged: what is written on top of that nobody could rely on
    Conflict,  ///< a constraint: the row exists, or what it refers to does not
    NotFound,
    Damaged, ///< a stored value cannot be read
    TooLarge,
    QueueFull, ///< too much waits to be written; the job was not taken
    Closed,    ///< the store is closed, or was before the job could be saved
    Other,
};

struct StoreError
{
    StoreErrorKind kind = StoreErrorKind::Other;
    QString detail; ///< for the log; never holds stored values

    friend bool operator==(const StoreError &, const StoreError &) = default;
};

/// What an operation on a table gives.
template<typename T>
using Outcome = domain::Result<T, StoreError>;

/// Whether the trouble is the machine's or the file's: the job itself is sound, and none that follows would do better.
[[nodiscard]] bool isPassing(StoreErrorKind kind);

/// A stored value that could not be read. It counts as never reported; the rest of its row is whole.
struct Damage
{
    QString table;
    QString key;
    QString detail;

    friend bool operator==(const Damage &, const Damage &) = default;
};

} // namespace flowgate::store
