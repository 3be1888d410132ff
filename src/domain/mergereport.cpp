// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/mergereport.h"

namespace flowgate::domain {

namespace {

/// A heartbeat by the letter of the specification: nothing but the uid, so that number and capabilities read as 0 (X2).
bool isBareHeartbeat(const AgentReport &report)
{
    return report.sequence == 0 && report.capabilities.isUnspecified() && !report.description && !report.health &&
           !report.effectiveConfig && !report.remoteConfigStatus && !report.availableComponents && !report.disconnect;
}

/// Whether the report brings everything that the agent claims to report, so that asking for more is needless (X5b).
/// Health is left out: a supervisor whose collector is not up yet has none to send.
bool isVisiblyFull(const AgentReport &report, Capabilities capabilities)
{
    return report.description && (report.effectiveConfig || !capabilities.has(Capability::ReportsEffectiveConfig)) &&
           (report.remoteConfigStatus || !capabilities.has(Capability::ReportsRemoteConfig));
}

template<typename T>
void markStale(std::optional<Observed<T>> &part, bool brought)
{
    if (part && !brought)
        part->stale = true;
}

void noteOutcome(Gateway &gateway, const RemoteConfigStatus &status, WallTime now)
{
    if (status.hash.isEmpty())
        return;
    OfferOutcome &outcome = gateway.outcomes[status.hash];
    const OfferOutcome::State before = outcome.state;
    switch (status.status) {
    case ApplyStatus::Applied:
        outcome.state = OfferOutcome::State::Applied;
        break;
    case ApplyStatus::Applying:
        outcome.state = OfferOutcome::State::Applying;
        break;
    case ApplyStatus::Failed:
        outcome.state = OfferOutcome::State::Failed;
        break;
    default:
        return; // UNSET, or a number of the future: received, no outcome yet
    }
    outcome.error = status.error;
    if (outcome.state != before || outcome.at == WallTime{})
        outcome.at = now;
}

} // namespace

Merged mergeReport(Gateway gateway, const AgentReport &report, WallTime now)
{
    MergeFacts facts;
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
    gateway.sequence = report.sequence;
    gateway.lastDigest = report.digest;

    if (!report.capabilities.isUnspecified() && report.capabilities != gateway.capabilities) {
        gateway.capabilities = report.capabilities;
        facts.capabilitiesChanged = true;
    }
    facts.visiblyFull = isVisiblyFull(report, gateway.capabilities);
    if (gap) {
        facts.askFullState = !facts.visiblyFull;
        markStale(gateway.description, report.description.has_value());
        markStale(gateway.healthReport, report.health.has_value());
        markStale(gateway.effective, report.effectiveConfig.has_value());
        markStale(gateway.remoteConfig, report.remoteConfigStatus.has_value());
    }
    if (report.description) {
        facts.descriptionChanged = !gateway.description || gateway.description->value != *report.description;
        gateway.description = {*report.description, now, false};
    }
    if (report.health) {
        facts.healthChanged = !gateway.healthReport || gateway.healthReport->value != *report.health;
        if (report.health->startTimeUnixNano != 0) {
            // Only a newer start time proves that the collector was started again.
            facts.restarted =
                gateway.lastStartUnixNano != 0 && report.health->startTimeUnixNano > gateway.lastStartUnixNano;
            gateway.restarts += facts.restarted ? 1 : 0;
            gateway.lastStartUnixNano = report.health->startTimeUnixNano;
        }
        gateway.healthReport = {*report.health, now, false};
    }
    if (report.effectiveConfig) {
        facts.effectiveReported = true;
        EffectiveConfig effective{canonicalHash(*report.effectiveConfig), {}};
        for (const auto &[name, file] : report.effectiveConfig->files)
            effective.files.append(name);
        gateway.effective = {effective, now, false};
    }
    if (report.remoteConfigStatus) {
        facts.remoteConfigReported = true;
        gateway.remoteConfig = {*report.remoteConfigStatus, now, false};
        noteOutcome(gateway, *report.remoteConfigStatus, now);
    }
    if (report.availableComponents && !report.availableComponents->hash.isEmpty()) {
        facts.componentsReported = true;
        gateway.components = report.availableComponents->hash;
    }
    return {std::move(gateway), facts};
}

} // namespace flowgate::domain
