// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/error.h"

#include <QByteArray>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariantList>

#include <functional>
#include <optional>
#include <string_view>
#include <unordered_map>

namespace flowgate::store {

/// The text of one statement: a literal, so that prepared statements can be kept by it.
class Statement
{
public:
    template<size_t N>
    consteval Statement(const char (&text)[N])
        : m_text(text, N - 1) // NOLINT: meant to be implicit
    {
    }
    [[nodiscard]] std::string_view text() const { return m_text; }

private:
    std::string_view m_text;
};

/// The current row of a result. Reading NULL gives the empty value; ask isNull() first where that matters.
class Row
{
public:
    explicit Row(const QSqlQuery &query)
        : m_query(query)
    {
    }

    [[nodiscard]] bool isNull(int column) const { return m_query.isNull(column); }
    [[nodiscard]] QByteArray bytes(int column) const { return m_query.value(column).toByteArray(); }
    [[nodiscard]] QString text(int column) const { return m_query.value(column).toString(); }
    [[nodiscard]] qint64 number(int column) const { return m_query.value(column).toLongLong(); }
    [[nodiscard]] int count(int column) const { return m_query.value(column).toInt(); }
    [[nodiscard]] bool flag(int column) const { return m_query.value(column).toBool(); }
    [[nodiscard]] WallTime time(int column) const { return WallTime(milliseconds(number(column))); }
    [[nodiscard]] std::optional<WallTime> timeIfAny(int column) const;
    /// The bits that bits() of values.h stored.
    [[nodiscard]] quint64 bits(int column) const { return static_cast<quint64>(number(column)); }

private:
    const QSqlQuery &m_query;
};

/// One open connection and its prepared statements. No type of Qt Sql leaves this layer through a table.
/// @thread the one that made it
class Sql
{
public:
    /// @param database  open; taken over: closed and removed with this object
    explicit Sql(QSqlDatabase database);
    ~Sql();
    Sql(const Sql &) = delete;
    Sql &operator=(const Sql &) = delete;

    /// Runs a prepared statement. Gives the number of rows that it changed.
    Outcome<int> run(Statement statement, const QVariantList &values = {});
    /// The same where the number does not matter.
    Outcome<void> write(Statement statement, const QVariantList &values = {})
    {
        return run(statement, values).map([](int) {});
    }
    /// Runs a query and hands over each row; ends early at the first error that @p row gives. @p row must not run the
    /// same statement.
    Outcome<void> each(Statement statement, const QVariantList &values,
                       const std::function<Outcome<void>(const Row &)> &row);
    /// Runs a text that is used once and takes no values: a migration's statement, a PRAGMA.
    Outcome<void> runOnce(const QString &statement);
    /// The same, and gives the first column of the rows as text, at most @p limit.
    Outcome<QStringList> askOnce(const QString &statement, int limit);

    /// The first passing trouble (see isPassing) since the last call, even if whoever met it went on: the transaction
    /// may be gone after it.
    std::optional<StoreError> takeTrouble() { return std::exchange(m_trouble, {}); }
    [[nodiscard]] QString file() const { return m_database.databaseName(); }

private:
    Outcome<QSqlQuery *> prepared(Statement statement);
    StoreError noted(const QSqlError &error);

    QSqlDatabase m_database;
    std::unordered_map<std::string_view, QSqlQuery> m_prepared;
    std::optional<StoreError> m_trouble;
};

/// A transaction that is rolled back unless it was committed.
class Transaction
{
public:
    [[nodiscard]] static Outcome<Transaction> begin(Sql &sql);
    Transaction(Transaction &&other) noexcept
        : m_sql(std::exchange(other.m_sql, nullptr))
    {
    }
    Transaction &operator=(Transaction &&) = delete;
    ~Transaction();

    /// After an error everything is rolled back.
    Outcome<void> commit();

private:
    explicit Transaction(Sql &sql)
        : m_sql(&sql)
    {
    }

    Sql *m_sql;
};

/// A part of a transaction that is undone unless it is kept. Outside a transaction it is one of its own.
class Savepoint
{
public:
    [[nodiscard]] static Outcome<Savepoint> begin(Sql &sql);
    Savepoint(Savepoint &&other) noexcept
        : m_sql(std::exchange(other.m_sql, nullptr))
    {
    }
    Savepoint &operator=(Savepoint &&) = delete;
    ~Savepoint();

    Outcome<void> keep();

private:
    explicit Savepoint(Sql &sql)
        : m_sql(&sql)
    {
    }

    Sql *m_sql;
};

} // namespace flowgate::store
