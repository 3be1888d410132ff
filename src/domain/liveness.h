// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/gateway.h"

namespace flowgate::domain {

/// The limits by which silence is judged.
struct LivenessLimits
{
    milliseconds httpSilence{90'000}; ///< at least so long; three polls of the default 30 s (T41, HB5)
    milliseconds settle{180'000};     ///< after our own start: so long may a gateway take to come back
};

/// How often the gateway polls, learned; nothing where that is not known yet, or where it does not poll.
[[nodiscard]] std::optional<milliseconds> pollInterval(const Gateway &gateway);

/// So long may a gateway that polls over HTTP not be heard before it is `silent`: the setting, or three of its own
/// intervals where that is longer.
/// @param interval  its own, where it is known
[[nodiscard]] milliseconds allowedSilence(std::optional<milliseconds> interval, milliseconds httpSilence);

/// The presence state that the passing of time alone brings, if another one than now.
/// @param observingSince  since when we listen without a pause or a step of the wall clock
/// Over WebSocket time says nothing: pings find dead peers (HB3). Over HTTP no poll for httpSilence is `silent`, and
/// where the gateway is known to poll more seldom (@p polls), none for three of its own intervals.
/// A gateway that is not observed is `silent` once our start, or the Close by which we ended its connection, is longer
/// ago than `settle`.
/// @source HB1, HB3, HB5, T39
[[nodiscard]] std::optional<PresenceState> overdue(const Presence &presence, const PollRhythm &polls,
                                                   WallTime observingSince, WallTime now, const LivenessLimits &limits);

} // namespace flowgate::domain
