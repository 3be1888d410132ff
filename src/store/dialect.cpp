// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/dialect.h"

#include "store/sql.h"

#include <QFileInfo>
#include <QUrl>

namespace flowgate::store::dialect {

namespace {

// "FGCP" in the file's header tells our database from other programs' (PRAGMA application_id).
constexpr int applicationId = 0x46474350;

QString onlyRow(const QStringList &rows)
{
    return rows.isEmpty() ? QString() : rows.first();
}

} // namespace

QSqlDatabase connection(const QString &name, const QString &file, Access access)
{
    QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
    database.setDatabaseName(file);
    QString options = QStringLiteral("QSQLITE_BUSY_TIMEOUT=5000");
    if (access == Access::Inspect) {
        options += QStringLiteral(";QSQLITE_OPEN_READONLY");
        if (QFileInfo(file + QStringLiteral("-wal")).size() == 0) {
            // Even a read-only connection makes a log and its index for a file in WAL mode, and leaves them there.
            options += QStringLiteral(";QSQLITE_OPEN_URI");
            database.setDatabaseName(QString::fromLatin1(QUrl::fromLocalFile(file).toEncoded()) +
                                     QStringLiteral("?immutable=1"));
        }
    }
    database.setConnectOptions(options);
    return database;
}

Outcome<void> prepare(Sql &sql)
{
    const auto mode = sql.askOnce(QStringLiteral("PRAGMA journal_mode = WAL"), 1);
    if (!mode)
        return domain::unexpected(mode.error());
    if (onlyRow(*mode) != u"wal")
        return domain::unexpected(
            StoreError{StoreErrorKind::Io, QStringLiteral("the file system does not take a write-ahead log")});
    for (const char *text : {
             "PRAGMA synchronous = FULL",
             "PRAGMA foreign_keys = ON",
             "PRAGMA trusted_schema = OFF",
             "PRAGMA cell_size_check = ON",
             "PRAGMA journal_size_limit = 67108864",
         }) {
        if (const auto done = sql.runOnce(QLatin1StringView(text)); !done)
            return done;
    }
    return {};
}

Outcome<void> begin(Sql &sql)
{
    return sql.write("BEGIN IMMEDIATE");
}

StoreError errorOf(const QSqlError &error)
{
    // Extended result codes carry the plain one in their low byte (sqlite.org/rescode.html).
    const int code = error.nativeErrorCode().toInt() & 0xff;
    const auto kind = [code] {
        switch (code) {
        case 5:  // SQLITE_BUSY
        case 6:  // SQLITE_LOCKED
        case 15: // SQLITE_PROTOCOL
            return StoreErrorKind::Busy;
        case 7:
            return StoreErrorKind::NoMemory;
        case 8:
            return StoreErrorKind::ReadOnly;
        case 10: // SQLITE_IOERR
        case 14: // SQLITE_CANTOPEN
            return StoreErrorKind::Io;
        case 11: // SQLITE_CORRUPT
        case 26: // SQLITE_NOTADB
            return StoreErrorKind::Corrupted;
        case 13:
            return StoreErrorKind::DiskFull;
        case 18:
            return StoreErrorKind::TooLarge;
        case 19:
            return StoreErrorKind::Conflict;
        default:
            return StoreErrorKind::Other;
        }
    }();
    return {kind, QStringLiteral("%1 (SQLite %2)").arg(error.databaseText(), error.nativeErrorCode())};
}

Outcome<QString> firstDamage(Sql &sql)
{
    const auto rows = sql.askOnce(QStringLiteral("PRAGMA quick_check(1)"), 1);
    if (!rows)
        return domain::unexpected(rows.error());
    const QString text = onlyRow(*rows).simplified(); // it comes in lines
    return text == u"ok" ? QString() : text.isEmpty() ? QStringLiteral("quick_check says nothing") : text;
}

Outcome<QStringList> tables(Sql &sql)
{
    return sql.askOnce(QStringLiteral("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"), 1000);
}

Outcome<bool> isMarked(Sql &sql)
{
    return sql.askOnce(QStringLiteral("PRAGMA application_id"), 1).map([](const QStringList &rows) {
        return onlyRow(rows).toInt() == applicationId;
    });
}

Outcome<void> mark(Sql &sql)
{
    return sql.runOnce(QStringLiteral("PRAGMA application_id = %1").arg(applicationId));
}

Outcome<void> limitSize(Sql &sql, qint64 bytes)
{
    const auto size = sql.askOnce(QStringLiteral("PRAGMA page_size"), 1);
    if (!size)
        return domain::unexpected(size.error());
    const qint64 page = qMax(512LL, onlyRow(*size).toLongLong());
    const qint64 pages = qMax(1LL, (bytes + page - 1) / page);
    return sql.askOnce(QStringLiteral("PRAGMA max_page_count = %1").arg(pages), 1).map([](const QStringList &) {});
}

qint64 bytesOnDisk(const QString &file)
{
    return QFileInfo(file).size() + QFileInfo(file + QStringLiteral("-wal")).size();
}

} // namespace flowgate::store::dialect
