// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/noticerule.h"

#include <algorithm>
#include <utility>

namespace flowgate::domain {

namespace {

using Troubles = NoticeMemory::Troubles;

/// What one look says of one kind of trouble.
enum class Look {
    Trouble,
    Between, ///< says nothing of its end: a collector that starts again and again was not seen well in between
    Unseen,
    Well,
};

Look lookAt(PresenceState state)
{
    switch (state) {
    case PresenceState::Lost:
    case PresenceState::Silent:
        return Look::Trouble;
    case PresenceState::NotObserved:
        return Look::Unseen;
    case PresenceState::Connected:
    case PresenceState::Left:
        break;
    }
    return Look::Well;
}

Look lookAt(HealthState state)
{
    switch (state) {
    case HealthState::Unhealthy:
        return Look::Trouble;
    case HealthState::Starting:
    case HealthState::Stopping:
        return Look::Between;
    case HealthState::NotObserved:
        return Look::Unseen;
    case HealthState::Healthy:
    case HealthState::NotRunning:
    case HealthState::NotReported:
        break;
    }
    return Look::Well;
}

/// Carries one gateway's trouble over from the look before. Time in which nobody looked is not time it lasted.
void carry(Troubles &into, const Troubles &before, const GatewayId &id, Look look, milliseconds now)
{
    if (look == Look::Well)
        return;
    const auto known = before.constFind(id);
    if (known == before.cend()) {
        if (look == Look::Trouble)
            into.insert(id, {now, false});
    } else if (look != Look::Unseen || known->told) {
        into.insert(id, *known);
    }
}

void look(NoticeMemory &memory, const std::vector<GatewaySight> &gateways, milliseconds now)
{
    const Troubles away = std::exchange(memory.away, {});
    const Troubles unhealthy = std::exchange(memory.unhealthy, {});
    for (const GatewaySight &sight : gateways) {
        carry(memory.away, away, sight.id, lookAt(sight.presence), now);
        carry(memory.unhealthy, unhealthy, sight.id, lookAt(sight.health), now);
    }
}

bool isFailed(const Rollout &rollout)
{
    // One that a person halted has nothing wrong.
    return rollout.state == RolloutState::Failed ||
           (rollout.state == RolloutState::Halted &&
            std::ranges::any_of(rollout.targets, [](const RolloutTarget &target) { return wentWrong(target.step); }));
}

/// Those to be told once one of them has lasted for @p least. @p together: the younger ones too, which belong to it.
std::vector<GatewayId> due(Troubles &troubles, const std::vector<GatewaySight> &gateways,
                           bool (*isSo)(const GatewaySight &), milliseconds now, milliseconds least, bool together)
{
    std::vector<GatewayId> ids;
    bool any = false;
    for (const GatewaySight &sight : gateways) {
        const auto trouble = troubles.constFind(sight.id);
        if (trouble == troubles.cend() || trouble->told || sight.muted || !isSo(sight))
            continue;
        const bool lasted = now - trouble->since >= least;
        any = any || lasted;
        if (lasted || together)
            ids.push_back(sight.id);
    }
    if (!any)
        return {};
    for (const GatewayId &id : ids)
        troubles[id].told = true;
    return ids;
}

bool isRecent(const std::optional<milliseconds> &last, milliseconds now, milliseconds gather)
{
    return last && now - *last < gather;
}

} // namespace

void noteRollout(NoticeMemory &memory, const Rollout &rollout)
{
    const bool underWay = rollout.state == RolloutState::Running || rollout.state == RolloutState::Halted ||
                          rollout.state == RolloutState::RollingBack;
    const auto known = memory.underWay.constFind(rollout.id);
    if (isFailed(rollout)) {
        if (known != memory.underWay.cend() && !*known)
            memory.failed.append(rollout.id);
        memory.underWay.insert(rollout.id, true);
        return;
    }
    memory.failed.removeAll(rollout.id);
    if (underWay)
        memory.underWay.insert(rollout.id, false);
    else
        memory.underWay.remove(rollout.id);
}

std::optional<Notice> takeNotice(NoticeMemory &memory, const std::vector<GatewaySight> &gateways,
                                 const NoticeMoment &moment, const NoticeLimits &limits)
{
    look(memory, gateways, moment.now);
    if (moment.allMuted || (limits.quiet && limits.quiet->contains(moment.minuteOfDay))) {
        memory.heldBack = true;
        return {};
    }
    const bool settled = moment.now - moment.observingSince >= limits.settle;
    if (memory.heldBack && !settled)
        return {};

    Notice notice;
    notice.heldBack = std::exchange(memory.heldBack, false);
    if (limits.rollouts)
        notice.rollouts = std::exchange(memory.failed, {});
    const auto mayTell = [&](bool wanted, const std::optional<milliseconds> &last) {
        return settled && wanted && (notice.heldBack || !isRecent(last, moment.now, limits.gather));
    };
    if (mayTell(limits.away, memory.awayAt)) {
        const auto isAway = [](const GatewaySight &sight) { return lookAt(sight.presence) == Look::Trouble; };
        notice.away = due(memory.away, gateways, isAway, moment.now, limits.awayFor, true);
    }
    if (mayTell(limits.unhealthy, memory.unhealthyAt)) {
        const auto isUnhealthy = [](const GatewaySight &sight) { return lookAt(sight.health) == Look::Trouble; };
        notice.unhealthy = due(memory.unhealthy, gateways, isUnhealthy, moment.now, limits.unhealthyFor, false);
    }
    if (!notice.away.empty())
        memory.awayAt = moment.now;
    if (!notice.unhealthy.empty())
        memory.unhealthyAt = moment.now;
    const bool any = !notice.away.empty() || !notice.unhealthy.empty() || !notice.rollouts.isEmpty();
    return any ? std::optional(notice) : std::nullopt;
}

} // namespace flowgate::domain
