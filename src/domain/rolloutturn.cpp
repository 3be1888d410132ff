// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/rolloutturn.h"

#include "domain/rollbackturn.h"
#include "domain/targetturn.h"

#include <algorithm>

namespace flowgate::domain {

namespace {

/// One turn over one rollout; collects what changes.
class Turn
{
public:
    Turn(Rollout rollout, const SightOf &sightOf, WallTime now)
        : m_rollout(std::move(rollout))
        , m_context{m_rollout, sightOf, now, m_actions}
    {
    }

    RolloutTurn take()
    {
        const Rollout before = m_rollout;
        for (RolloutTarget &target : m_rollout.targets)
            judge(target);
        if (m_rollout.state == RolloutState::Running)
            concludeWaves();
        else if (m_rollout.state == RolloutState::RollingBack)
            concludeRollback();
        const bool changed = !(m_rollout == before);
        return {std::move(m_rollout), std::move(m_actions), changed};
    }

private:
    [[nodiscard]] bool mayBegin(const RolloutTarget &target) const
    {
        if (target.wave == 0)
            return m_rollout.inForce;
        return m_rollout.state == RolloutState::Running && target.wave <= m_rollout.wave;
    }

    /// One move a turn: what it asks for is carried out before the next turn looks again.
    void judge(RolloutTarget &target)
    {
        const std::optional<TargetSight> sight = m_context.sightOf(target.gateway, m_rollout.ref.hash);
        if (!sight)
            return forget(target);
        const TargetTurn forward(m_context);
        if (isToBeTakenBack(m_rollout, target))
            forward.takeBack(target, *sight);
        else if (isGoingBack(target) || isBackOnReturn(target))
            RollbackTurn(m_context).judge(target);
        else if (isUnderWay(target))
            forward.judge(target, *sight);
        else if (target.step == TargetStep::Queued ? mayBegin(target)
                                                   : target.step == TargetStep::Waiting && sight->connected)
            forward.begin(target, *sight);
    }

    void forget(RolloutTarget &target)
    {
        const bool isOpen = isUnderWay(target) || target.step == TargetStep::Queued ||
                            target.step == TargetStep::Waiting || target.step == TargetStep::RollingBack;
        if (isGoingBack(target) || isBackOnReturn(target))
            target.backStep = BackStep::NotProven;
        if (isOpen)
            m_context.moveTo(target, TargetStep::Skipped, QStringLiteral("the gateway was forgotten"));
    }

    [[nodiscard]] bool any(const std::function<bool(const RolloutTarget &)> &isMeant) const
    {
        return std::ranges::any_of(m_rollout.targets, isMeant);
    }

    [[nodiscard]] bool anyAt(TargetStep step) const
    {
        return any([step](const RolloutTarget &target) { return target.step == step; });
    }

    void concludeWaves()
    {
        if (any([](const RolloutTarget &target) { return wentWrong(target.step); })) {
            const bool more = any([](const RolloutTarget &t) { return t.step == TargetStep::Queued && !t.begunAt; }) ||
                              anyAt(TargetStep::Unanswered);
            m_rollout.state = more ? RolloutState::Halted : RolloutState::Failed;
            return;
        }
        while (!any([this](const RolloutTarget &t) { return t.wave <= m_rollout.wave && isUnderWay(t); })) {
            if (!any([](const RolloutTarget &t) { return t.step == TargetStep::Queued && t.wave > 0; }))
                return conclude();
            ++m_rollout.wave;
            for (RolloutTarget &target : m_rollout.targets) {
                if (target.step == TargetStep::Queued && !target.begunAt && mayBegin(target))
                    judge(target);
            }
        }
    }

    /// Every wave has begun, and nothing is under way.
    void conclude()
    {
        if (any([](const RolloutTarget &target) { return isProvenEnough(target.step); })) {
            m_rollout.state = RolloutState::Succeeded;
            m_rollout.inForce = true;
        } else if (!anyAt(TargetStep::Waiting)) {
            m_rollout.state = RolloutState::Failed; // everything was skipped
        }
    }

    /// Rolled back once each target that had the version was seen to run the one before.
    void concludeRollback()
    {
        if (any([this](const RolloutTarget &target) {
                return isGoingBack(target) || isBackOnReturn(target) || isToBeTakenBack(m_rollout, target);
            }))
            return;
        m_rollout.state = anyAt(TargetStep::Failed) ? RolloutState::Failed : RolloutState::RolledBack;
    }

    Rollout m_rollout;
    std::vector<RolloutAction> m_actions;
    TurnContext m_context;
};

} // namespace

RolloutTurn takeTurn(Rollout rollout, const SightOf &sightOf, WallTime now)
{
    return Turn(std::move(rollout), sightOf, now).take();
}

} // namespace flowgate::domain
