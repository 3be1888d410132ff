// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/time.h"

namespace flowgate::common {

/// "now", "14 s", "2 min", "3 h", "5 d": the age of @p then, rounded down. A dash for the epoch, which means "never".
/// A moment ahead of @p now (another clock) is "now".
[[nodiscard]] QString age(domain::WallTime then, domain::WallTime now);
/// "just now", "2 min ago", "never".
[[nodiscard]] QString ago(domain::WallTime then, domain::WallTime now);
/// "since just now", "for 2 min": how long a state has lasted.
[[nodiscard]] QString lasting(domain::WallTime since, domain::WallTime now);
/// "3.1 s", "38 s", "2 min 5 s", "3 h 12 min": a length of time for people.
[[nodiscard]] QString duration(domain::milliseconds length);
/// Local date and time to the second with the UTC moment to the millisecond, for tool tips.
[[nodiscard]] QString exactTime(domain::WallTime time);
/// Local "13:53:04", with the date where it is not today's as seen from @p now.
[[nodiscard]] QString clockTime(domain::WallTime time, domain::WallTime now);
/// "30s", "1m30s": a length of time as domain::durationFromText() reads it.
[[nodiscard]] QString durationInput(domain::milliseconds length);

/// For item roles: milliseconds since 1970 and back.
[[nodiscard]] inline qint64 toMs(domain::WallTime time)
{
    return time.time_since_epoch().count();
}
[[nodiscard]] inline domain::WallTime fromMs(qint64 ms)
{
    return domain::WallTime{domain::milliseconds{ms}};
}

} // namespace flowgate::common
