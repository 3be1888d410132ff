// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/liveness.h"

namespace flowgate::domain {

std::optional<PresenceState> overdue(const Presence &presence, WallTime observingSince, WallTime now,
                                     const LivenessLimits &limits)
{
    switch (presence.state) {
    case PresenceState::Connected:
        if (presence.transport == Transport::Http && now - presence.lastSeen > limits.httpSilence)
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
