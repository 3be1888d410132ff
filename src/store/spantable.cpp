// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/spantable.h"

#include "store/sql.h"
#include "store/storedwords.h"
#include "store/values.h"

namespace flowgate::store {

using namespace domain;

namespace {

/// A span from the columns kind, state, began, ended, detail, part, from @p first on; nothing if its kind is unknown.
std::optional<Span> spanOf(const Row &row, int first)
{
    const auto kind = words::spanKind.find(row.text(first));
    if (!kind)
        return {};
    return Span{*kind,
                row.text(first + 1),
                row.time(first + 2),
                row.timeIfAny(first + 3),
                row.text(first + 4),
                row.text(first + 5)};
}

/// Takes rows of uid and the columns of spanOf().
std::function<Outcome<void>(const Row &)> intoLoaded(LoadedSpans &loaded)
{
    return [&loaded](const Row &row) {
        const GatewayId gateway(row.bytes(0));
        if (auto span = spanOf(row, 1))
            loaded.spans[gateway].push_back(*std::move(span));
        else
            loaded.damaged.push_back({QStringLiteral("spans"), gateway.hex(), QStringLiteral("kind")});
        return Outcome<void>();
    };
}

} // namespace

Outcome<void> SpanTable::apply(const GatewayId &gateway, const SpanStep &step)
{
    Outcome<void> done;
    if (step.closed)
        done = close(gateway, *step.closed);
    if (done && step.opened)
        done = step.replaced ? replaceOpen(gateway, *step.opened) : insert(gateway, *step.opened);
    return done;
}

Outcome<void> SpanTable::insert(const GatewayId &gateway, const Span &span)
{
    const QString kind = words::spanKind.of(span.kind);
    if (!span.to) {
        // Open already: its end was lost on the way. The later one tells when it was over.
        const auto ended =
            m_sql.run("UPDATE spans SET ended = CASE WHEN began > ? THEN began ELSE ? END "
                      "WHERE uid = ? AND kind = ? AND part = ? AND ended IS NULL",
                      {bound(span.from), bound(span.from), bound(gateway), bound(kind), bound(span.part)});
        if (!ended)
            return domain::unexpected(ended.error());
    }
    qint64 number = 0;
    return m_sql
        .each("SELECT COALESCE(MAX(number), 0) + 1 FROM spans WHERE uid = ?", {bound(gateway)},
              [&](const Row &row) {
                  number = row.number(0);
                  return Outcome<void>();
              })
        .and_then([&] {
            return m_sql.write("INSERT INTO spans (uid, number, kind, state, began, ended, detail, part) "
                               "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                               {bound(gateway), bound(number), bound(kind), bound(span.state), bound(span.from),
                                bound(span.to), bound(span.detail), bound(span.part)});
        });
}

Outcome<void> SpanTable::close(const GatewayId &gateway, const Span &closed)
{
    if (!closed.to)
        return domain::unexpected(StoreError{StoreErrorKind::Conflict, QStringLiteral("a closed span has an end")});
    const auto changed = m_sql.run("UPDATE spans SET state = ?, began = ?, ended = ?, detail = ? "
                                   "WHERE uid = ? AND kind = ? AND part = ? AND ended IS NULL",
                                   {bound(closed.state), bound(closed.from), bound(closed.to), bound(closed.detail),
                                    bound(gateway), bound(words::spanKind.of(closed.kind)), bound(closed.part)});
    if (!changed)
        return domain::unexpected(changed.error());
    return *changed > 0 ? Outcome<void>() : insert(gateway, closed);
}

Outcome<void> SpanTable::replaceOpen(const GatewayId &gateway, const Span &span)
{
    const auto changed = m_sql.run("UPDATE spans SET state = ?, began = ?, ended = ?, detail = ? "
                                   "WHERE uid = ? AND kind = ? AND part = ? AND ended IS NULL",
                                   {bound(span.state), bound(span.from), bound(span.to), bound(span.detail),
                                    bound(gateway), bound(words::spanKind.of(span.kind)), bound(span.part)});
    if (!changed)
        return domain::unexpected(changed.error());
    return *changed > 0 ? Outcome<void>() : insert(gateway, span);
}

Outcome<std::vector<Span>> SpanTable::since(const GatewayId &gateway, WallTime since)
{
    std::vector<Span> spans;
    return m_sql
        .each(
            "SELECT kind, state, began, ended, detail, part FROM spans WHERE uid = ? AND (ended IS NULL OR ended >= ?) "
            "ORDER BY began, number",
            {bound(gateway), bound(since)},
            [&](const Row &row) -> Outcome<void> {
                auto span = spanOf(row, 0);
                if (!span)
                    return domain::unexpected(StoreError{StoreErrorKind::Damaged, QStringLiteral("span: kind")});
                spans.push_back(*std::move(span));
                return {};
            })
        .map([&] { return std::move(spans); });
}

Outcome<std::vector<DrawnSpan>> SpanTable::drawn(const GatewayId &gateway, const TimelineWindow &window)
{
    std::vector<DrawnSpan> spans;
    const auto take = [&spans](const Row &row) -> Outcome<void> {
        auto span = spanOf(row, 0);
        if (!span)
            return domain::unexpected(StoreError{StoreErrorKind::Damaged, QStringLiteral("span: kind")});
        const int count = row.count(6);
        if (count > 1)
            span->detail.clear(); // it would be the reason of any of them
        spans.push_back({*std::move(span), count});
        return {};
    };
    const qint64 grain = std::max<qint64>(window.grain.count(), 1);
    // A long span is a group of its own (numbers are positive, so they are below all pixels), short ones are one a
    // pixel; the digit before a state is how bad it is.
    const Outcome<void> ended = m_sql.each(
        "SELECT kind, SUBSTR(MAX(CASE state WHEN 'unhealthy' THEN '9' WHEN 'failed' THEN '9' WHEN 'lost' THEN '8' "
        "WHEN 'drifted' THEN '7' WHEN 'unanswered' THEN '7' WHEN 'silent' THEN '6' WHEN 'not_running' THEN '6' "
        "WHEN 'left' THEN '5' WHEN 'starting' THEN '4' WHEN 'stopping' THEN '4' WHEN 'not_observed' THEN '3' "
        "WHEN 'connected' THEN '1' WHEN 'healthy' THEN '1' WHEN 'in_sync' THEN '1' ELSE '2' END || state), 2), "
        "MIN(began) AS first, MAX(ended), MAX(detail), part, COUNT(*) FROM spans "
        "WHERE uid = ? AND ended >= ? AND began < ? "
        "GROUP BY kind, part, CASE WHEN ended - began >= ? THEN -number ELSE (began - ?) / ? END ORDER BY first",
        {bound(gateway), bound(window.from), bound(window.to), bound(grain),
         bound(window.from - std::chrono::milliseconds(grain)), bound(grain)},
        take);
    const Outcome<void> done = ended.and_then([&] {
        return m_sql.each("SELECT kind, state, began, ended, detail, part, 1 FROM spans WHERE uid = ? "
                          "AND ended IS NULL AND began < ? ORDER BY began",
                          {bound(gateway), bound(window.to)}, take);
    });
    return done.map([&] { return std::move(spans); });
}

Outcome<LoadedSpans> SpanTable::open()
{
    LoadedSpans loaded;
    return m_sql
        .each("SELECT uid, kind, state, began, ended, detail, part FROM spans WHERE ended IS NULL", {},
              intoLoaded(loaded))
        .map([&] { return std::move(loaded); });
}

Outcome<LoadedSpans> SpanTable::at(WallTime at)
{
    LoadedSpans loaded;
    // Of those that have an end, the one that covers a moment is the first that ends after it: spans of a kind do not
    // overlap. Where that one began later, there is a gap.
    return m_sql
        .each("SELECT s.uid, s.kind, s.state, s.began, s.ended, s.detail, s.part FROM gateways g CROSS JOIN "
              "(SELECT 'presence' AS kind UNION ALL SELECT 'health' UNION ALL SELECT 'config') k "
              "JOIN spans s ON s.uid = g.uid AND s.number = "
              "(SELECT f.number FROM spans f WHERE f.uid = g.uid AND f.kind = k.kind AND f.ended > ? "
              "ORDER BY f.ended, f.began LIMIT 1) WHERE s.began <= ?",
              {bound(at), bound(at)}, intoLoaded(loaded))
        .and_then([&] {
            return m_sql.each("SELECT uid, kind, state, began, ended, detail, part FROM spans WHERE ended IS NULL AND "
                              "began <= ? AND kind IN ('presence', 'health', 'config')",
                              {bound(at)}, intoLoaded(loaded));
        })
        .map([&] { return std::move(loaded); });
}

Outcome<NearestChanges> SpanTable::changesAround(WallTime notAfter, WallTime after)
{
    NearestChanges changes;
    const auto take = [](std::optional<WallTime> &nearest, auto isNearer) {
        return [&nearest, isNearer](const Row &row) {
            if (const auto time = row.timeIfAny(0); time && (!nearest || isNearer(*time, *nearest)))
                nearest = time;
            return Outcome<void>();
        };
    };
    const auto before = take(changes.before, std::greater<>());
    const auto behind = take(changes.after, std::less<>());
    // Where one span of a kind ends another begins, save a gateway's first: that one begins when it was first seen.
    return m_sql
        .each("SELECT ended FROM spans WHERE ended <= ? AND kind IN ('presence', 'health', 'config') "
              "ORDER BY ended DESC LIMIT 1",
              {bound(notAfter)}, before)
        .and_then([&] {
            return m_sql.each("SELECT MAX(first_seen) FROM gateways WHERE first_seen <= ?", {bound(notAfter)}, before);
        })
        .and_then([&] {
            return m_sql.each("SELECT ended FROM spans WHERE ended > ? AND kind IN ('presence', 'health', 'config') "
                              "ORDER BY ended LIMIT 1",
                              {bound(after)}, behind);
        })
        .and_then([&] {
            return m_sql.each("SELECT MIN(first_seen) FROM gateways WHERE first_seen > ?", {bound(after)}, behind);
        })
        .map([&] { return changes; });
}

Outcome<void> SpanTable::take(const GatewayId &before, const GatewayId &now)
{
    std::optional<WallTime> first;
    qint64 most = 0;
    const auto known = m_sql
                           .each("SELECT MIN(began) FROM spans WHERE uid = ?", {bound(now)},
                                 [&](const Row &row) {
                                     if (!row.isNull(0))
                                         first = row.time(0);
                                     return Outcome<void>();
                                 })
                           .and_then([&] {
                               return m_sql.each("SELECT COALESCE(MAX(number), 0) FROM spans WHERE uid IN (?, ?)",
                                                 {bound(before), bound(now)}, [&](const Row &row) {
                                                     most = row.number(0);
                                                     return Outcome<void>();
                                                 });
                           });
    if (!known)
        return known;
    Outcome<void> done;
    if (first) {
        done =
            m_sql.write("DELETE FROM spans WHERE uid = ? AND began >= ?", {bound(before), bound(*first)})
                .and_then([&] {
                    return m_sql.write("UPDATE spans SET ended = ? WHERE uid = ? AND (ended IS NULL OR ended > ?)",
                                       {bound(*first), bound(before), bound(*first)});
                })
                .and_then([&] {
                    return m_sql.write("UPDATE spans SET number = number + ? WHERE uid = ?", {bound(most), bound(now)});
                });
    }
    return done.and_then([&] {
        return m_sql.write("UPDATE spans SET uid = ? WHERE uid = ?", {bound(now), bound(before)});
    });
}

Outcome<int> SpanTable::prune(WallTime before, int limit)
{
    return m_sql.run("DELETE FROM spans WHERE (uid, number) IN "
                     "(SELECT uid, number FROM spans WHERE ended < ? ORDER BY ended LIMIT ?)",
                     {bound(before), bound(limit)});
}

} // namespace flowgate::store
