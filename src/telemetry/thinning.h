// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "telemetry/records.h"

namespace flowgate::telemetry {

/// How much time one kept point stands for once metrics are no longer kept as they came.
constexpr domain::milliseconds stepLength{300'000};

/// The begin of the step that @p at is in.
[[nodiscard]] domain::WallTime stepBegin(domain::WallTime at);

/// The points of one step as one point a series, at the time of its newest.
///   - a gauge: the mean, with count, least and most in its distribution
///   - a counter or a cumulative distribution: the newest, which has all before it in it; if it restarted in between,
///     the points on both sides of each restart stay too
///   - deltas: their sum, from the first one's start
///   - a summary: the newest
/// @param points  of one step, in any order
[[nodiscard]] std::vector<MetricPoint> thinned(std::vector<MetricPoint> points);

} // namespace flowgate::telemetry
