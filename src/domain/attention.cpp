// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/attention.h"

#include <algorithm>

namespace flowgate::domain {

Attention attentionOf(PresenceState state)
{
    switch (state) {
    case PresenceState::Lost:
        return Attention::Urgent;
    case PresenceState::Silent:
        return Attention::Wanted;
    case PresenceState::Connected:
    case PresenceState::Left:
    case PresenceState::NotObserved:
        break;
    }
    return Attention::None;
}

Attention attentionOf(HealthState state)
{
    switch (state) {
    case HealthState::Unhealthy:
        return Attention::Urgent;
    case HealthState::NotRunning:
        return Attention::Wanted;
    case HealthState::Healthy:
    case HealthState::Starting:
    case HealthState::Stopping:
    case HealthState::NotReported:
    case HealthState::NotObserved:
        break;
    }
    return Attention::None;
}

Attention attentionOf(ConfigState state)
{
    switch (state) {
    case ConfigState::Failed:
        return Attention::Urgent;
    case ConfigState::Unanswered:
    case ConfigState::Drifted:
        return Attention::Wanted;
    case ConfigState::Unmanaged:
    case ConfigState::InSync:
    case ConfigState::Waiting:
    case ConfigState::Offered:
    case ConfigState::Applying:
    case ConfigState::Applied:
    case ConfigState::NotAccepted:
    case ConfigState::NotApproved:
        break;
    }
    return Attention::None;
}

Attention attentionOf(const Gateway &gateway)
{
    if (gateway.admission == Admission::Rejected)
        return Attention::None;
    const Attention admission = gateway.admission == Admission::Pending ? Attention::Wanted : Attention::None;
    return std::max({admission, attentionOf(gateway.presence.state), attentionOf(gateway.health.state),
                     attentionOf(gateway.config.state)});
}

} // namespace flowgate::domain
