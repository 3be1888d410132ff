// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace flowgate::domain {

/// A part of each day in which nothing is told, in local time. It may cross midnight; from == to is no time at all.
struct QuietHours
{
    int from = 0; ///< minutes after midnight, 0 to 1439; part of it
    int to = 0;   ///< not part of it any more

    [[nodiscard]] bool contains(int minuteOfDay) const;

    friend bool operator==(const QuietHours &, const QuietHours &) = default;
};

/// "22:00-07:00" as people type it, with a hyphen or a dash; nothing for anything else, and where both are the same.
[[nodiscard]] std::optional<QuietHours> quietHoursFromText(QStringView text);
/// "22:00-07:00".
[[nodiscard]] QString text(const QuietHours &hours);

} // namespace flowgate::domain
