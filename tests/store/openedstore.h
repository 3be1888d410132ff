// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/database.h"
#include "store/opening.h"
#include "store/sql.h"

#include <QTemporaryDir>

#include <atomic>

namespace flowgate::testing {

/// A clock that stands still until it is set.
class StillClock final : public domain::Clock
{
public:
    [[nodiscard]] domain::WallTime now() const override { return domain::WallTime(domain::milliseconds(m_now)); }
    [[nodiscard]] domain::milliseconds awake() const override { return domain::milliseconds(m_now); }
    [[nodiscard]] domain::milliseconds elapsed() const override { return domain::milliseconds(m_now); }
    void set(qint64 now) { m_now = now; }

private:
    std::atomic<qint64> m_now = 1'795'478'400'123;
};

[[nodiscard]] inline domain::WallTime at(qint64 ms)
{
    return domain::WallTime(domain::milliseconds(ms));
}

/// A new database in a folder of its own, used on this thread. It does not wait for the disk: what survives a loss of power
/// is not tested with it.
struct OpenedStore
{
    OpenedStore()
    {
        auto opened = store::openDatabase(folder.path(), QStringLiteral("flowgate.db"), clock);
        if (!opened)
            qFatal("cannot open: %s", qPrintable(opened.error().detail));
        sql = std::move(opened->sql);
        if (!sql->runOnce(QStringLiteral("PRAGMA synchronous = OFF")))
            qFatal("cannot set synchronous");
        database.emplace(*sql);
    }

    QTemporaryDir folder;
    StillClock clock;
    std::unique_ptr<store::Sql> sql;
    std::optional<store::Database> database;
};

} // namespace flowgate::testing

/// Checks an Outcome and shows its error.
#define VERIFY_OK(expression)                                                                                          \
    do {                                                                                                               \
        const auto &verified = (expression);                                                                           \
        QVERIFY2(verified.has_value(), verified ? "" : qPrintable(verified.error().detail));                           \
    } while (false)

/// Checks that an Outcome is this error.
#define VERIFY_ERROR(expression, expected)                                                                             \
    do {                                                                                                               \
        const auto &verified = (expression);                                                                           \
        QVERIFY2(!verified.has_value(), "no error");                                                                   \
        QVERIFY2(verified.error().kind == (expected), qPrintable(verified.error().detail));                            \
    } while (false)
