// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/liveness.h"

#include <algorithm>

namespace flowgate::domain {

namespace {

/// When the gateway was last heard of, or when we began to listen: time in which nobody listened is no silence. A
/// moment that is still to come is from before the wall clock was set back.
WallTime heardAt(const Presence &presence, WallTime observingSince, WallTime now)
{
    return presence.lastSeen > now ? observingSince : std::max(presence.lastSeen, observingSince);
}

} // namespace

std::optional<milliseconds> pollInterval(const Gateway &gateway)
{
    return gateway.presence.transport == Transport::Http ? gateway.polls.interval() : std::nullopt;
}

milliseconds allowedSilence(std::optional<milliseconds> interval, milliseconds httpSilence)
{
    constexpr int missedPolls = 3;
    return std::max(httpSilence, missedPolls * interval.value_or(milliseconds::zero()));
}

std::optional<PresenceState> overdue(const Presence &presence, const PollRhythm &polls, WallTime observingSince,
                                     WallTime now, const LivenessLimits &limits)
{
    switch (presence.state) {
    case PresenceState::Connected:
        if (presence.transport == Transport::Http &&
            now - heardAt(presence, observingSince, now) > allowedSilence(polls.interval(), limits.httpSilence))
            return PresenceState::Silent;
        return {};
    case PresenceState::NotObserved:
        // Where we closed its connection it has as long to come back as after our start.
        if (now - (presence.since > now ? observingSince : std::max(presence.since, observingSince)) > limits.settle)
            return PresenceState::Silent;
        return {};
    default:
        return {};
    }
}

} // namespace flowgate::domain
