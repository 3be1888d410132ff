// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/error.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QStringList>

namespace flowgate::store {

class Sql;

/// Everything that is SQLite's and not PostgreSQL's. A second back end starts with a second one of these.
namespace dialect {

enum class Access {
    ReadWrite,
    Inspect, ///< changes nothing and makes no file beside it, unless a write-ahead log is there that has to be read
};

/// A connection that is not open yet. The name has to be unique in the process.
[[nodiscard]] QSqlDatabase connection(const QString &name, const QString &file, Access access);
/// Journal, durability, foreign keys: once after opening for writing.
[[nodiscard]] Outcome<void> prepare(Sql &sql);

/// Begins a transaction that has the right to write from its start, so that nothing inside has to wait for it.
[[nodiscard]] Outcome<void> begin(Sql &sql);

/// What a failed statement or connection means.
[[nodiscard]] StoreError errorOf(const QSqlError &error);

/// Nothing if the file is whole, else the first thing found.
[[nodiscard]] Outcome<QString> firstDamage(Sql &sql);
[[nodiscard]] Outcome<QStringList> tables(Sql &sql);
/// Whether the file carries our mark.
[[nodiscard]] Outcome<bool> isMarked(Sql &sql);
/// Marks the file as ours, inside the transaction that creates it.
[[nodiscard]] Outcome<void> mark(Sql &sql);

[[nodiscard]] Outcome<void> limitSize(Sql &sql, qint64 bytes);
/// Bytes that the database takes on disk, its write-ahead log included.
[[nodiscard]] qint64 bytesOnDisk(const QString &file);

} // namespace dialect
} // namespace flowgate::store
