// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/standing.h"

#include "domain/fullstate.h"

#include <algorithm>

namespace flowgate::domain {

namespace {

Standing<HealthState> health(HealthState state, const QString &why = {})
{
    return {state, {}, why};
}

Standing<ConfigState> config(ConfigState state, const QString &why = {})
{
    return {state, {}, why};
}

/// The collector's component status events, as its OpAMP extension words them.
bool saysStopping(const ComponentHealth &report)
{
    return report.status == u"StatusStopping" || report.status == u"StatusStopped";
}

/// From when on a difference tells something about the offer. A supervisor puts the old effective config into the very
/// message that says APPLYING, so where APPLIED was said, only what came with it or later counts.
WallTime tellsFrom(const OfferOutcome &outcome)
{
    return outcome.state == OfferOutcome::State::Applied ? std::max(outcome.sentAt, outcome.at) : outcome.sentAt;
}

/// APPLIED was seen, or the gateway cannot say so: what does the effective config tell?
Standing<ConfigState> judgeEffective(const Gateway &gateway, const OfferOutcome &outcome)
{
    if (!isContainmentCurrent(gateway))
        return config(ConfigState::Applied);
    if (!gateway.containment->isCompared()) // neither in sync nor drifted was seen
        return config(ConfigState::Applied, gateway.containment->why);
    if (gateway.containment->contains)
        return config(ConfigState::InSync);
    if (gateway.effective->at < tellsFrom(outcome))
        return config(ConfigState::Applied);
    return config(ConfigState::Drifted);
}

/// Not offered yet, with why.
Standing<ConfigState> waiting(const Gateway &gateway)
{
    const Presence &presence = gateway.presence;
    if (presence.onBootstrap && presence.state == PresenceState::Connected)
        return config(ConfigState::Waiting, QStringLiteral("sent when it comes with a token of its own"));
    if (presence.state != PresenceState::Connected)
        return config(ConfigState::Waiting, QStringLiteral("not connected: sent when it returns"));
    if (isFullStateMissing(gateway))
        return config(ConfigState::Waiting, QStringLiteral("its full state is asked for first"));
    if (gateway.repeats.isExhausted && gateway.repeats.hash == gateway.wanted->hash)
        return config(ConfigState::Waiting, QStringLiteral("it keeps reporting another config: offered %1 times within "
                                                           "an hour")
                                                .arg(mostRepeats));
    return config(ConfigState::Waiting, presence.transport == Transport::Http
                                            ? QStringLiteral("sent with its next poll")
                                            : QStringLiteral("about to be sent"));
}

/// The gateway said APPLIED, and another config was reported since: that offer is history. One that went out after the
/// answer is not, and one that was answered by APPLYING alone is still under way.
bool isAppliedAndPast(const OfferOutcome &outcome)
{
    return outcome.state == OfferOutcome::State::Applied && outcome.at > outcome.sentAt;
}

/// The state that the reports make, fresh or not.
Standing<ConfigState> fromReports(const Gateway &gateway)
{
    if (gateway.admission != Admission::Approved)
        return config(ConfigState::NotApproved);
    if (!gateway.wanted)
        return config(ConfigState::Unmanaged);
    if (!gateway.capabilities.has(Capability::AcceptsRemoteConfig))
        return config(ConfigState::NotAccepted);

    const OfferOutcome outcome = gateway.outcomes.value(gateway.wanted->hash);
    const bool known = gateway.outcomes.contains(gateway.wanted->hash);
    if (known && outcome.state == OfferOutcome::State::Failed)
        return config(ConfigState::Failed, outcome.error);

    if (gateway.remoteConfig && gateway.remoteConfig->value.hash == gateway.wanted->hash) {
        switch (gateway.remoteConfig->value.status) {
        case ApplyStatus::Applied:
            return judgeEffective(gateway, outcome);
        case ApplyStatus::Applying:
            return outcome.state == OfferOutcome::State::Unanswered ? config(ConfigState::Unanswered, outcome.error)
                                                                    : config(ConfigState::Applying);
        case ApplyStatus::Failed:
            return config(ConfigState::Offered); // sent once more after it failed
        default:
            if (outcome.state == OfferOutcome::State::Unanswered)
                return config(ConfigState::Unanswered, outcome.error);
            return config(ConfigState::Offered, QStringLiteral("received, no outcome reported"));
        }
    }
    const bool isHeldBack = gateway.repeats.isExhausted && gateway.repeats.hash == gateway.wanted->hash;
    if (!known || outcome.sentAt == WallTime{} || isAppliedAndPast(outcome) || isHeldBack)
        return waiting(gateway);
    // Without ReportsRemoteConfig nothing will ever confirm: the effective config is the only witness.
    QString why;
    if (!gateway.capabilities.has(Capability::ReportsRemoteConfig)) {
        const Standing<ConfigState> seen = judgeEffective(gateway, outcome);
        if (seen.state != ConfigState::Applied)
            return seen;
        why = seen.why;
    }
    if (outcome.state == OfferOutcome::State::Unanswered)
        return config(ConfigState::Unanswered, outcome.error);
    if (outcome.state == OfferOutcome::State::Applying && why.isEmpty())
        why = QStringLiteral("reported APPLYING, then another config");
    return config(ConfigState::Offered, why);
}

} // namespace

bool isContainmentCurrent(const Gateway &gateway)
{
    return gateway.containment && gateway.wanted && gateway.effective &&
           gateway.containment->wanted == gateway.wanted->hash &&
           gateway.containment->effective == gateway.effective->value.hash;
}

bool isHealthCurrent(const Gateway &gateway)
{
    return gateway.presence.state == PresenceState::Connected && gateway.healthReport && !gateway.healthReport->stale;
}

Standing<HealthState> deriveHealth(const Gateway &gateway, WallTime now)
{
    if (gateway.presence.state != PresenceState::Connected)
        return health(HealthState::NotObserved);
    if (!gateway.healthReport)
        return health(HealthState::NotReported);

    const ComponentHealth &report = gateway.healthReport->value;
    if (report.healthy) {
        return report.startTimeUnixNano == 0 ? health(HealthState::NotRunning, QStringLiteral("no collector runs"))
                                             : health(HealthState::Healthy);
    }
    if (const QString error = deepestError(report); !error.isEmpty())
        return health(HealthState::Unhealthy, error);
    if (saysStopping(report))
        return health(HealthState::Stopping);
    if (report.startTimeUnixNano == 0 || report.status == u"StatusStarting") {
        if (now - gateway.startingSince < startingIsBelieved)
            return health(HealthState::Starting);
        return health(HealthState::Unhealthy, QStringLiteral("did not start"));
    }
    return health(HealthState::Unhealthy, report.status);
}

Standing<ConfigState> deriveConfig(const Gateway &gateway)
{
    Standing<ConfigState> state = fromReports(gateway);
    if (state.why.isEmpty() && isStale(gateway) && gateway.wanted && gateway.presence.state == PresenceState::Connected)
        state.why = QStringLiteral("reported before messages of it were lost: its full state is asked for");
    return state;
}

bool refreshStandings(Gateway &gateway, WallTime now)
{
    bool changed = false;
    const auto refresh = [&]<typename State>(Standing<State> &kept, Standing<State> fresh) {
        if (kept.state == fresh.state && kept.why == fresh.why && kept.since != WallTime{})
            return;
        fresh.since = kept.state == fresh.state && kept.since != WallTime{} ? kept.since : now;
        kept = fresh;
        changed = true;
    };
    refresh(gateway.health, deriveHealth(gateway, now));
    refresh(gateway.config, deriveConfig(gateway));
    return changed;
}

} // namespace flowgate::domain
