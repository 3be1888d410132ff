// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/gateway.h"

namespace flowgate::domain {

/// How long "starting" is believed after a connect, an offer or a restart.
inline constexpr milliseconds startingIsBelieved{30'000};

/// How the gateway fares, from its presence and its last health report. `since` of the result is not set.
/// @source ST3, ST4; a supervisor's first report is healthy=false without error and start time: starting, no alarm
[[nodiscard]] Standing<HealthState> deriveHealth(const Gateway &gateway, WallTime now);

/// What became of the wanted config, from what was reported and what was sent. Presence makes no state,
/// only the reason why something waits: while a gateway is away its last config state stays, with the time it was
/// observed at. `since` of the result is not set.
/// @source ST6, ST7, RC8, RC10, X6a
[[nodiscard]] Standing<ConfigState> deriveConfig(const Gateway &gateway);

/// Derives both anew; `since` moves to @p now only where the state changed.
/// @return whether a state or its reason changed
bool refreshStandings(Gateway &gateway, WallTime now);

/// Whether the last health report tells how the gateway fares now: it is connected, and no message was missed since.
[[nodiscard]] bool isHealthCurrent(const Gateway &gateway);

/// Whether the containment that is kept is about the config wanted now and the effective config reported last.
[[nodiscard]] bool isContainmentCurrent(const Gateway &gateway);

} // namespace flowgate::domain
