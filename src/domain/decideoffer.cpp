// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/decideoffer.h"

namespace flowgate::domain {

OfferDecision decideOffer(const Gateway &gateway, OfferMemory memory)
{
    if (!gateway.wanted)
        return Hold::Unmanaged;
    if (gateway.admission != Admission::Approved)
        return Hold::NotApproved;
    if (gateway.presence.onBootstrap)
        return Hold::OnBootstrap;
    if (!gateway.capabilities.has(Capability::AcceptsRemoteConfig))
        return Hold::NotAccepted;

    const ConfigHash &wanted = gateway.wanted->hash;
    const auto outcome = gateway.outcomes.constFind(wanted);
    if (outcome != gateway.outcomes.constEnd() && outcome->state == OfferOutcome::State::Failed)
        return Hold::FailedBefore;
    if (gateway.remoteConfig && gateway.remoteConfig->value.hash == wanted) {
        switch (gateway.remoteConfig->value.status) {
        case ApplyStatus::Applied:
            return memory.again ? OfferDecision(Send{wanted}) : Hold::InSync;
        case ApplyStatus::Applying:
            return Hold::Applying;
        case ApplyStatus::Failed:
            return memory.sent ? Hold::AwaitingStatus : OfferDecision(Send{wanted});
        default:
            return Hold::AwaitingStatus; // the agent has it: the hash is that of the last config received (ST7)
        }
    }
    return memory.sent ? OfferDecision(Hold::AwaitingStatus) : OfferDecision(Send{wanted});
}

} // namespace flowgate::domain
