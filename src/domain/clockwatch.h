// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/clock.h"

namespace flowgate::domain {

/// Tells a step of the wall clock (set by hand or by NTP) from time that passed. Sleep is time that passed.
class ClockWatch
{
public:
    explicit ClockWatch(const Clock &clock);

    /// How far the wall clock stepped since the last call, with its sign; zero where both clocks agree to a second.
    [[nodiscard]] milliseconds takeStep();

private:
    const Clock &m_clock;
    WallTime m_now;
    milliseconds m_elapsed;
};

} // namespace flowgate::domain
