// SPDX-License-Identifier: GPL-3.0-or-later
#include "telemetry/thinning.h"

#include "telemetry/series.h"

#include <algorithm>

namespace flowgate::telemetry {

namespace {

MetricPoint meanOf(const Series &series)
{
    MetricPoint mean = series.points.back();
    Distribution all;
    double sum = 0;
    for (const MetricPoint &point : series.points) {
        if (!point.value)
            continue;
        sum += *point.value;
        all.min = std::min(all.min.value_or(*point.value), *point.value);
        all.max = std::max(all.max.value_or(*point.value), *point.value);
        ++all.count;
    }
    if (all.count == 0)
        return mean; // "no value" is all that was said
    all.sum = sum;
    mean.value = sum / static_cast<double>(all.count);
    mean.distribution = all;
    return mean;
}

/// Adds what @p other counted; steps only where both have the same bounds.
void addTo(Distribution &all, const Distribution &other)
{
    all.count += other.count;
    all.sum = all.sum && other.sum ? std::optional(*all.sum + *other.sum) : std::nullopt;
    all.min = all.min && other.min ? std::optional(std::min(*all.min, *other.min)) : std::nullopt;
    all.max = all.max && other.max ? std::optional(std::max(*all.max, *other.max)) : std::nullopt;
    const bool sameBounds =
        std::ranges::equal(all.steps, other.steps, {}, &DistributionStep::at, &DistributionStep::at);
    if (!sameBounds) {
        all.steps.clear();
        return;
    }
    for (size_t i = 0; i < all.steps.size(); ++i)
        all.steps[i].value += other.steps[i].value;
}

MetricPoint sumOf(const Series &series)
{
    MetricPoint sum = series.points.front();
    for (auto point = series.points.begin() + 1; point != series.points.end(); ++point) {
        sum.at = point->at;
        sum.cut = sum.cut || point->cut;
        if (point->value)
            sum.value = sum.value.value_or(0) + *point->value;
        if (point->distribution && sum.distribution)
            addTo(*sum.distribution, *point->distribution);
        else if (point->distribution)
            sum.distribution = point->distribution;
    }
    return sum;
}

void addCounter(const Series &series, std::vector<MetricPoint> &kept)
{
    const auto restarts = [&](size_t i) { return i > 0 && isRestart(series.points[i - 1], series.points[i]); };
    for (size_t i = 0; i + 1 < series.points.size(); ++i) {
        if (restarts(i) || restarts(i + 1)) // without both sides a restart cannot be told from growth
            kept.push_back(series.points[i]);
    }
    kept.push_back(series.points.back());
}

} // namespace

domain::WallTime stepBegin(domain::WallTime at)
{
    return at - at.time_since_epoch() % stepLength;
}

std::vector<MetricPoint> thinned(std::vector<MetricPoint> points)
{
    std::vector<MetricPoint> kept;
    for (const Series &series : seriesOf(std::move(points))) {
        if (series.kind == MetricKind::Gauge)
            kept.push_back(meanOf(series));
        else if (series.temporality == Temporality::Delta)
            kept.push_back(sumOf(series));
        else if (series.isCounter())
            addCounter(series, kept);
        else
            kept.push_back(series.points.back());
    }
    return kept;
}

} // namespace flowgate::telemetry
