// SPDX-License-Identifier: GPL-3.0-or-later
// What the desk answers about the gateways' own metrics and logs.
#include "app/desk.h"
#include "app/telemetry/telemetryoffers.h"
#include "telemetry/batchcodec.h"

#include <algorithm>

namespace flowgate::app {

namespace {

using store::TelemetryKind;

/// Points of one kind in the range, oldest first.
store::Outcome<void> collect(store::Database &database, const MetricsWish &wish, TelemetryKind kind,
                             std::vector<telemetry::MetricPoint> &points)
{
    const auto batches = database.telemetry.query({wish.gateway, kind, wish.from, wish.to});
    if (!batches)
        return domain::unexpected(batches.error());
    for (auto batch = batches->rbegin(); batch != batches->rend(); ++batch) {
        auto some = telemetry::unpackedPoints(batch->body);
        if (!some)
            continue;
        for (telemetry::MetricPoint &point : *some) {
            const bool isWanted = wish.name.isEmpty() || point.name == wish.name;
            if (isWanted && point.at >= wish.from && point.at <= wish.to)
                points.push_back(std::move(point));
        }
    }
    return {};
}

bool isWanted(const telemetry::LogLine &line, const LogsWish &wish)
{
    return line.at >= wish.from && line.at <= wish.to && line.severity >= wish.leastSeverity &&
           (wish.text.isEmpty() || line.text.contains(wish.text, Qt::CaseInsensitive) ||
            line.scope.contains(wish.text, Qt::CaseInsensitive));
}

} // namespace

void Desk::metrics(const MetricsWish &wish, Done<std::vector<telemetry::Series>> done)
{
    ask<std::vector<telemetry::Series>>(
        [wish](store::Database &database) -> store::Outcome<std::vector<telemetry::Series>> {
            std::vector<telemetry::MetricPoint> points;
            return collect(database, wish, TelemetryKind::Steps, points)
                .and_then([&] { return collect(database, wish, TelemetryKind::Metrics, points); })
                .map([&] { return telemetry::seriesOf(std::move(points)); });
        },
        std::move(done));
}

void Desk::logs(const LogsWish &wish, Done<std::vector<telemetry::LogLine>> done)
{
    ask<std::vector<telemetry::LogLine>>(
        [wish](store::Database &database) -> store::Outcome<std::vector<telemetry::LogLine>> {
            std::vector<telemetry::LogLine> found; // newest first until the end
            const auto limit = static_cast<size_t>(std::max(wish.limit, 0));
            const auto batches = database.telemetry.query({wish.gateway, TelemetryKind::Logs, wish.from, wish.to});
            if (!batches)
                return domain::unexpected(batches.error());
            for (auto batch = batches->begin(); batch != batches->end() && found.size() < limit; ++batch) {
                auto lines = telemetry::unpackedLines(batch->body);
                if (!lines)
                    continue;
                for (auto line = lines->rbegin(); line != lines->rend() && found.size() < limit; ++line) {
                    if (isWanted(*line, wish))
                        found.push_back(std::move(*line));
                }
            }
            std::ranges::reverse(found);
            std::ranges::stable_sort(found, {}, &telemetry::LogLine::at);
            return found;
        },
        std::move(done));
}

QString Desk::telemetryHindrance(const domain::GatewayId &id) const
{
    const auto peer = m_parts.fleet.peerOf(id);
    return peer ? m_parts.telemetryOffers.hindrance(*peer) : QString();
}

} // namespace flowgate::app
