// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/rolloutturn.h"

#include <algorithm>

namespace flowgate::domain {

namespace {

bool isStopped(RolloutState state)
{
    return state != RolloutState::Running && state != RolloutState::Succeeded;
}

/// A person wants the version before at this target, where it has or may have the new one.
void askBack(RolloutTarget &target, WallTime now)
{
    const auto fail = [&](TargetStep step, const QString &error) {
        target.step = step;
        target.since = now;
        target.error = error;
    };
    if (target.step == TargetStep::Queued && !target.begunAt)
        return fail(TargetStep::Skipped, QStringLiteral("rolled back before it was sent"));
    const bool isUnsent = !target.sentAt && (target.step == TargetStep::Queued || target.step == TargetStep::Waiting);
    if (target.step == TargetStep::Skipped || isUnsent || target.backStep == BackStep::Done)
        return; // the next turn takes back what was not sent
    if (!target.back) {
        target.seen.push_back({now, sighted::noProven.toString()});
        return fail(TargetStep::Failed, QStringLiteral("no_proven_version: no earlier version was proven here"));
    }
    const bool wasUnderWay = isUnderWay(target);
    fail(TargetStep::RollingBack,
         wasUnderWay ? QStringLiteral("rolled back before it was proven") : QString(target.error));
    target.backStep = BackStep::Asked;
    target.backAt = now;
    target.seen.push_back({now, sighted::backAsked.toString()});
}

void stopGoingBack(RolloutTarget &target, const QString &why)
{
    if (target.step != TargetStep::RollingBack && !isBackOnReturn(target))
        return;
    target.step = TargetStep::Failed;
    target.error = QStringLiteral("did not go back: ") + why;
    target.backStep = BackStep::NotProven;
}

} // namespace

bool isToBeTakenBack(const Rollout &rollout, const RolloutTarget &target)
{
    const bool isUnsent =
        target.step == TargetStep::Waiting || (target.step == TargetStep::Queued && target.begunAt && !target.sentAt);
    return isUnsent && !isBackOnReturn(target) && isStopped(rollout.state);
}

bool isSettled(const Rollout &rollout)
{
    const auto pending = [&](const RolloutTarget &target) {
        return isUnderWay(target) || isGoingBack(target) || isToBeTakenBack(rollout, target);
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
        const bool isBack = isGoingBack(target);
        const bool isOpen = isUnderWay(target) || target.step == TargetStep::Waiting;
        if (isUnderWay(target) && target.sentAt)
            target.sentAt = now;
        if (isBack)
            target.backAt = now;
        if (target.healthyFrom && (isUnderWay(target) || isBack))
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
        const bool isBack = isGoingBack(target);
        if (!isUnderWay(target) && target.step != TargetStep::Waiting && !isBack)
            continue;
        target.since += by;
        if (target.begunAt)
            *target.begunAt += by;
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
    if ((rollout.state != RolloutState::Halted && rollout.state != RolloutState::Failed) || rollout.isGivenUp)
        return false;
    for (RolloutTarget &target : rollout.targets) {
        const bool again = target.step == TargetStep::Failed || target.step == TargetStep::RolledBack ||
                           target.step == TargetStep::Unanswered;
        if (!again)
            continue;
        target.step = TargetStep::Queued;
        target.since = now;
        target.error.clear();
        target.begunAt.reset();
        target.backStep = BackStep::None;
        if (!target.sentAt)
            target.sentAt = now; // says that it was tried before, so that the next offer is a retry
    }
    rollout.state = RolloutState::Running;
    return true;
}

bool rollBackRollout(Rollout &rollout, WallTime now)
{
    if (rollout.state == RolloutState::RolledBack || rollout.state == RolloutState::RollingBack)
        return false;
    for (RolloutTarget &target : rollout.targets)
        askBack(target, now);
    rollout.state = RolloutState::RollingBack;
    rollout.inForce = false;
    rollout.isGivenUp = true;
    return true;
}

bool endRollout(Rollout &rollout)
{
    if (rollout.state == RolloutState::RollingBack) {
        for (RolloutTarget &target : rollout.targets)
            stopGoingBack(target, QStringLiteral("ended by a person"));
        rollout.state = RolloutState::Failed;
        return true;
    }
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
        const bool isOpen =
            target.step == TargetStep::Queued || target.step == TargetStep::Waiting || isUnderWay(target);
        const bool isBack = target.step == TargetStep::RollingBack || isBackOnReturn(target);
        if ((!isOpen && !isBack) || !gateways.contains(target.gateway))
            continue;
        if (isBack) {
            stopGoingBack(target, QStringLiteral("a newer rollout covers this gateway"));
            changed = true;
            continue;
        }
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
