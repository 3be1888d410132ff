// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/rolloutturn.h"

namespace flowgate::domain {

QString TargetSight::whenReached() const
{
    return onBootstrap ? QStringLiteral("gets it when it comes with a token of its own")
                       : QStringLiteral("offline; gets it when it returns");
}

QStringList TargetSight::unprovableParts() const
{
    QStringList missing;
    if (!reportsStatus)
        missing.append(QStringLiteral("remote config status"));
    if (!reportsEffective)
        missing.append(QStringLiteral("effective config"));
    if (!reportsHealth)
        missing.append(QStringLiteral("health"));
    return missing;
}

bool TargetSight::isAnswered() const
{
    return (status && status != ApplyStatus::Failed) || (!reportsStatus && contains == true);
}

bool TargetSight::isAllSeen() const
{
    return connected && (!reportsStatus || status == ApplyStatus::Applied) && (!reportsEffective || contains == true) &&
           (!reportsHealth || health == HealthState::Healthy);
}

bool TargetSight::isAppliedByWordOnly() const
{
    return connected && status == ApplyStatus::Applied && reportsEffective && contains == false;
}

TargetSight sightOf(const Gateway &gateway, const ConfigHash &hash)
{
    TargetSight sight;
    const bool isHere = gateway.presence.state == PresenceState::Connected;
    sight.onBootstrap = isHere && gateway.presence.onBootstrap;
    sight.connected = isHere && !sight.onBootstrap;
    sight.isAwaited = gateway.presence.state == PresenceState::NotObserved;
    sight.approved = gateway.admission == Admission::Approved;
    sight.accepts = gateway.capabilities.has(Capability::AcceptsRemoteConfig);
    sight.reportsStatus = gateway.capabilities.has(Capability::ReportsRemoteConfig);
    sight.reportsEffective = gateway.capabilities.has(Capability::ReportsEffectiveConfig);
    sight.reportsHealth = gateway.capabilities.has(Capability::ReportsHealth);
    sight.isWanted = gateway.wanted && gateway.wanted->hash == hash;
    if (const auto outcome = gateway.outcomes.constFind(hash); outcome != gateway.outcomes.constEnd()) {
        if (outcome->sentAt != WallTime{})
            sight.sentAt = outcome->sentAt;
        sight.failedHere = outcome->state == OfferOutcome::State::Failed;
        sight.error = outcome->error;
    }
    if (gateway.remoteConfig && gateway.remoteConfig->value.hash == hash) {
        sight.status = gateway.remoteConfig->value.status;
        sight.statusAt = gateway.remoteConfig->at;
    }
    if (gateway.containment && gateway.effective && gateway.containment->wanted == hash &&
        gateway.containment->effective == gateway.effective->value.hash)
        sight.contains = gateway.containment->contains;
    sight.health = gateway.health.state;
    sight.healthError = gateway.health.why;
    if (gateway.healthReport)
        sight.healthAt = gateway.healthReport->at;
    sight.lastProven = gateway.lastProven;
    return sight;
}

} // namespace flowgate::domain
