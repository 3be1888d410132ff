// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/event.h"
#include "domain/span.h"

#include <vector>

namespace flowgate::domain {

/// A stretch of time as it is drawn.
struct TimelineWindow
{
    WallTime from{};
    WallTime to{};
    milliseconds grain{1}; ///< what one pixel stands for: shorter spans that begin in one are told as one

    friend bool operator==(const TimelineWindow &, const TimelineWindow &) = default;
};

/// A span of a window. Several short ones are told by the worst state among them, from the beginning of the first to
/// the end of the last, without a reason.
struct DrawnSpan
{
    Span span;
    int count = 1; ///< how many it stands for

    friend bool operator==(const DrawnSpan &, const DrawnSpan &) = default;
};

/// What happened to one gateway within a window.
struct Timeline
{
    GatewayId gateway;
    std::vector<DrawnSpan> spans; ///< by their beginning
    std::vector<Event> marks;     ///< what is no state: offers and what came of them, restarts, acts of the operator

    friend bool operator==(const Timeline &, const Timeline &) = default;
};

} // namespace flowgate::domain
