// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/telemetrytable.h"

#include "store/sql.h"
#include "store/storedwords.h"
#include "store/values.h"

#include <limits>

namespace flowgate::store {

using namespace domain;

namespace {

/// A row of `telemetry` from its column 0 on: uid, began, at, records, body.
TelemetryBatch batchOf(const Row &row, TelemetryKind kind)
{
    return {GatewayId(row.bytes(0)), kind, row.time(1), row.time(2), row.count(3), row.bytes(4)};
}

} // namespace

Outcome<void> TelemetryTable::add(const TelemetryBatch &batch)
{
    const QVariant kind = bound(words::telemetryKind.of(batch.kind));
    return m_sql
        .write("INSERT INTO telemetry (uid, kind, at, number, began, records, body) VALUES (?, ?, ?, "
               "(SELECT COALESCE(MAX(number), -1) + 1 FROM telemetry WHERE uid = ? AND kind = ? AND at = ?), ?, ?, ?)",
               {bound(batch.gateway), kind, bound(batch.at), bound(batch.gateway), kind, bound(batch.at),
                bound(batch.began), bound(batch.records), bound(batch.body)})
        .and_then([&] {
            return m_sql.write("INSERT INTO telemetry_size (kind, bytes) VALUES (?, ?) "
                               "ON CONFLICT (kind) DO UPDATE SET bytes = telemetry_size.bytes + excluded.bytes",
                               {kind, bound(qint64(batch.body.size()))});
        });
}

Outcome<std::vector<TelemetryBatch>> TelemetryTable::query(const TelemetryQuery &query)
{
    std::vector<TelemetryBatch> found;
    return m_sql
        .each("SELECT uid, began, at, records, body FROM telemetry WHERE uid = ? AND kind = ? AND at >= ? "
              "AND began <= ? ORDER BY at DESC, number DESC LIMIT ?",
              {bound(query.gateway), bound(words::telemetryKind.of(query.kind)), bound(query.from), bound(query.to),
               bound(query.limit)},
              [&](const Row &row) {
                  found.push_back(batchOf(row, query.kind));
                  return Outcome<void>();
              })
        .map([&] { return std::move(found); });
}

Outcome<std::optional<TelemetryBatch>> TelemetryTable::oldest(TelemetryKind kind, WallTime before)
{
    std::optional<TelemetryBatch> found;
    return m_sql
        .each("SELECT uid, began, at, records, body FROM telemetry WHERE kind = ? AND at < ? ORDER BY at LIMIT 1",
              {bound(words::telemetryKind.of(kind)), bound(before)},
              [&](const Row &row) {
                  found = batchOf(row, kind);
                  return Outcome<void>();
              })
        .map([&] { return std::move(found); });
}

Outcome<void> TelemetryTable::shrink(TelemetryKind kind, qint64 bytes)
{
    return m_sql.write("UPDATE telemetry_size SET bytes = bytes - ? WHERE kind = ?",
                       {bound(bytes), bound(words::telemetryKind.of(kind))});
}

Outcome<int> TelemetryTable::remove(const GatewayId &gateway, TelemetryKind kind, WallTime from, WallTime to)
{
    const QVariantList which{bound(gateway), bound(words::telemetryKind.of(kind)), bound(from), bound(to)};
    qint64 bytes = 0;
    const auto counted = m_sql.each("SELECT COALESCE(SUM(LENGTH(body)), 0) FROM telemetry WHERE uid = ? AND kind = ? "
                                    "AND at >= ? AND at < ?",
                                    which, [&](const Row &row) {
                                        bytes = row.number(0);
                                        return Outcome<void>();
                                    });
    if (!counted)
        return domain::unexpected(counted.error());
    const auto removed = m_sql.run("DELETE FROM telemetry WHERE uid = ? AND kind = ? AND at >= ? AND at < ?", which);
    if (!removed)
        return removed;
    return shrink(kind, bytes).map([&] { return *removed; });
}

Outcome<int> TelemetryTable::prune(TelemetryKind kind, WallTime before, int limit)
{
    const QVariantList which{bound(words::telemetryKind.of(kind)), bound(before), bound(limit)};
    qint64 bytes = 0;
    const auto counted = m_sql.each("SELECT COALESCE(SUM(LENGTH(body)), 0) FROM (SELECT body FROM telemetry "
                                    "WHERE kind = ? AND at < ? ORDER BY at, uid, number LIMIT ?) AS oldest",
                                    which, [&](const Row &row) {
                                        bytes = row.number(0);
                                        return Outcome<void>();
                                    });
    if (!counted)
        return domain::unexpected(counted.error());
    const auto removed = m_sql.run("DELETE FROM telemetry WHERE (uid, kind, at, number) IN (SELECT uid, kind, at, "
                                   "number FROM telemetry WHERE kind = ? AND at < ? ORDER BY at, uid, number LIMIT ?)",
                                   which);
    if (!removed)
        return removed;
    return shrink(kind, bytes).map([&] { return *removed; });
}

Outcome<void> TelemetryTable::forget(const GatewayId &gateway)
{
    constexpr WallTime always{milliseconds(std::numeric_limits<qint64>::max())};
    for (const TelemetryKind kind : {TelemetryKind::Metrics, TelemetryKind::Steps, TelemetryKind::Logs}) {
        if (const auto removed = remove(gateway, kind, WallTime{}, always); !removed)
            return domain::unexpected(removed.error());
    }
    return {};
}

Outcome<void> TelemetryTable::take(const GatewayId &before, const GatewayId &now)
{
    // Beyond what one millisecond of the other one has: numbers only tell apart what has one time.
    return m_sql.write("UPDATE telemetry SET uid = ?, number = number + 1000000 WHERE uid = ?",
                       {bound(now), bound(before)});
}

Outcome<qint64> TelemetryTable::bytes()
{
    qint64 bytes = 0;
    return m_sql
        .each("SELECT COALESCE(SUM(bytes), 0) FROM telemetry_size", {},
              [&](const Row &row) {
                  bytes = row.number(0);
                  return Outcome<void>();
              })
        .map([&] { return bytes; });
}

} // namespace flowgate::store
