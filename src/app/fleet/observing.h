// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/clockwatch.h"
#include "domain/liveness.h"
#include "domain/pausewatch.h"
#include "domain/reach.h"

#include <functional>

namespace flowgate::app {

/// Since when, and through what, the fleet is looked at.
struct Observing
{
    explicit Observing(const domain::Clock &clock)
        : since(clock.now())
        , steps(clock)
        , pauses(clock)
    {
    }

    domain::LivenessLimits limits;
    domain::WallTime since; ///< our start, or the end of the last pause
    domain::ClockWatch steps;
    domain::PauseWatch pauses;
    domain::NetworkTimes network;
    bool isOver = false;                           ///< we stop
    std::function<void(domain::WallTime)> onPause; ///< is told until when we looked
    std::function<void()> onBreak;                 ///< is asked to look at the network
};

} // namespace flowgate::app
