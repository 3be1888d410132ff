// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/observertable.h"

#include "store/sql.h"
#include "store/values.h"

namespace flowgate::store {

namespace {

ObserverRun runOf(const Row &row)
{
    return {row.time(0), row.time(1)};
}

} // namespace

Outcome<void> ObserverTable::start(WallTime from)
{
    return touch(from, from);
}

Outcome<void> ObserverTable::touch(WallTime from, WallTime until)
{
    return m_sql.write("INSERT INTO observer_runs (began, until) VALUES (?, ?) "
                       "ON CONFLICT (began) DO UPDATE SET until = excluded.until",
                       {bound(from), bound(until)});
}

Outcome<std::vector<ObserverRun>> ObserverTable::since(WallTime since)
{
    std::vector<ObserverRun> runs;
    return m_sql
        .each("SELECT began, until FROM observer_runs WHERE until >= ? ORDER BY began", {bound(since)},
              [&](const Row &row) {
                  runs.push_back(runOf(row));
                  return Outcome<void>();
              })
        .map([&] { return std::move(runs); });
}

Outcome<std::optional<ObserverRun>> ObserverTable::last()
{
    std::optional<ObserverRun> run;
    // By its end: after the wall clock was set back the newest run does not begin last.
    return m_sql
        .each("SELECT began, until FROM observer_runs ORDER BY until DESC, began DESC LIMIT 1", {},
              [&](const Row &row) {
                  run = runOf(row);
                  return Outcome<void>();
              })
        .map([&] { return run; });
}

Outcome<std::optional<WallTime>> ObserverTable::lastLook(WallTime at)
{
    const auto newest = last();
    if (!newest)
        return domain::unexpected(newest.error());
    if (*newest && (*newest)->from <= at && at <= (*newest)->until + 2 * observerTick)
        return at;
    std::optional<WallTime> look;
    return m_sql
        .each("SELECT MAX(until) FROM observer_runs WHERE began <= ?", {bound(at)},
              [&](const Row &row) {
                  if (const auto until = row.timeIfAny(0))
                      look = std::min(*until, at);
                  return Outcome<void>();
              })
        .map([&] { return look; });
}

Outcome<int> ObserverTable::prune(WallTime before)
{
    return m_sql.run("DELETE FROM observer_runs WHERE until < ?", {bound(before)});
}

} // namespace flowgate::store
