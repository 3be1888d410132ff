// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/health.h"
#include "domain/span.h"

#include <map>

namespace flowgate::domain {

/// Parts of a collector that are in trouble: path in the health tree -> status and error as reported.
using FailingParts = std::map<QString, QString>;

/// The deepest unhealthy nodes below the root: what has an unhealthy part is not listed, its part is. A part that
/// starts or stops is not in trouble. At most mostFailingParts, in order of their paths.
[[nodiscard]] FailingParts failingParts(const ComponentHealth &health);

/// Open spans of parts in trouble, by path.
using OpenParts = std::map<QString, Span>;

/// What these parts being in trouble means for the open spans: a part that is new opens one, one that is gone closes
/// its, and one with another reason does both. @p open is brought up to date. Parts that are well have no span: a fleet
/// of thousands has a hundred thousand of them.
[[nodiscard]] std::vector<SpanStep> advanceParts(OpenParts &open, const FailingParts &failing, WallTime at);

/// A hostile tree does not fill the history.
inline constexpr std::size_t mostFailingParts = 50;

} // namespace flowgate::domain
