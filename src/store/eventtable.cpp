// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/eventtable.h"

#include "store/sql.h"
#include "store/values.h"

#include <algorithm>
#include <limits>

namespace flowgate::store {

using namespace domain;

namespace {

Event eventOf(const Row &row)
{
    Event event;
    event.number = row.number(0);
    event.at = row.time(1);
    event.kind = row.text(2);
    if (!row.isNull(3))
        event.gateway = GatewayId(row.bytes(3));
    event.text = row.text(4);
    event.by = row.text(5);
    return event;
}

} // namespace

Outcome<qint64> EventTable::append(const Event &event)
{
    qint64 number = 0;
    return m_sql
        .each("SELECT COALESCE(MAX(number), 0) + 1 FROM events", {},
              [&](const Row &row) {
                  number = row.number(0);
                  return Outcome<void>();
              })
        .and_then([&] {
            return m_sql.write("INSERT INTO events (number, at, kind, uid, text, by_whom) VALUES (?, ?, ?, ?, ?, ?)",
                               {bound(number), bound(event.at), bound(event.kind), bound(event.gateway),
                                bound(event.text), bound(event.by)});
        })
        .map([&] { return number; });
}

Outcome<std::vector<Event>> EventTable::query(const EventQuery &query)
{
    std::vector<Event> events;
    const auto take = [&events](const Row &row) {
        events.push_back(eventOf(row));
        return Outcome<void>();
    };
    const qint64 before = query.before.value_or(std::numeric_limits<qint64>::max());
    // Newest first, so that the limit keeps the newest; turned round below.
    const Outcome<void> done =
        query.gateway ? m_sql.each("SELECT number, at, kind, uid, text, by_whom FROM events WHERE uid = ? AND at >= ? "
                                   "AND number > ? AND number < ? ORDER BY number DESC LIMIT ?",
                                   {bound(*query.gateway), bound(query.since), bound(query.after), bound(before),
                                    bound(query.limit)},
                                   take)
                      : m_sql.each("SELECT number, at, kind, uid, text, by_whom FROM events WHERE at >= ? "
                                   "AND number > ? AND number < ? ORDER BY number DESC LIMIT ?",
                                   {bound(query.since), bound(query.after), bound(before), bound(query.limit)}, take);
    if (!done)
        return domain::unexpected(done.error());
    std::ranges::reverse(events);
    return events;
}

Outcome<std::vector<Event>> EventTable::marks(const MarkQuery &query)
{
    std::vector<Event> events;
    const auto take = [&events](const Row &row) {
        events.push_back(eventOf(row));
        return Outcome<void>();
    };
    const int withStates = query.withStates ? 1 : 0;
    const Outcome<void> done =
        query.gateway
            ? m_sql.each(
                  "SELECT number, at, kind, uid, text, by_whom FROM events WHERE uid = ? AND at >= ? "
                  "AND at < ? AND (? = 1 OR kind NOT LIKE 'gateway!_%' ESCAPE '!') ORDER BY number DESC LIMIT ?",
                  {bound(*query.gateway), bound(query.from), bound(query.to), bound(withStates), bound(query.limit)},
                  take)
            : m_sql.each("SELECT number, at, kind, uid, text, by_whom FROM events WHERE uid IS NULL AND at >= ? "
                         "AND at < ? ORDER BY number DESC LIMIT ?",
                         {bound(query.from), bound(query.to), bound(query.limit)}, take);
    if (!done)
        return domain::unexpected(done.error());
    std::ranges::reverse(events);
    return events;
}

Outcome<void> EventTable::take(const GatewayId &before, const GatewayId &now)
{
    return m_sql.write("UPDATE events SET uid = ? WHERE uid = ?", {bound(now), bound(before)});
}

Outcome<int> EventTable::prune(WallTime before, int limit)
{
    return m_sql.run("DELETE FROM events WHERE number IN (SELECT number FROM events WHERE at < ? "
                     "AND number < (SELECT MAX(number) FROM events) ORDER BY at LIMIT ?)",
                     {bound(before), bound(limit)});
}

} // namespace flowgate::store
