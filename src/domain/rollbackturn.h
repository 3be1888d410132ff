// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/turncontext.h"

namespace flowgate::domain {

/// Brings one target back to the version before: by itself after a failure (the step stays Failed until that version
/// is proven again), or because a person asked for it (RollingBack).
class RollbackTurn
{
public:
    explicit RollbackTurn(const TurnContext &turn)
        : m_turn(turn)
    {
    }

    /// After a failure. Without a @p proven version nothing is offered: never an empty config (RC7).
    void begin(RolloutTarget &target, const std::optional<ConfigRef> &proven) const;
    /// For a target whose rollback was asked for or sent, offline ones included.
    void judge(RolloutTarget &target) const;

private:
    void putBack(RolloutTarget &target) const;
    [[nodiscard]] bool isStillOurs(RolloutTarget &target, const TargetSight &back, const TargetSight &here) const;
    [[nodiscard]] bool isReached(RolloutTarget &target, const TargetSight &back) const;
    /// Follows one step of the gateway. @return why it cannot go on; empty: it can
    [[nodiscard]] QString follow(RolloutTarget &target, const TargetSight &back) const;
    void judgeSent(RolloutTarget &target, const TargetSight &back) const;
    void conclude(RolloutTarget &target, const TargetSight &back) const;
    void giveUp(RolloutTarget &target, const QString &why) const;

    const TurnContext &m_turn;
};

} // namespace flowgate::domain
