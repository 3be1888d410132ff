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

/// The setting, or three of the gateway's own intervals where that is longer.
milliseconds allowedSilence(const PollRhythm &polls, const LivenessLimits &limits)
{
    constexpr int missedPolls = 3;
    return std::max(limits.httpSilence, missedPolls * polls.interval().value_or(milliseconds::zero()));
}

} // namespace

std::optional<PresenceState> overdue(const Presence &presence, const PollRhythm &polls, WallTime observingSince,
                                     WallTime now, const LivenessLimits &limits)
{
    switch (presence.state) {
    case PresenceState::Connected:
        if (presence.transport == Transport::Http &&
            now - heardAt(presence, observingSince, now) > allowedSilence(polls, limits))
            return PresenceState::Silent;
        return {};
    case PresenceState::NotObserved:
        if (now - observingSince > limits.settle)
            return PresenceState::Silent;
        return {};
    default:
        return {};
    }
}

} // namespace flowgate::domain
