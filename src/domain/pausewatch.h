// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/clock.h"

#include <optional>

namespace flowgate::domain {

/// Tells when nobody looked: the machine slept, or this process stood still. A step of the wall clock is neither.
class PauseWatch
{
public:
    /// So late may a look be that was due after a second.
    static constexpr milliseconds patience{6000};

    explicit PauseWatch(const Clock &clock);

    /// Call it at least each second, and before anything is made of what comes in.
    /// @return until when we looked, by the wall clock as it is now; nothing if we looked all the time
    [[nodiscard]] std::optional<WallTime> takePause();
    /// The machine says that it is about to sleep: from now on a look that comes a little late is a pause, whatever the
    /// clocks make of it. Looks in time are none: it may take a while, or be called off.
    void fallAsleep() { m_fallsAsleep = true; }
    /// The machine says that it is awake. @return as takePause(); nothing too where a look was here first and took it
    [[nodiscard]] std::optional<WallTime> wake();

private:
    const Clock &m_clock;
    milliseconds m_awake;
    milliseconds m_elapsed;
    bool m_fallsAsleep = false;
};

} // namespace flowgate::domain
