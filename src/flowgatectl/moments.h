// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/time.h"

#include <QJsonValue>

namespace flowgate::ctl {

/// "2 min ago", "now", "in 5 s" (the other clock is ahead), "-" for a value that is no time.
[[nodiscard]] QString ago(const QJsonValue &time, domain::WallTime now);
/// "2 min ago (2026-11-23T09:15:02.123Z)"; "-" for a value that is no time.
[[nodiscard]] QString agoAndExact(const QJsonValue &time, domain::WallTime now);
/// "350 ms", "45 s", "3 h 12 min", "2 d 4 h".
[[nodiscard]] QString lengthText(domain::milliseconds length);
/// "512 bytes", "12.3 MiB".
[[nodiscard]] QString bytesText(double bytes);

} // namespace flowgate::ctl
