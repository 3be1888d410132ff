// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/mergereport.h"

#include "domain/fullstate.h"

namespace flowgate::domain {

namespace {

/// A heartbeat by the letter of the specification: nothing but the uid, so that number and capabilities read as 0 (X2).
bool isBareHeartbeat(const AgentReport &report)
{
    return report.sequence == 0 && report.capabilities.isUnspecified() && !report.description && !report.health &&
           !report.effectiveConfig && !report.remoteConfigStatus && !report.availableComponents && !report.disconnect;
}

/// A supervisor that has composed no config yet sends files without a byte in them: that is "not reported". A map
/// without files is a value (X1).
bool isPlaceholder(const ConfigSet &effective)
{
    return !effective.files.empty() && effective.byteCount() == 0;
}

/// Whether the report brings everything that the agent claims to report, so that asking for more is needless (X5b).
/// Health may be left out as long as none is known: a supervisor whose collector is not up yet has none to send. Once
/// known, it would stay stale after a gap.
bool isVisiblyFull(const AgentReport &report, const Gateway &gateway)
{
    const Capabilities capabilities = gateway.capabilities;
    return report.description && (report.effectiveConfig || !capabilities.has(Capability::ReportsEffectiveConfig)) &&
           (report.remoteConfigStatus || !capabilities.has(Capability::ReportsRemoteConfig)) &&
           (report.health || !gateway.healthReport || !capabilities.has(Capability::ReportsHealth));
}

/// The first health of a supervisor's client, before a collector told it anything (ST4).
bool saysNothing(const ComponentHealth &health)
{
    return !health.healthy && health.startTimeUnixNano == 0 && health.lastError.isEmpty() && health.status.isEmpty() &&
           health.components.empty();
}

/// Whether the report's health is one. A supervisor that takes settings of its connection forgets what its collector
/// said, which goes on running and has nothing new to say: until it has, each full report of that process holds an
/// empty health.
bool bringsHealth(const AgentReport &report, const Gateway &gateway, bool isAnotherProcess)
{
    if (!report.health || !saysNothing(*report.health) || !report.description || isAnotherProcess)
        return report.health.has_value();
    return !gateway.healthReport || saysNothing(gateway.healthReport->value);
}

template<typename T>
void markStale(std::optional<Observed<T>> &part, bool brought)
{
    if (part && !brought)
        part->stale = true;
}

/// Makes room for one more hash. Any agent may claim any hash (SEC6), so of those that we never sent only some stay.
void forgetStrangeOutcomes(Gateway &gateway)
{
    constexpr int most = 100;
    int strange = 0;
    auto oldest = gateway.outcomes.end();
    for (auto it = gateway.outcomes.begin(); it != gateway.outcomes.end(); ++it) {
        if (it->sentAt != WallTime{} || (gateway.wanted && gateway.wanted->hash == it.key()))
            continue;
        ++strange;
        if (oldest == gateway.outcomes.end() || it->at < oldest->at)
            oldest = it;
    }
    if (strange >= most)
        gateway.outcomes.erase(oldest);
}

/// UNSET, and a number of the future (S20), say that it was received: no outcome yet.
std::optional<OfferOutcome::State> outcomeOf(ApplyStatus status)
{
    switch (status) {
    case ApplyStatus::Applied:
        return OfferOutcome::State::Applied;
    case ApplyStatus::Applying:
        return OfferOutcome::State::Applying;
    case ApplyStatus::Failed:
        return OfferOutcome::State::Failed;
    default:
        return {};
    }
}

/// @param before  the status that was reported last
void noteOutcome(Gateway &gateway, const std::optional<Observed<RemoteConfigStatus>> &before,
                 const RemoteConfigStatus &status, WallTime now)
{
    const auto state = outcomeOf(status.status);
    if (status.hash.isEmpty() || !state)
        return;
    const auto known = gateway.outcomes.constFind(status.hash);
    if (known == gateway.outcomes.constEnd())
        forgetStrangeOutcomes(gateway);
    else if ((known->state == OfferOutcome::State::Failed || known->state == OfferOutcome::State::Unanswered) &&
             before && before->value == status)
        return; // heard before: what we judged ourselves is not undone by a full report (X6a)
    OfferOutcome &outcome = gateway.outcomes[status.hash];
    if (outcome.state != *state || outcome.at == WallTime{} || outcome.at < outcome.sentAt)
        outcome.at = now;
    outcome.state = *state;
    outcome.error = status.error;
}

} // namespace

Merged mergeReport(Gateway gateway, const AgentReport &report, WallTime now)
{
    MergeFacts facts;
    if (gateway.presence.transport == Transport::Http && gateway.presence.lastSeen != WallTime{})
        gateway.polls.learn(now - gateway.presence.lastSeen);
    gateway.presence.lastSeen = now;
    gateway.wireUid = report.wireUid;
    if (gateway.firstSeen == WallTime{})
        gateway.firstSeen = now;

    if (isBareHeartbeat(report)) {
        // Nothing is known of it and nothing came: only asking helps. The number is not said, so it is not judged.
        facts.askFullState = !gateway.sequence && !gateway.description;
        return {std::move(gateway), facts};
    }
    if (gateway.sequence == report.sequence && !report.digest.isEmpty() && gateway.lastDigest == report.digest) {
        facts.retry = true;
        return {std::move(gateway), facts};
    }

    const bool gap = !gateway.sequence || report.sequence != *gateway.sequence + 1;
    facts.numberedAnew = gap && gateway.sequence && report.sequence < *gateway.sequence;
    gateway.sequence = report.sequence;
    gateway.lastDigest = report.digest;

    if (!report.capabilities.isUnspecified() && report.capabilities != gateway.capabilities) {
        gateway.capabilities = report.capabilities;
        facts.capabilitiesChanged = true;
    }
    const bool isAnotherProcess = facts.numberedAnew && !gateway.comesBack;
    gateway.comesBack = gateway.comesBack && !facts.numberedAnew;
    const bool healthIsTold = bringsHealth(report, gateway, isAnotherProcess);
    facts.visiblyFull = isVisiblyFull(report, gateway);
    facts.effectiveReported = report.effectiveConfig && !isPlaceholder(*report.effectiveConfig);
    if (gap) {
        const bool wasStale = isStale(gateway);
        facts.askFullState = !facts.visiblyFull;
        markStale(gateway.description, report.description.has_value());
        markStale(gateway.healthReport, healthIsTold);
        markStale(gateway.effective, facts.effectiveReported);
        markStale(gateway.remoteConfig, report.remoteConfigStatus.has_value());
        facts.becameStale = isStale(gateway) && !wasStale;
    }
    if (report.description) {
        facts.descriptionChanged = !gateway.description || gateway.description->value != *report.description;
        gateway.description = {*report.description, now, false};
    }
    if (healthIsTold) {
        facts.healthChanged = !gateway.healthReport || gateway.healthReport->value != *report.health;
        if (report.health->startTimeUnixNano != 0) {
            // Forward or back: the clock of a gateway that was ahead is set right between two starts.
            facts.restarted =
                gateway.lastStartUnixNano != 0 && report.health->startTimeUnixNano != gateway.lastStartUnixNano;
            gateway.restarts += facts.restarted ? 1 : 0;
            gateway.lastStartUnixNano = report.health->startTimeUnixNano;
        }
        gateway.healthReport = {*report.health, now, false};
    }
    if (facts.effectiveReported) {
        EffectiveConfig effective{canonicalHash(*report.effectiveConfig), {}};
        for (const auto &[name, file] : report.effectiveConfig->files)
            effective.files.append(name);
        gateway.effective = {effective, now, false};
    }
    if (report.connectionStatus)
        gateway.connectionStatus = report.connectionStatus;
    if (report.remoteConfigStatus) {
        facts.remoteConfigReported = true;
        noteOutcome(gateway, gateway.remoteConfig, *report.remoteConfigStatus, now);
        gateway.remoteConfig = {*report.remoteConfigStatus, now, false};
    }
    if (report.availableComponents && !report.availableComponents->hash.isEmpty()) {
        facts.componentsReported = true;
        gateway.components = report.availableComponents->hash;
    }
    return {std::move(gateway), facts};
}

} // namespace flowgate::domain
