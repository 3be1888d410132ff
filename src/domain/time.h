// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <chrono>
#include <optional>

namespace flowgate::domain {

using std::chrono::milliseconds;

/// A moment as people and the database know it: UTC, to the millisecond.
using WallTime = std::chrono::sys_time<milliseconds>;

/// "2026-11-23T09:15:02.123Z" (RFC 3339, UTC, always milliseconds).
[[nodiscard]] QString rfc3339(WallTime time);
/// The moment that an RFC 3339 text names; nothing if it is not one.
[[nodiscard]] std::optional<WallTime> fromRfc3339(QStringView text);
/// A length of time as people type it: "90s", "5m", "1h", "2d", "1h30m", "250ms". Nothing for anything else, signs
/// included.
[[nodiscard]] std::optional<milliseconds> durationFromText(QStringView text);
/// The moment that OpAMP and OTLP write as unsigned nanoseconds since 1970 (X17); 0 means "none".
[[nodiscard]] std::optional<WallTime> fromUnixNano(quint64 nanoseconds);
/// The same for what a gateway says of itself. Nothing before 2000: that is a time in seconds, milliseconds or
/// microseconds, or a clock that was never set.
[[nodiscard]] std::optional<WallTime> plausibleUnixNano(quint64 nanoseconds);

} // namespace flowgate::domain
