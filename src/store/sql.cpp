// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql.h"

#include "store/dialect.h"

#include <QSqlError>

namespace flowgate::store {

std::optional<WallTime> Row::timeIfAny(int column) const
{
    if (isNull(column))
        return {};
    return time(column);
}

Sql::Sql(QSqlDatabase database)
    : m_database(std::move(database))
{
}

Sql::~Sql()
{
    const QString name = m_database.connectionName();
    m_prepared.clear();
    m_database.close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(name);
}

StoreError Sql::noted(const QSqlError &error)
{
    StoreError result = dialect::errorOf(error);
    if (!m_trouble && isPassing(result.kind))
        m_trouble = result;
    return result;
}

Outcome<QSqlQuery *> Sql::prepared(Statement statement)
{
    if (const auto found = m_prepared.find(statement.text()); found != m_prepared.end())
        return &found->second;
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    const std::string_view text = statement.text();
    if (!query.prepare(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()))))
        return domain::unexpected(noted(query.lastError()));
    return &m_prepared.emplace(text, std::move(query)).first->second;
}

Outcome<int> Sql::run(Statement statement, const QVariantList &values)
{
    const auto query = prepared(statement);
    if (!query)
        return domain::unexpected(query.error());
    for (qsizetype i = 0; i < values.size(); ++i)
        (*query)->bindValue(static_cast<int>(i), values[i]);
    Outcome<int> result = 0;
    if ((*query)->exec())
        result = (*query)->numRowsAffected();
    else
        result = domain::unexpected(noted((*query)->lastError()));
    // Ends the statement: an open one would keep COMMIT and ROLLBACK from working.
    (*query)->finish();
    return result;
}

Outcome<void> Sql::each(Statement statement, const QVariantList &values,
                        const std::function<Outcome<void>(const Row &)> &row)
{
    const auto query = prepared(statement);
    if (!query)
        return domain::unexpected(query.error());
    for (qsizetype i = 0; i < values.size(); ++i)
        (*query)->bindValue(static_cast<int>(i), values[i]);
    Outcome<void> result;
    if ((*query)->exec()) {
        while (result && (*query)->next())
            result = row(Row(**query));
    }
    // next() also gives false when the disk could not be read.
    if (result && (*query)->lastError().isValid())
        result = domain::unexpected(noted((*query)->lastError()));
    (*query)->finish();
    return result;
}

Outcome<void> Sql::runOnce(const QString &statement)
{
    return askOnce(statement, 0).map([](const QStringList &) {});
}

Outcome<QStringList> Sql::askOnce(const QString &statement, int limit)
{
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    QStringList rows;
    if (query.exec(statement)) {
        while (rows.size() < limit && query.next())
            rows.append(query.value(0).toString());
    }
    if (query.lastError().isValid())
        return domain::unexpected(noted(query.lastError()));
    return rows;
}

Outcome<Transaction> Transaction::begin(Sql &sql)
{
    return dialect::begin(sql).map([&sql] { return Transaction(sql); });
}

Outcome<void> Transaction::commit()
{
    const Outcome<int> done = m_sql->run("COMMIT");
    if (!done)
        return domain::unexpected(done.error()); // the destructor rolls back
    m_sql = nullptr;
    return {};
}

Transaction::~Transaction()
{
    // Fails where SQLite has rolled back by itself (full disk), which is as good.
    if (m_sql)
        (void)m_sql->run("ROLLBACK");
}

Outcome<Savepoint> Savepoint::begin(Sql &sql)
{
    return sql.run("SAVEPOINT part").map([&sql](int) { return Savepoint(sql); });
}

Outcome<void> Savepoint::keep()
{
    const Outcome<int> done = m_sql->run("RELEASE SAVEPOINT part");
    if (!done)
        return domain::unexpected(done.error());
    m_sql = nullptr;
    return {};
}

Savepoint::~Savepoint()
{
    if (!m_sql)
        return;
    (void)m_sql->run("ROLLBACK TO SAVEPOINT part");
    (void)m_sql->run("RELEASE SAVEPOINT part");
}

} // namespace flowgate::store
