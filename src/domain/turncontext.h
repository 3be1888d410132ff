// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/rolloutturn.h"

namespace flowgate::domain {

/// What the rules of one turn share: the rollout's head, what is seen, and what is asked for. The functions move
/// targets and write down what was seen of them.
struct TurnContext
{
    const Rollout &rollout; ///< its state, wave, version and options; targets are moved one by one
    const SightOf &sightOf;
    WallTime now{};
    std::vector<RolloutAction> &actions;

    /// @param at  when it was seen; the epoch: now
    void moveTo(RolloutTarget &target, TargetStep step, const QString &error = {}, WallTime at = {}) const;
    /// Of a target that flaps only so much is kept.
    void note(RolloutTarget &target, QStringView what) const;
    /// The same for what ends an attempt, which is always kept.
    void noteEnd(RolloutTarget &target, QStringView what) const;
    void act(RolloutAction::Kind kind, const RolloutTarget &target, const ConfigRef &ref, const QString &error = {},
             bool retry = false) const;
    /// Offers @p ref once more, at most once an attempt: a gateway that cannot run it must not be asked for ever (RC9).
    void resend(RolloutTarget &target, const ConfigRef &ref) const;
    /// Counts a restart that was seen while the target was watched: the soak begins anew.
    /// @param since  when the version was sent
    /// @return whether that is one too many: the third that we did not cause, or one after the allowance
    [[nodiscard]] bool isRestartTooMany(RolloutTarget &target, const TargetSight &sight, WallTime since) const;

    [[nodiscard]] milliseconds timeout() const { return rollout.options.timeout; }
    /// How long after sending the proof has to be complete: a soak that began may begin anew within two more soaks.
    [[nodiscard]] milliseconds allowance(const RolloutTarget &target) const;
    /// " within 60 s"
    [[nodiscard]] QString within() const;
    /// " after 60 s"
    [[nodiscard]] QString after() const;
};

/// So long may a connected gateway take until the config goes out to it: longer than any pause between HTTP polls.
inline constexpr milliseconds longestUntilSent{300'000};

/// "restarted 3 times while it was watched"
[[nodiscard]] QString restartedTooOften(int times);

/// What a gateway that did not answer about our config said instead: about another config, or nothing.
[[nodiscard]] QString whatItAnswered(const TargetSight &sight, WallTime since, const QString &within);

} // namespace flowgate::domain
