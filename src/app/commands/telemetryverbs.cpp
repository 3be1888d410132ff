// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/commandserver.h"
#include "app/commands/gatewayjson.h"
#include "app/commands/verbarguments.h"
#include "app/desk/desk.h"
#include "app/telemetry/owntelemetry.h"

#include <QJsonArray>

#include <cmath>

namespace flowgate::app {

namespace {

constexpr int mostLines = 10'000;

QString word(telemetry::MetricKind kind)
{
    switch (kind) {
    case telemetry::MetricKind::Gauge:
        return QStringLiteral("gauge");
    case telemetry::MetricKind::Sum:
        return QStringLiteral("sum");
    case telemetry::MetricKind::Histogram:
        return QStringLiteral("histogram");
    case telemetry::MetricKind::ExponentialHistogram:
        return QStringLiteral("exponential_histogram");
    case telemetry::MetricKind::Summary:
        return QStringLiteral("summary");
    }
    return {};
}

QJsonValue word(telemetry::Temporality temporality)
{
    switch (temporality) {
    case telemetry::Temporality::Delta:
        return QStringLiteral("delta");
    case telemetry::Temporality::Cumulative:
        return QStringLiteral("cumulative");
    case telemetry::Temporality::Unspecified:
        break;
    }
    return {};
}

/// JSON has no infinity and no NaN.
QJsonValue number(double value)
{
    if (std::isfinite(value))
        return value;
    return std::isnan(value) ? QJsonValue(QStringLiteral("NaN"))
                             : QJsonValue(value > 0 ? QStringLiteral("+Inf") : QStringLiteral("-Inf"));
}

QJsonValue number(const std::optional<double> &value)
{
    return value ? number(*value) : QJsonValue();
}

QJsonObject toJson(const telemetry::MetricPoint &point)
{
    QJsonObject object{{QStringLiteral("at"), domain::rfc3339(point.at)}};
    if (point.since)
        object.insert(QStringLiteral("start"), domain::rfc3339(*point.since));
    if (point.value || !point.distribution)
        object.insert(QStringLiteral("value"), number(point.value));
    if (!point.distribution)
        return object;
    const telemetry::Distribution &distribution = *point.distribution;
    object.insert(QStringLiteral("count"), static_cast<double>(distribution.count));
    object.insert(QStringLiteral("sum"), number(distribution.sum));
    object.insert(QStringLiteral("min"), number(distribution.min));
    object.insert(QStringLiteral("max"), number(distribution.max));
    QJsonArray steps;
    for (const telemetry::DistributionStep &step : distribution.steps)
        steps.append(QJsonArray{number(step.at), number(step.value)});
    if (!steps.isEmpty())
        object.insert(QStringLiteral("steps"), steps);
    return object;
}

QJsonObject toJson(const telemetry::Series &series)
{
    QJsonArray points;
    for (const telemetry::MetricPoint &point : series.points)
        points.append(toJson(point));
    const std::vector<telemetry::Sample> rates = telemetry::ratesOf(series);
    return {{QStringLiteral("name"), series.name},
            {QStringLiteral("unit"), series.unit},
            {QStringLiteral("kind"), word(series.kind)},
            {QStringLiteral("temporality"), word(series.temporality)},
            {QStringLiteral("monotonic"), series.monotonic},
            {QStringLiteral("attributes"), attributesJson(series.attributes)},
            {QStringLiteral("rate_per_s"), rates.empty() ? QJsonValue() : number(rates.back().value)},
            {QStringLiteral("points"), points}};
}

QJsonObject toJson(const telemetry::LogLine &line)
{
    return {{QStringLiteral("at"), domain::rfc3339(line.at)},
            {QStringLiteral("severity"), line.severityText},
            {QStringLiteral("severity_number"), line.severity},
            {QStringLiteral("text"), line.text},
            {QStringLiteral("scope"), line.scope},
            {QStringLiteral("attributes"), attributesJson(line.attributes)}};
}

/// The gateway that args.id names; else the exchange has failed.
const domain::Gateway *named(Desk &desk, const QJsonObject &args, const Exchange &exchange)
{
    const auto gateway = desk.gateway(args.value(QStringLiteral("id")).toString());
    if (gateway)
        return *gateway;
    exchange.fail(gateway.error());
    return nullptr;
}

/// The items; where there are none, what may explain that.
QJsonObject answer(const Desk &desk, const domain::GatewayId &id, const QJsonArray &items)
{
    const TelemetryGap gap = items.isEmpty() ? desk.telemetryGap(id) : TelemetryGap();
    QJsonValue unmatched(QJsonValue::Null);
    if (gap.unmatched) {
        unmatched = QJsonObject{{QStringLiteral("address"), gap.unmatched->address},
                                {QStringLiteral("its_address"), gap.isItsAddress},
                                {QStringLiteral("requests"), double(gap.unmatched->requests)},
                                {QStringLiteral("reason"), domain::word(gap.unmatched->why)}};
    }
    return {{QStringLiteral("items"), items}, {QStringLiteral("unmatched"), unmatched}};
}

void metrics(Desk &desk, const QJsonObject &args, const Exchange &exchange)
{
    const domain::Gateway *gateway = named(desk, args, exchange);
    if (!gateway)
        return;
    MetricsWish wish{gateway->id, args.value(QStringLiteral("name")).toString(), {}, desk.parts().clock.now()};
    wish.from = wish.to - sinceIn(args);
    desk.metrics(wish, [exchange, &desk, id = wish.gateway](const Outcome<std::vector<telemetry::Series>> &series) {
        if (!series)
            return exchange.fail(series.error());
        QJsonArray items;
        for (const telemetry::Series &one : *series)
            items.append(toJson(one));
        exchange.finish(answer(desk, id, items));
    });
}

/// As events are followed: what there is first, then what comes, nothing missed and nothing told twice.
void followLogs(Desk &desk, const LogsWish &wish, const Exchange &exchange)
{
    using Lines = std::vector<telemetry::LogLine>;
    auto held = std::make_shared<std::optional<Lines>>(Lines());
    desk.logs(wish, [exchange, held](const Outcome<Lines> &past) {
        if (!past)
            return exchange.fail(past.error());
        for (const telemetry::LogLine &line : *past)
            exchange.item(toJson(line));
        const Lines sinceThen = std::move(**held);
        held->reset();
        for (const telemetry::LogLine &line : sinceThen)
            exchange.item(toJson(line));
    });
    OwnTelemetry &telemetry = desk.parts().telemetry;
    const int key = telemetry.followLogs([exchange, held, id = wish.gateway](const telemetry::LogBatch &batch) {
        if (batch.gateway != id)
            return;
        for (const telemetry::LogLine &line : batch.records) {
            if (*held)
                (*held)->push_back(line);
            else
                exchange.item(toJson(line));
        }
    });
    QObject::connect(exchange.guard(), &QObject::destroyed, exchange.guard(),
                     [&telemetry, key] { telemetry.unfollow(key); });
}

void logs(Desk &desk, const QJsonObject &args, const Exchange &exchange)
{
    const domain::Gateway *gateway = named(desk, args, exchange);
    if (!gateway)
        return;
    LogsWish wish;
    wish.gateway = gateway->id;
    wish.to = desk.parts().clock.now() + std::chrono::hours(24); // a clock that is ahead hides nothing
    wish.limit = std::clamp(args.value(QStringLiteral("tail")).toInt(100), 0, mostLines);
    if (args.value(QStringLiteral("follow")).toBool())
        return followLogs(desk, wish, exchange);
    desk.logs(wish, [exchange, &desk, id = wish.gateway](const Outcome<std::vector<telemetry::LogLine>> &lines) {
        if (!lines)
            return exchange.fail(lines.error());
        QJsonArray items;
        for (const telemetry::LogLine &line : *lines)
            items.append(toJson(line));
        exchange.finish(answer(desk, id, items));
    });
}

} // namespace

void addTelemetryVerbs(CommandServer &server, Desk &desk)
{
    server.add(QStringLiteral("gateways metrics"),
               [&desk](const QJsonObject &args, const Exchange &exchange) { metrics(desk, args, exchange); });
    server.add(QStringLiteral("gateways logs"),
               [&desk](const QJsonObject &args, const Exchange &exchange) { logs(desk, args, exchange); });
}

} // namespace flowgate::app
