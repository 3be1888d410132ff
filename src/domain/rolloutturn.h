// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/rollout.h"
#include "domain/targetsight.h"

#include <QSet>

#include <functional>

namespace flowgate::domain {

/// What a turn asks for. Carried out by the driver, in order.
struct RolloutAction
{
    enum class Kind {
        Want,           ///< make ref the gateway's wanted version; with retry, forget that it failed here
        WantNothing,    ///< it was to get ref and never did: nothing is wanted there any more
        RememberFailed, ///< this hash failed here though the gateway did not say so itself
        RememberSilent, ///< this hash was not answered
        RememberProven, ///< ref is the last proven version of this gateway now
        SendAgain,      ///< the gateway says that it applied ref and runs something else: offer it once more
    };
    Kind kind = Kind::Want;
    GatewayId gateway;
    ConfigRef ref;
    bool retry = false;
    QString error;

    friend bool operator==(const RolloutAction &, const RolloutAction &) = default;
};

struct RolloutTurn
{
    Rollout rollout;
    std::vector<RolloutAction> actions;
    bool changed = false; ///< the rollout differs from before: write it down, then carry out the actions
};

/// Nothing where the gateway was forgotten.
using SightOf = std::function<std::optional<TargetSight>(const GatewayId &, const ConfigHash &)>;

/// Takes a rollout as far as what is seen now allows: begins waves, moves targets, halts on the first failure, sends
/// failed targets back. Total and repeatable: a turn in which nothing happened changes nothing.
[[nodiscard]] RolloutTurn takeTurn(Rollout rollout, const SightOf &sightOf, WallTime now);

/// The rollout was stopped before anything was sent to this target, which is offline or polls: the next turn takes back
/// what it would get. Without a proven version it gets nothing.
[[nodiscard]] bool isToBeTakenBack(const Rollout &rollout, const RolloutTarget &target);

/// Nothing more can happen by itself: what `--wait` waits for.
[[nodiscard]] bool isSettled(const Rollout &rollout);

/// Begins the deadlines of everything under way anew: our own downtime does not count. What a kill kept from being
/// carried out after the rollout was written down is asked for again by the next turns.
void restartDeadlines(Rollout &rollout, WallTime now);

/// The wall clock stepped by @p by: deadlines of what is under way move along, so that only time that passed counts.
void shiftDeadlines(Rollout &rollout, milliseconds by);

/// Acts of a person. Each returns false, and changes nothing, where it makes no sense in the state it is in.
bool haltRollout(Rollout &rollout);
/// Tries failed and unanswered targets once more, then goes on.
bool resumeRollout(Rollout &rollout, WallTime now);
/// Everything that was sent goes back to what was proven before, unless another version is wanted there by now: only a
/// turn can see that, so the next one asks for it. The rollout is rolled back when that was seen of each target.
bool rollBackRollout(Rollout &rollout, WallTime now);
/// No longer in force; a rollout under way is cancelled, a rollback under way ends as failed.
bool endRollout(Rollout &rollout);

/// A newer rollout covers these gateways: whatever this one still meant to do there is skipped.
bool supersede(Rollout &rollout, const QSet<GatewayId> &gateways, WallTime now);

/// The wave of each of @p count targets, 1-based: entry n of @p waves is the share of all targets reached by its end,
/// rounded up. What the last entry leaves over is one more wave.
[[nodiscard]] std::vector<int> assignWaves(int count, const std::vector<WaveSize> &waves);

} // namespace flowgate::domain
