// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/clock.h"

#include <ctime>

namespace flowgate::domain {

namespace {

milliseconds read(clockid_t id)
{
    timespec value{};
    clock_gettime(id, &value);
    return milliseconds(value.tv_sec * 1000 + value.tv_nsec / 1'000'000);
}

} // namespace

WallTime SystemClock::now() const
{
    return WallTime(read(CLOCK_REALTIME));
}

milliseconds SystemClock::awake() const
{
    return read(CLOCK_MONOTONIC);
}

milliseconds SystemClock::elapsed() const
{
#ifdef CLOCK_BOOTTIME
    return read(CLOCK_BOOTTIME);
#else
    return read(CLOCK_MONOTONIC);
#endif
}

} // namespace flowgate::domain
