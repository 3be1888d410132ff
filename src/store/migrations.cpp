// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/migrations.h"

#include "store/dialect.h"
#include "store/sql.h"
#include "store/values.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>

#include <algorithm>

// Outside every namespace, as Qt wants it: a static library's resources are not registered by themselves.
static void registerStoreResources()
{
    Q_INIT_RESOURCE(sql);
}

namespace flowgate::store {

QString Migration::sha256() const
{
    return QString::fromLatin1(QCryptographicHash::hash(text, QCryptographicHash::Sha256).toHex());
}

std::vector<Migration> ownMigrations()
{
    registerStoreResources();
    std::vector<Migration> migrations;
    const QDir folder(QStringLiteral(":/flowgate/sql"));
    for (const QString &name : folder.entryList({QStringLiteral("*.sql")}, QDir::Files, QDir::Name)) {
        QFile file(folder.filePath(name));
        if (file.open(QIODevice::ReadOnly))
            migrations.push_back({name.section(QLatin1Char('_'), 0, 0).toInt(), name, file.readAll()});
    }
    return migrations;
}

QStringList statementsOf(const QByteArray &text)
{
    QStringList statements;
    QByteArray current;
    const auto flush = [&] {
        if (const QByteArray statement = current.trimmed(); !statement.isEmpty())
            statements.append(QString::fromUtf8(statement));
        current.clear();
    };
    char quote = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quote != 0) {
            quote = c == quote ? char(0) : quote; // a doubled quote closes and opens again
        } else if (c == '\'' || c == '"') {
            quote = c;
        } else if (text.sliced(i, qMin(qsizetype(2), text.size() - i)) == "--") {
            const qsizetype end = text.indexOf('\n', i);
            i = end < 0 ? text.size() : end;
            current += '\n';
            continue;
        } else if (c == ';') {
            flush();
            continue;
        }
        current += c;
    }
    flush();
    return statements;
}

Outcome<std::vector<AppliedMigration>> appliedMigrations(Sql &sql)
{
    std::vector<AppliedMigration> applied;
    const auto tables = dialect::tables(sql);
    if (!tables)
        return domain::unexpected(tables.error());
    if (tables->isEmpty())
        return applied;
    return sql
        .each("SELECT number, sha256 FROM schema_migrations ORDER BY number", {},
              [&](const Row &row) {
                  applied.push_back({row.count(0), row.text(1)});
                  return Outcome<void>();
              })
        .map([&] { return std::move(applied); });
}

domain::Result<void, OpenError> judge(const std::vector<AppliedMigration> &applied,
                                      const std::vector<Migration> &carried)
{
    const int newest = carried.empty() ? 0 : carried.back().number;
    for (const AppliedMigration &step : applied) {
        if (step.number > newest) {
            return domain::unexpected(
                OpenError{OpenErrorKind::NewerSchema,
                          {},
                          QStringLiteral("the database has schema %1, this program knows up to %2")
                              .arg(applied.back().number)
                              .arg(newest)});
        }
        const auto own = std::ranges::find(carried, step.number, &Migration::number);
        if (own == carried.end() || own->sha256() != step.sha256) {
            return domain::unexpected(
                OpenError{OpenErrorKind::ChangedMigration,
                          {},
                          QStringLiteral("schema step %1 was applied with another text").arg(step.number)});
        }
    }
    return {};
}

Outcome<int> migrate(Sql &sql, const std::vector<Migration> &carried, WallTime now)
{
    const auto applied = appliedMigrations(sql);
    if (!applied)
        return domain::unexpected(applied.error());
    int count = 0;
    for (const Migration &step : carried) {
        if (std::ranges::find(*applied, step.number, &AppliedMigration::number) != applied->end())
            continue;
        auto transaction = Transaction::begin(sql);
        if (!transaction)
            return domain::unexpected(transaction.error());
        Outcome<void> done;
        const QStringList statements = statementsOf(step.text);
        for (auto text = statements.cbegin(); done && text != statements.cend(); ++text)
            done = sql.runOnce(*text);
        if (done && applied->empty() && count == 0)
            done = dialect::mark(sql);
        if (done)
            done = sql.write("INSERT INTO schema_migrations (number, name, sha256, applied_at) VALUES (?, ?, ?, ?)",
                             {bound(step.number), bound(step.name), bound(step.sha256()), bound(now)});
        if (done)
            done = transaction->commit();
        if (!done)
            return domain::unexpected(done.error());
        ++count;
    }
    return count;
}

} // namespace flowgate::store
