// SPDX-License-Identifier: GPL-3.0-or-later
// What the desk answers about the gateways' own metrics and logs.
#include "app/desk/desk.h"
#include "app/journal/refusals.h"
#include "app/telemetry/owntelemetry.h"
#include "app/telemetry/telemetryoffers.h"
#include "telemetry/batchcodec.h"

#include <algorithm>

namespace flowgate::app {

namespace {

using store::TelemetryKind;

using Batches = std::vector<store::TelemetryBatch>;

std::vector<telemetry::Series> seriesFrom(const Batches &batches, const MetricsWish &wish)
{
    std::vector<telemetry::MetricPoint> points;
    for (auto batch = batches.rbegin(); batch != batches.rend(); ++batch) { // oldest first
        auto some = telemetry::unpackedPoints(batch->body);
        if (!some)
            continue;
        for (telemetry::MetricPoint &point : *some) {
            const bool isNamed = wish.name.isEmpty() || point.name == wish.name;
            if (isNamed && point.at >= wish.from && point.at <= wish.to)
                points.push_back(std::move(point));
        }
    }
    return telemetry::seriesOf(std::move(points));
}

bool isWanted(const telemetry::LogLine &line, const LogsWish &wish)
{
    return line.at >= wish.from && line.at <= wish.to && line.severity >= wish.leastSeverity &&
           (wish.text.isEmpty() || line.text.contains(wish.text, Qt::CaseInsensitive) ||
            line.scope.contains(wish.text, Qt::CaseInsensitive));
}

std::vector<telemetry::LogLine> linesFrom(const Batches &batches, const LogsWish &wish)
{
    std::vector<telemetry::LogLine> found; // newest first until the end
    const auto limit = static_cast<size_t>(std::max(wish.limit, 0));
    for (auto batch = batches.begin(); batch != batches.end() && found.size() < limit; ++batch) {
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
}

} // namespace

/// Reads @p kinds of the range on the database thread, and makes something of them in a pool.
template<typename T>
void Desk::readTelemetry(const store::TelemetryQuery &range, const std::vector<TelemetryKind> &kinds,
                         const std::function<T(const Batches &)> &make, Done<T> done)
{
    ask<Batches>(
        [range, kinds](store::Database &database) -> store::Outcome<Batches> {
            Batches all;
            for (const TelemetryKind kind : kinds) {
                store::TelemetryQuery query = range;
                query.kind = kind;
                auto some = database.telemetry.query(query);
                if (!some)
                    return some;
                all.insert(all.end(), std::make_move_iterator(some->begin()), std::make_move_iterator(some->end()));
            }
            return all;
        },
        [this, make, done, key = range.gateway.bytes()](Outcome<Batches> batches) {
            if (!batches)
                return done(domain::unexpected(batches.error()));
            const bool taken = m_parts.telemetry.readers().submit(
                key, [make, batches = std::move(*batches)] { return make(batches); },
                [done](T made) { done(std::move(made)); });
            if (!taken)
                done(failed(FailureCode::WrongState, QStringLiteral("too many ask for own telemetry; try again")));
        });
}

void Desk::metrics(const MetricsWish &wish, Done<std::vector<telemetry::Series>> done)
{
    // Newest first: steps are from before what is kept as it came.
    readTelemetry<std::vector<telemetry::Series>>(
        {.gateway = wish.gateway, .from = wish.from, .to = wish.to}, {TelemetryKind::Metrics, TelemetryKind::Steps},
        [wish](const Batches &batches) { return seriesFrom(batches, wish); }, std::move(done));
}

void Desk::logs(const LogsWish &wish, Done<std::vector<telemetry::LogLine>> done)
{
    readTelemetry<std::vector<telemetry::LogLine>>(
        {.gateway = wish.gateway, .from = wish.from, .to = wish.to}, {TelemetryKind::Logs},
        [wish](const Batches &batches) { return linesFrom(batches, wish); }, std::move(done));
}

TelemetryGap Desk::telemetryGap(const domain::GatewayId &id) const
{
    TelemetryGap gap;
    if (const auto peer = m_parts.fleet.peerOf(id))
        gap.hindrance = m_parts.telemetryOffers.hindrance(*peer);
    const domain::Gateway *gateway = m_parts.fleet.find(id);
    const QString address = gateway ? hostOf(gateway->presence.peer) : QString();
    const std::vector<domain::UnmatchedSource> sources = m_parts.telemetry.unmatched().sources();
    if (const auto *source = domain::nearestSource(sources, address)) {
        gap.unmatched = *source;
        gap.isItsAddress = source->address == address;
    }
    return gap;
}

} // namespace flowgate::app
