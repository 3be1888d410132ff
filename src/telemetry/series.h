// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "telemetry/records.h"

namespace flowgate::telemetry {

/// One number of a series at one time.
struct Sample
{
    domain::WallTime at{};
    double value = 0;
    std::optional<double> low;  ///< least in the time that this stands for, where it stands for more than a moment
    std::optional<double> high; ///< and most

    friend bool operator==(const Sample &, const Sample &) = default;
};

/// The points of one metric with one set of attributes, over time.
struct Series
{
    QString name;
    QString unit;
    MetricKind kind = MetricKind::Gauge;
    Temporality temporality = Temporality::Unspecified;
    bool monotonic = false;
    domain::Attributes attributes;
    std::vector<MetricPoint> points; ///< by time; never empty

    /// A counter that grows until its collector restarts.
    [[nodiscard]] bool isCounter() const
    {
        return temporality == Temporality::Cumulative && (monotonic || kind != MetricKind::Sum) &&
               kind != MetricKind::Gauge && kind != MetricKind::Summary;
    }
};

/// The value, or the count of a distribution; nothing where neither was said.
[[nodiscard]] std::optional<double> numberOf(const MetricPoint &point);

/// Whether a counter began anew between two points of it: it is smaller, or began later.
[[nodiscard]] bool isRestart(const MetricPoint &before, const MetricPoint &after);

/// Sorts points to series: by name, then attributes. The order of a point's attributes does not matter. Of two points
/// of one time, to the nanosecond, the later one given counts: OTLP sends a request again whose answer was lost.
[[nodiscard]] std::vector<Series> seriesOf(std::vector<MetricPoint> points);

/// What is drawn of a series: the value of a gauge or a sum, the count of a distribution. A delta as it is.
[[nodiscard]] std::vector<Sample> valuesOf(const Series &series);

/// How fast a counter grew, per second, from each point to the next. A value that is smaller than the one before, or a
/// later start, is a restart: what was counted since then is what it grew by. Deltas are divided by their time.
/// Empty for what does not count.
[[nodiscard]] std::vector<Sample> ratesOf(const Series &series);

/// By how much a counter grew from the first point to the last, restarts included.
[[nodiscard]] double growthOf(const Series &series);

} // namespace flowgate::telemetry
