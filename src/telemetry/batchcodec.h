// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "telemetry/records.h"

#include <QByteArray>

namespace flowgate::telemetry {

/// Records as they are kept: packed and compressed, in the order given. What is read is what was written; attributes
/// that are lists, maps or bytes come back as text.
/// @thread any
[[nodiscard]] QByteArray packed(const std::vector<MetricPoint> &points);
[[nodiscard]] QByteArray packed(const std::vector<LogLine> &lines);

/// Nothing for bytes that these functions did not write, or that were damaged since.
[[nodiscard]] std::optional<std::vector<MetricPoint>> unpackedPoints(const QByteArray &bytes);
[[nodiscard]] std::optional<std::vector<LogLine>> unpackedLines(const QByteArray &bytes);

} // namespace flowgate::telemetry
