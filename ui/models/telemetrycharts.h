// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "telemetry/series.h"

#include <QStringList>

namespace flowgate::models {

/// What the numbers of a chart are.
enum class ChartUnit { PerSecond, Bytes, Cores, Seconds, Count };

struct ChartLine
{
    QString name;
    bool isTrouble = false; ///< something that should be 0
    bool isLimit = false;   ///< what another line must stay below
    std::vector<telemetry::Sample> samples;

    friend bool operator==(const ChartLine &, const ChartLine &) = default;
};

struct Chart
{
    QString title;
    ChartUnit unit = ChartUnit::Count;
    QString ucum; ///< the metric's own unit, where it is one metric
    std::vector<ChartLine> lines;

    friend bool operator==(const Chart &, const Chart &) = default;
};

/// The few that matter first, of a Collector's own metrics: what it received, sent and failed to, by signal; its
/// queues; memory; CPU. Those that it does not report are left out.
/// @source the Collector's internal telemetry, "otelcol_…"
[[nodiscard]] std::vector<Chart> mainCharts(const std::vector<telemetry::Series> &series);

/// One metric with a line for each set of attributes, 12 at most: a counter as its rate, anything else as it is.
[[nodiscard]] Chart chartOf(const std::vector<telemetry::Series> &series, const QString &name);

/// Sorted, each once.
[[nodiscard]] QStringList metricNames(const std::vector<telemetry::Series> &series);

/// How long a Collector had been running at a moment.
struct Uptime
{
    domain::milliseconds length{};
    domain::WallTime at{};

    friend bool operator==(const Uptime &, const Uptime &) = default;
};
/// By its own last word; nothing where it does not say.
[[nodiscard]] std::optional<Uptime> uptimeOf(const std::vector<telemetry::Series> &series);

/// "12.3/s", "140 MiB", "0.02 cores", "3 min", "12".
[[nodiscard]] QString valueText(double value, ChartUnit unit);

/// Rows of a chart: the time, then a number a line; empty where a line has none then.
[[nodiscard]] std::vector<QStringList> tableOf(const Chart &chart);

} // namespace flowgate::models
