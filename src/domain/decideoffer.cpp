// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/decideoffer.h"

#include "domain/fullstate.h"

namespace flowgate::domain {

namespace {

OfferDecision repeat(const Gateway &gateway, WallTime now)
{
    const ConfigHash &wanted = gateway.wanted->hash;
    return mayRepeat(gateway.repeats, wanted, now) ? OfferDecision(Send{wanted, true}) : Hold::KeepsReportingAnother;
}

/// Another hash than the desired one is reported, or none. An empty hash on a new connection is an agent that never had
/// a config, as a pod without storage is after each restart: it gets it as often as it comes.
OfferDecision decideForAnother(const Gateway &gateway, const OfferOutcome &outcome, const OfferMemory &memory)
{
    using State = OfferOutcome::State;
    const bool isReported = gateway.remoteConfig.has_value();
    const bool isAnother = isReported && !gateway.remoteConfig->value.hash.isEmpty();
    if (!memory.sent)
        return outcome.state == State::Applied && isAnother ? repeat(gateway, memory.now)
                                                            : OfferDecision(Send{gateway.wanted->hash});
    if (!isReported || outcome.state == State::Unanswered || gateway.remoteConfig->at <= outcome.sentAt)
        return Hold::AwaitingStatus;
    const bool isAtRest = outcome.state == State::Applied || memory.now - outcome.sentAt >= memory.patience;
    return isAtRest ? repeat(gateway, memory.now) : OfferDecision(Hold::AwaitingStatus);
}

} // namespace

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
    if (isStale(gateway) || isFirstReportAwaited(gateway, memory.now))
        return Hold::AwaitingFullState;

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
    return decideForAnother(gateway, gateway.outcomes.value(wanted), memory);
}

} // namespace flowgate::domain
