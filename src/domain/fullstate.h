// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/gateway.h"

namespace flowgate::domain {

/// How long a gateway that has reported nothing yet is given to answer ReportFullState before it is offered a config.
inline constexpr milliseconds firstReportIsAwaited{30'000};

/// Whether a report that the gateway claims to make is from before a gap in its sequence numbers. Its full state is
/// asked for then; until it came nothing is offered and nothing counts as proven.
/// Health is not among them: a supervisor that takes settings of its connection sends its full state with an empty
/// health, and has nothing more to say until its collector has. Old health is no proof, yet it holds up no offer.
/// @source S8, X5a; parts that the capabilities do not announce cannot be asked for and do not count
[[nodiscard]] bool isStale(const Gateway &gateway);

/// Whether nothing but its presence is known of the gateway, and its first report may still come: at most
/// firstReportIsAwaited after it connected, since some agents never answer ReportFullState (X4b).
[[nodiscard]] bool isFirstReportAwaited(const Gateway &gateway, WallTime now);

/// Whether ReportFullState is due, as far as what is known tells. The caller limits the rate (X5c).
[[nodiscard]] bool isFullStateMissing(const Gateway &gateway);

} // namespace flowgate::domain
