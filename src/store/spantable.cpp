// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/spantable.h"

#include "store/sql.h"
#include "store/storedwords.h"
#include "store/values.h"

namespace flowgate::store {

using namespace domain;

namespace {

/// A span from the columns kind, state, began, ended, detail, which begin at @p first; nothing if its kind is unknown.
std::optional<Span> spanOf(const Row &row, int first)
{
    const auto kind = words::spanKind.find(row.text(first));
    if (!kind)
        return {};
    return Span{*kind, row.text(first + 1), row.time(first + 2), row.timeIfAny(first + 3), row.text(first + 4)};
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
        const auto ended = m_sql.run("UPDATE spans SET ended = CASE WHEN began > ? THEN began ELSE ? END "
                                     "WHERE uid = ? AND kind = ? AND ended IS NULL",
                                     {bound(span.from), bound(span.from), bound(gateway), bound(kind)});
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
            return m_sql.write("INSERT INTO spans (uid, number, kind, state, began, ended, detail) "
                               "VALUES (?, ?, ?, ?, ?, ?, ?)",
                               {bound(gateway), bound(number), bound(kind), bound(span.state), bound(span.from),
                                bound(span.to), bound(span.detail)});
        });
}

Outcome<void> SpanTable::close(const GatewayId &gateway, const Span &closed)
{
    if (!closed.to)
        return domain::unexpected(StoreError{StoreErrorKind::Conflict, QStringLiteral("a closed span has an end")});
    const auto changed = m_sql.run("UPDATE spans SET state = ?, began = ?, ended = ?, detail = ? "
                                   "WHERE uid = ? AND kind = ? AND ended IS NULL",
                                   {bound(closed.state), bound(closed.from), bound(closed.to), bound(closed.detail),
                                    bound(gateway), bound(words::spanKind.of(closed.kind))});
    if (!changed)
        return domain::unexpected(changed.error());
    return *changed > 0 ? Outcome<void>() : insert(gateway, closed);
}

Outcome<void> SpanTable::replaceOpen(const GatewayId &gateway, const Span &span)
{
    const auto changed = m_sql.run("UPDATE spans SET state = ?, began = ?, ended = ?, detail = ? "
                                   "WHERE uid = ? AND kind = ? AND ended IS NULL",
                                   {bound(span.state), bound(span.from), bound(span.to), bound(span.detail),
                                    bound(gateway), bound(words::spanKind.of(span.kind))});
    if (!changed)
        return domain::unexpected(changed.error());
    return *changed > 0 ? Outcome<void>() : insert(gateway, span);
}

Outcome<std::vector<Span>> SpanTable::since(const GatewayId &gateway, WallTime since)
{
    std::vector<Span> spans;
    return m_sql
        .each("SELECT kind, state, began, ended, detail FROM spans WHERE uid = ? AND (ended IS NULL OR ended >= ?) "
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

Outcome<LoadedSpans> SpanTable::open()
{
    LoadedSpans loaded;
    return m_sql
        .each("SELECT uid, kind, state, began, ended, detail FROM spans WHERE ended IS NULL", {},
              [&](const Row &row) {
                  const GatewayId gateway(row.bytes(0));
                  if (auto span = spanOf(row, 1))
                      loaded.spans[gateway].push_back(*std::move(span));
                  else
                      loaded.damaged.push_back({QStringLiteral("spans"), gateway.hex(), QStringLiteral("kind")});
                  return Outcome<void>();
              })
        .map([&] { return std::move(loaded); });
}

Outcome<int> SpanTable::prune(WallTime before, int limit)
{
    return m_sql.run("DELETE FROM spans WHERE (uid, number) IN "
                     "(SELECT uid, number FROM spans WHERE ended < ? ORDER BY ended LIMIT ?)",
                     {bound(before), bound(limit)});
}

} // namespace flowgate::store
