// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/pausewatch.h"

namespace flowgate::domain {

namespace {
/// The two clocks are not read at the same moment.
constexpr milliseconds shortestSleep{1000};
/// A look each second, and the slack of a timer.
constexpr milliseconds alwaysLooked{1500};
} // namespace

PauseWatch::PauseWatch(const Clock &clock)
    : m_clock(clock)
    , m_awake(clock.awake())
    , m_elapsed(clock.elapsed())
{
}

std::optional<WallTime> PauseWatch::wake()
{
    const auto until = takePause();
    m_fallsAsleep = false;
    return until;
}

std::optional<WallTime> PauseWatch::takePause()
{
    const milliseconds awake = m_clock.awake();
    const milliseconds elapsed = m_clock.elapsed();
    const milliseconds passed = elapsed - m_elapsed;
    const milliseconds slept = passed - (awake - m_awake);
    const bool stoodStill = awake - m_awake > (m_fallsAsleep ? alwaysLooked : patience);
    m_awake = awake;
    m_elapsed = elapsed;
    if (!stoodStill && slept < shortestSleep)
        return {};
    return m_clock.now() - passed;
}

} // namespace flowgate::domain
