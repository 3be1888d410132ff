// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/clockwatch.h"

namespace flowgate::domain {

namespace {
/// A clock that is slewed differs by less between two looks.
constexpr milliseconds tolerance{1000};
} // namespace

ClockWatch::ClockWatch(const Clock &clock)
    : m_clock(clock)
    , m_now(clock.now())
    , m_elapsed(clock.elapsed())
{
}

milliseconds ClockWatch::takeStep()
{
    const WallTime now = m_clock.now();
    const milliseconds elapsed = m_clock.elapsed();
    const milliseconds step = (now - m_now) - (elapsed - m_elapsed);
    m_now = now;
    m_elapsed = elapsed;
    return step > tolerance || step < -tolerance ? step : milliseconds(0);
}

} // namespace flowgate::domain
