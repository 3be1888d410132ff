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

private:
    const Clock &m_clock;
    milliseconds m_awake;
    milliseconds m_elapsed;
};

} // namespace flowgate::domain
