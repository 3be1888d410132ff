// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/rolloutturn.h"

#include <algorithm>

namespace flowgate::domain {

namespace {

bool isStopped(RolloutState state)
{
    return state != RolloutState::Running && state != RolloutState::Succeeded;
}

} // namespace

bool isToBeTakenBack(const Rollout &rollout, const RolloutTarget &target)
{
    return target.step == TargetStep::Waiting && isStopped(rollout.state);
}

bool isSettled(const Rollout &rollout)
{
    const auto pending = [&](const RolloutTarget &target) {
        return isUnderWay(target.step) || target.backStep == BackStep::Sent || isToBeTakenBack(rollout, target);
    };
    if (std::any_of(rollout.targets.begin(), rollout.targets.end(), pending))
        return false;
    // Running with nothing under way and nothing queued means that all who are left are offline.
    return rollout.state != RolloutState::Running ||
           std::none_of(rollout.targets.begin(), rollout.targets.end(),
                        [](const RolloutTarget &target) { return target.step == TargetStep::Queued; });
}

void restartDeadlines(Rollout &rollout, WallTime now)
{
    for (RolloutTarget &target : rollout.targets) {
        const bool isOpen = isUnderWay(target.step) || target.step == TargetStep::Waiting;
        if (isUnderWay(target.step) && target.sentAt)
            target.sentAt = now;
        if (target.backStep == BackStep::Sent)
            target.backAt = now;
        if (target.healthyFrom && (isUnderWay(target.step) || target.backStep == BackStep::Sent))
            target.healthyFrom = now;
        if (isOpen && !target.seen.empty() && target.seen.back().what == sighted::observedAgain)
            target.seen.back().at = now;
        else if (isOpen)
            target.seen.push_back({now, sighted::observedAgain.toString()});
    }
}

void shiftDeadlines(Rollout &rollout, milliseconds by)
{
    for (RolloutTarget &target : rollout.targets) {
        const bool isBack = target.backStep == BackStep::Sent;
        if (!isUnderWay(target.step) && target.step != TargetStep::Waiting && !isBack)
            continue;
        target.since += by;
        if (target.sentAt)
            *target.sentAt += by;
        if (target.healthyFrom)
            *target.healthyFrom += by;
        if (isBack)
            target.backAt += by;
        if (!target.seen.empty())
            target.seen.back().at += by;
    }
}

bool haltRollout(Rollout &rollout)
{
    if (rollout.state != RolloutState::Running)
        return false;
    rollout.state = RolloutState::Halted;
    return true;
}

bool resumeRollout(Rollout &rollout, WallTime now)
{
    if (rollout.state != RolloutState::Halted && rollout.state != RolloutState::Failed)
        return false;
    for (RolloutTarget &target : rollout.targets) {
        const bool again = target.step == TargetStep::Failed || target.step == TargetStep::RolledBack ||
                           target.step == TargetStep::Unanswered;
        if (!again)
            continue;
        target.step = TargetStep::Queued;
        target.since = now;
        target.error.clear();
        target.backStep = BackStep::None;
        if (!target.sentAt)
            target.sentAt = now; // says that it was tried before, so that the next offer is a retry
    }
    rollout.state = RolloutState::Running;
    return true;
}

bool rollBackRollout(Rollout &rollout, WallTime now)
{
    if (rollout.state == RolloutState::RolledBack)
        return false;
    for (RolloutTarget &target : rollout.targets) {
        if (target.step == TargetStep::Skipped || target.step == TargetStep::Waiting)
            continue; // the next turn takes the waiting ones back
        const bool wasSent = target.sentAt.has_value() || isUnderWay(target.step);
        if (target.step == TargetStep::Queued) {
            target.step = TargetStep::Skipped;
            target.since = now;
            target.error = QStringLiteral("rolled back before it was sent");
        }
        if (!wasSent || !target.back || target.backStep == BackStep::Done || target.backStep == BackStep::Sent)
            continue;
        if (isUnderWay(target.step)) {
            target.step = TargetStep::Failed;
            target.error = QStringLiteral("rolled back before it was proven");
        }
        target.backStep = BackStep::Sent;
        target.backAt = now;
        target.since = now;
        target.seen.push_back({now, sighted::backAsked.toString()});
    }
    rollout.state = RolloutState::RolledBack;
    rollout.inForce = false;
    return true;
}

bool endRollout(Rollout &rollout)
{
    const bool underWay = rollout.state == RolloutState::Running || rollout.state == RolloutState::Halted;
    if (!underWay && !rollout.inForce)
        return false;
    if (underWay)
        rollout.state = RolloutState::Cancelled;
    rollout.inForce = false;
    return true;
}

bool supersede(Rollout &rollout, const QSet<GatewayId> &gateways, WallTime now)
{
    bool changed = false;
    for (RolloutTarget &target : rollout.targets) {
        const bool open =
            target.step == TargetStep::Queued || target.step == TargetStep::Waiting || isUnderWay(target.step);
        if (!open || !gateways.contains(target.gateway))
            continue;
        target.step = TargetStep::Skipped;
        target.since = now;
        target.error = QStringLiteral("a newer rollout covers this gateway");
        changed = true;
    }
    return changed;
}

std::vector<int> assignWaves(int count, const std::vector<WaveSize> &waves)
{
    std::vector<int> assigned(static_cast<size_t>(std::max(count, 0)));
    int reached = 0;
    int wave = 0;
    for (const WaveSize &size : waves) {
        const qint64 upTo = size.percent ? (qint64(count) * size.amount + 99) / 100 : size.amount;
        const int end = static_cast<int>(std::min<qint64>(upTo, count));
        if (end <= reached)
            continue; // a wave that reaches nobody new is no wave
        ++wave;
        std::fill(assigned.begin() + reached, assigned.begin() + end, wave);
        reached = end;
    }
    if (reached < count)
        std::fill(assigned.begin() + reached, assigned.end(), wave + 1);
    return assigned;
}

} // namespace flowgate::domain
