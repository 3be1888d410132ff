// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/time.h"

#include <QString>

#include <vector>

namespace flowgate::common {

/// A moment that an axis of time names.
struct AxisTick
{
    domain::WallTime at{};
    QString text; ///< local: "13:45", "13:45:10", and the day at midnight

    friend bool operator==(const AxisTick &, const AxisTick &) = default;
};

/// Round moments of local time in [from, to], about @p most of them, in equal steps of seconds to months.
[[nodiscard]] std::vector<domain::WallTime> axisMoments(domain::WallTime from, domain::WallTime to, int most);
/// The same with their names.
[[nodiscard]] std::vector<AxisTick> axisTicks(domain::WallTime from, domain::WallTime to, int most);

/// "13:40 to 14:40", with the day where it is not that of @p now: a stretch of time in local words.
[[nodiscard]] QString stretchText(domain::WallTime from, domain::WallTime to, domain::WallTime now);

} // namespace flowgate::common
