// SPDX-License-Identifier: GPL-3.0-or-later
#include "telemetry/series.h"

#include <algorithm>
#include <map>

namespace flowgate::telemetry {

namespace {

/// Name and attributes as one text that equal ones share.
QString keyOf(const MetricPoint &point)
{
    QStringList parts;
    for (const domain::Attribute &attribute : point.attributes)
        parts.append(attribute.key + QChar(1) + domain::attributeText(attribute.value));
    parts.sort();
    return point.name + QChar(0) + parts.join(QChar(2));
}

double seconds(domain::milliseconds time)
{
    return static_cast<double>(time.count()) / 1000;
}

/// A point's time, as exact as it was sent.
std::pair<domain::WallTime, int> exactTime(const MetricPoint &point)
{
    return {point.at, point.nanos};
}

double secondsBetween(const MetricPoint &before, const MetricPoint &after)
{
    return seconds(after.at - before.at) + static_cast<double>(after.nanos - before.nanos) / 1e9;
}

/// What a cumulative counter grew by between two points that both have a number.
double growth(const MetricPoint &before, const MetricPoint &after)
{
    return isRestart(before, after) ? *numberOf(after) : *numberOf(after) - *numberOf(before);
}

} // namespace

std::optional<double> numberOf(const MetricPoint &point)
{
    if (point.value)
        return point.value;
    return point.distribution ? std::optional(static_cast<double>(point.distribution->count)) : std::nullopt;
}

bool isRestart(const MetricPoint &before, const MetricPoint &after)
{
    return numberOf(after).value_or(0) < numberOf(before).value_or(0) ||
           (before.since && after.since && *after.since > *before.since);
}

std::vector<Series> seriesOf(std::vector<MetricPoint> points)
{
    std::map<QString, Series> byKey;
    for (MetricPoint &point : points) {
        auto [found, isNew] = byKey.try_emplace(keyOf(point));
        Series &series = found->second;
        if (isNew) {
            series.name = point.name;
            series.unit = point.unit;
            series.attributes = point.attributes;
        }
        // What a metric is may change with the collector: the newest word counts.
        series.kind = point.kind;
        series.temporality = point.temporality;
        series.monotonic = point.monotonic;
        series.points.push_back(std::move(point));
    }
    std::vector<Series> all;
    all.reserve(byKey.size());
    for (auto &[key, series] : byKey) {
        std::ranges::stable_sort(series.points, {}, exactTime);
        std::vector<MetricPoint> single;
        for (MetricPoint &point : series.points) {
            if (!single.empty() && exactTime(single.back()) == exactTime(point))
                single.back() = std::move(point);
            else
                single.push_back(std::move(point));
        }
        series.points = std::move(single);
        all.push_back(std::move(series));
    }
    return all;
}

std::vector<Sample> valuesOf(const Series &series)
{
    std::vector<Sample> samples;
    for (const MetricPoint &point : series.points) {
        const auto number = numberOf(point);
        if (!number)
            continue;
        Sample sample{point.at, *number, {}, {}};
        if (point.kind == MetricKind::Gauge && point.distribution) { // a step: its least and most are kept
            sample.low = point.distribution->min;
            sample.high = point.distribution->max;
        }
        samples.push_back(sample);
    }
    return samples;
}

std::vector<Sample> ratesOf(const Series &series)
{
    std::vector<Sample> rates;
    if (series.temporality == Temporality::Delta) {
        for (const MetricPoint &point : series.points) {
            const auto number = numberOf(point);
            if (number && point.since && *point.since < point.at)
                rates.push_back({point.at, *number / seconds(point.at - *point.since), {}, {}});
        }
        return rates;
    }
    if (!series.isCounter())
        return rates;
    const MetricPoint *before = nullptr;
    for (const MetricPoint &point : series.points) {
        if (!numberOf(point))
            continue;
        if (before)
            rates.push_back({point.at, growth(*before, point) / secondsBetween(*before, point), {}, {}});
        before = &point;
    }
    return rates;
}

double growthOf(const Series &series)
{
    double grown = 0;
    const MetricPoint *before = nullptr;
    for (const MetricPoint &point : series.points) {
        if (!numberOf(point))
            continue;
        if (series.temporality == Temporality::Delta)
            grown += *numberOf(point);
        else if (before)
            grown += growth(*before, point);
        before = &point;
    }
    return grown;
}

} // namespace flowgate::telemetry
