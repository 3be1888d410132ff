// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/gateway.h"
#include "domain/sighting.h"

#include <vector>

namespace flowgate::domain {

/// RollingBack: a person asked for the way back, and not every target that had the version was seen to be back.
enum class RolloutState { Running, Halted, Succeeded, Failed, RollingBack, RolledBack, Cancelled };

enum class TargetStep {
    Queued,  ///< its wave has not begun, or it has and the config was not sent yet (RolloutTarget::begunAt)
    Waiting, ///< offline: gets it when it returns, and holds nobody up
    Offered, ///< sent; `since` is the moment of sending
    Applying,
    Soaking, ///< everything seen, now it must stay healthy
    Proven,
    Unproven, ///< sent, yet this gateway cannot report what a proof needs
    Failed,
    Unanswered,
    RollingBack, ///< a person asked for the version before, and it was not seen to run there yet
    RolledBack,  ///< the version before it was proven again, after a failure or because a person asked for it
    Skipped,
};

/// All that this gateway can report was seen.
[[nodiscard]] constexpr bool isProvenEnough(TargetStep step)
{
    return step == TargetStep::Proven || step == TargetStep::Unproven;
}

[[nodiscard]] constexpr bool wentWrong(TargetStep step)
{
    return step == TargetStep::Failed || step == TargetStep::RolledBack || step == TargetStep::Unanswered;
}

/// The end of one wave: the share of all targets reached by then, or a count.
struct WaveSize
{
    int amount = 100;
    bool percent = true;

    friend bool operator==(const WaveSize &, const WaveSize &) = default;
};

struct RolloutOptions
{
    std::vector<WaveSize> waves{{1, false}, {50, true}, {100, true}};
    milliseconds soak{30'000};
    milliseconds timeout{60'000}; ///< from sending until applied, contained and healthy; the soak comes on top
    bool putBack = true;          ///< a failed target gets its last proven version
    bool force = false;           ///< in spite of verdicts, and once more where the hash failed before

    friend bool operator==(const RolloutOptions &, const RolloutOptions &) = default;
};

/// The rollback of one target. Asked: by a person, and the version before is not the desired one yet.
enum class BackStep { None, Asked, Sent, Done, NotProven };

/// So many restarts of the collector while it is watched end the soak: it does not stay up.
inline constexpr int mostRestartsInSoak = 3;

struct RolloutTarget
{
    GatewayId gateway;
    int wave = 0; ///< 1, 2, 3…; 0 for one that joined after the rollout had ended
    TargetStep step = TargetStep::Queued;
    WallTime since{};
    QString error;                       ///< why it failed or was skipped, or what it waits for
    std::optional<WallTime> begunAt;     ///< when its turn came; what was sent before that is no offer of this rollout
    std::optional<WallTime> sentAt;      ///< when it was sent, or seen to have it already
    std::optional<WallTime> healthyFrom; ///< since when the soak counts
    bool soaked = false;                 ///< the soak began once: it may begin anew within timeout + 2 x soak
    int restarts = 0;                    ///< of the collector since the soak first began, but for those that we caused
    bool resent = false;                 ///< sent once more, see TargetSight::isAppliedByWordOnly()
    std::optional<ConfigRef> back;
    BackStep backStep = BackStep::None;
    WallTime backAt{};
    std::vector<Sighting> seen;

    friend bool operator==(const RolloutTarget &, const RolloutTarget &) = default;
};

/// Something was or is to be sent, and the outcome is not seen yet.
[[nodiscard]] inline bool isUnderWay(const RolloutTarget &target)
{
    return target.step == TargetStep::Offered || target.step == TargetStep::Applying ||
           target.step == TargetStep::Soaking || (target.step == TargetStep::Queued && target.begunAt);
}

/// Whether the version before is being brought back there and can arrive by itself: an offline target cannot.
[[nodiscard]] inline bool isGoingBack(const RolloutTarget &target)
{
    return (target.backStep == BackStep::Asked || target.backStep == BackStep::Sent) &&
           target.step != TargetStep::Waiting;
}

/// The version before is to be brought back when the gateway returns.
[[nodiscard]] inline bool isBackOnReturn(const RolloutTarget &target)
{
    return (target.backStep == BackStep::Asked || target.backStep == BackStep::Sent) &&
           target.step == TargetStep::Waiting;
}

/// This version to the gateways of this selector, in waves, with proof.
struct Rollout
{
    QString id; ///< a UUID as text
    ConfigRef ref;
    QString selector;
    RolloutOptions options;
    RolloutState state = RolloutState::Running;
    WallTime createdAt{};
    QString by;
    int wave = 1;           ///< the wave under way
    bool inForce = false;   ///< succeeded, and later arrivals that match get it too
    bool isGivenUp = false; ///< a person rolled it back: it cannot be resumed
    std::vector<RolloutTarget> targets;

    friend bool operator==(const Rollout &, const Rollout &) = default;
};

[[nodiscard]] QString word(RolloutState state);
[[nodiscard]] QString word(TargetStep step);
[[nodiscard]] std::optional<RolloutState> rolloutStateFromWord(QStringView text);
[[nodiscard]] std::optional<TargetStep> targetStepFromWord(QStringView text);

} // namespace flowgate::domain
