// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/targetsight.h"

#include "domain/fullstate.h"
#include "domain/rollout.h"

#include <algorithm>

namespace flowgate::domain {

namespace {

constexpr size_t mostEarlier =
    64; ///< kept of one gateway between two turns, but for the first of each kind of bad news

/// Something that a rollout must not miss, of which @p earlier has none yet.
bool isNewBadNews(const std::vector<TargetSight> &earlier, const TargetSight &sight)
{
    const auto isFirst = [&](auto &&isBad) { return isBad(sight) && std::ranges::none_of(earlier, isBad); };
    return isFirst([](const TargetSight &s) { return s.failedHere; }) ||
           isFirst([](const TargetSight &s) { return s.health == HealthState::Unhealthy; }) ||
           isFirst([](const TargetSight &s) { return !s.connected; }) ||
           isFirst([](const TargetSight &s) { return s.isStale; }) ||
           (sight.restarted && std::ranges::count_if(earlier, &TargetSight::restarted) < 2 * mostRestartsInSoak);
}

} // namespace

QString TargetSight::whenReached() const
{
    return onBootstrap ? QStringLiteral("gets it when it comes with a token of its own")
                       : QStringLiteral("offline; gets it when it returns");
}

QString TargetSight::whyUnsent() const
{
    if (isStale)
        return QStringLiteral("messages of it were lost: its full state is asked for first");
    return polls ? QStringLiteral("sent with its next poll") : QString();
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

QString TargetSight::whyUnproven() const
{
    if (const QStringList missing = unprovableParts(); !missing.isEmpty())
        return QStringLiteral("the gateway does not report: ") + missing.join(QStringLiteral(", "));
    return whyNotCompared;
}

bool TargetSight::isAnswered() const
{
    return (status && status != ApplyStatus::Failed) || (!reportsStatus && contains == true);
}

bool TargetSight::isAllSeen() const
{
    return connected && !isStale && (!reportsStatus || status == ApplyStatus::Applied) &&
           (!reportsEffective || contains == true || !whyNotCompared.isEmpty()) &&
           (!reportsHealth || (health == HealthState::Healthy && !isHealthStale));
}

bool TargetSight::isAppliedByWordOnly() const
{
    return connected && !isStale && status == ApplyStatus::Applied && reportsEffective && contains == false;
}

TargetSight sightOf(const Gateway &gateway, const ConfigHash &hash)
{
    TargetSight sight;
    const bool isHere = gateway.presence.state == PresenceState::Connected;
    sight.onBootstrap = isHere && gateway.presence.onBootstrap;
    sight.connected = isHere && !sight.onBootstrap;
    sight.polls = gateway.presence.transport == Transport::Http;
    sight.isStale = isStale(gateway);
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
    } else if (gateway.remoteConfig && !gateway.remoteConfig->value.hash.isEmpty()) {
        sight.otherStatus = gateway.remoteConfig->value;
        sight.otherStatusAt = gateway.remoteConfig->at;
    }
    if (gateway.containment && gateway.effective && gateway.containment->wanted == hash &&
        gateway.containment->effective == gateway.effective->value.hash) {
        if (gateway.containment->isCompared())
            sight.contains = gateway.containment->contains;
        else
            sight.whyNotCompared = gateway.containment->why;
    }
    sight.health = gateway.health.state;
    sight.healthError = gateway.health.why;
    if (gateway.healthReport) {
        sight.healthAt = gateway.healthReport->at;
        sight.isHealthStale = gateway.healthReport->stale;
    }
    sight.lastProven = gateway.lastProven;
    return sight;
}

void addSight(std::vector<TargetSight> &earlier, TargetSight sight)
{
    if (!earlier.empty() && earlier.back() == sight && !sight.restarted)
        return;
    if (earlier.size() < mostEarlier || isNewBadNews(earlier, sight))
        earlier.push_back(std::move(sight));
}

} // namespace flowgate::domain
