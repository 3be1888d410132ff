// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/turncontext.h"

namespace flowgate::domain {

/// Takes one target towards its proof: begins it, follows what the gateway reports in the order in which it was
/// reported, and ends it. The way back of a target that failed is RollbackTurn's.
class TargetTurn
{
public:
    explicit TargetTurn(const TurnContext &turn)
        : m_turn(turn)
    {
    }

    /// Its wave has begun, or it has returned.
    void begin(RolloutTarget &target, const TargetSight &sight) const;
    /// For a target that is under way.
    void judge(RolloutTarget &target, const TargetSight &sight) const;
    /// The rollout was stopped before anything was sent there: what it would get is taken back.
    void takeBack(RolloutTarget &target, const TargetSight &sight) const;

private:
    [[nodiscard]] bool mayBegin(RolloutTarget &target, const TargetSight &sight, bool retry) const;
    [[nodiscard]] bool isRollbackWanted(const RolloutTarget &target) const;
    [[nodiscard]] bool wantAgain(RolloutTarget &target, const TargetSight &sight) const;
    void follow(RolloutTarget &target, const TargetSight &sight, const TargetSight *before) const;
    void noteSent(RolloutTarget &target, const TargetSight &sight) const;
    void judgeUnsent(RolloutTarget &target, const TargetSight &sight) const;
    void judgeSoak(RolloutTarget &target, const TargetSight &sight) const;
    void judgeDeadline(RolloutTarget &target, const TargetSight &sight) const;
    void prove(RolloutTarget &target, const TargetSight &sight) const;
    void fail(RolloutTarget &target, const TargetSight &sight, const QString &error) const;
    void giveUp(RolloutTarget &target, const TargetSight &sight, const QString &error) const;

    const TurnContext &m_turn;
};

} // namespace flowgate::domain
