// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/telemetry/telemetrykeeper.h"

#include "telemetry/batchcodec.h"
#include "telemetry/thinning.h"

#include <algorithm>

namespace flowgate::app {

namespace {

using store::TelemetryBatch;
using store::TelemetryKind;

constexpr int stepsAtOnce = 100;
constexpr int batchesAtOnce = 1000;
constexpr domain::WallTime always{domain::milliseconds(std::numeric_limits<qint64>::max())};

/// Makes one step of the batches of @p gateway that are in it; what cannot be read is dropped with them.
store::Outcome<void> makeStep(store::Database &database, const domain::GatewayId &gateway, domain::WallTime begin)
{
    const domain::WallTime end = begin + telemetry::stepLength;
    const auto batches = database.telemetry.query(
        {gateway, TelemetryKind::Metrics, begin, end - domain::milliseconds(1), batchesAtOnce});
    if (!batches)
        return domain::unexpected(batches.error());
    std::vector<telemetry::MetricPoint> points;
    for (auto batch = batches->rbegin(); batch != batches->rend(); ++batch) { // oldest first
        if (batch->at >= end)
            break; // it only begins in this step
        if (auto some = telemetry::unpackedPoints(batch->body))
            points.insert(points.end(), std::make_move_iterator(some->begin()), std::make_move_iterator(some->end()));
    }
    if (const auto removed = database.telemetry.remove(gateway, TelemetryKind::Metrics, begin, end); !removed)
        return domain::unexpected(removed.error());
    points = telemetry::thinned(std::move(points));
    if (points.empty())
        return {};
    const auto [first, last] = std::ranges::minmax(points, {}, &telemetry::MetricPoint::at);
    const domain::WallTime at = std::min(last.at, end);
    return database.telemetry.add({gateway, TelemetryKind::Steps, std::min(first.at, at), at,
                                   static_cast<int>(points.size()), telemetry::packed(points)});
}

/// @return whether there are more steps to make
store::Outcome<bool> makeSteps(store::Database &database, domain::WallTime before)
{
    const domain::WallTime whole = telemetry::stepBegin(before); // a step is made when all of it is old
    for (int i = 0; i < stepsAtOnce; ++i) {
        const auto oldest = database.telemetry.oldest(TelemetryKind::Metrics, whole);
        if (!oldest)
            return domain::unexpected(oldest.error());
        if (!*oldest)
            return false;
        const auto made = makeStep(database, (*oldest)->gateway, telemetry::stepBegin((*oldest)->at));
        if (!made)
            return domain::unexpected(made.error());
    }
    return true;
}

/// Takes the oldest away, whatever it is, while there is too much. @return whether there still is
store::Outcome<bool> shrink(store::Database &database, qint64 mostBytes)
{
    const auto bytes = database.telemetry.bytes();
    if (!bytes || *bytes <= mostBytes)
        return bytes.map([](qint64) { return false; });
    std::optional<TelemetryBatch> oldest;
    for (const TelemetryKind kind : {TelemetryKind::Metrics, TelemetryKind::Steps, TelemetryKind::Logs}) {
        auto one = database.telemetry.oldest(kind, always);
        if (!one)
            return domain::unexpected(one.error());
        if (*one && (!oldest || (*one)->at < oldest->at))
            oldest = std::move(*one);
    }
    if (!oldest)
        return false;
    return database.telemetry.prune(oldest->kind, always, batchesAtOnce / 10).map([](int) { return true; });
}

} // namespace

store::Outcome<bool> tidyTelemetry(store::Database &database, const TelemetryRetention &retention)
{
    const auto logs = database.telemetry.prune(TelemetryKind::Logs, retention.logsFrom, batchesAtOnce);
    const auto steps = database.telemetry.prune(TelemetryKind::Steps, retention.metricsFrom, batchesAtOnce);
    const auto raw = database.telemetry.prune(TelemetryKind::Metrics, retention.metricsFrom, batchesAtOnce);
    for (const auto *pruned : {&logs, &steps, &raw}) {
        if (!*pruned)
            return domain::unexpected(pruned->error());
    }
    const auto made = makeSteps(database, retention.rawFrom);
    if (!made)
        return made;
    const auto over = shrink(database, retention.mostBytes);
    if (!over)
        return over;
    return *logs == batchesAtOnce || *steps == batchesAtOnce || *raw == batchesAtOnce || *made || *over;
}

} // namespace flowgate::app
