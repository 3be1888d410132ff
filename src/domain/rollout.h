// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/gateway.h"

#include <vector>

namespace flowgate::domain {

enum class RolloutState { Running, Halted, Succeeded, Failed, RolledBack, Cancelled };

enum class TargetStep {
    Queued,  ///< its wave has not begun
    Waiting, ///< offline: gets it when it returns, and holds nobody up
    Offered,
    Applying,
    Soaking, ///< everything seen, now it must stay healthy
    Proven,
    Unproven, ///< sent, yet this gateway cannot report what a proof needs
    Failed,
    Unanswered,
    RolledBack, ///< failed, and the last proven version was proven again
    Skipped,
};

/// Something was or is to be sent, and the outcome is not seen yet.
[[nodiscard]] constexpr bool isUnderWay(TargetStep step)
{
    return step == TargetStep::Offered || step == TargetStep::Applying || step == TargetStep::Soaking;
}

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

/// One thing that was seen at a target, for people.
struct Sighting
{
    WallTime at{};
    QString what; ///< a step's word or "healthy", "contains", "put_back"…

    friend bool operator==(const Sighting &, const Sighting &) = default;
};

/// Sightings that the rules themselves look for later.
namespace sighted {
inline constexpr QStringView observedAgain = u"observed_again"; ///< this control plane runs again after a pause
inline constexpr QStringView backAsked = u"back_asked";         ///< a person asked for the way back
inline constexpr QStringView sentAgain = u"sent_again";         ///< applied by its word, not by what it runs: once more
inline constexpr QStringView putBack = u"put_back";             ///< the version to go back to is wanted from now on
inline constexpr QStringView back = u"back";                    ///< it runs again, and must stay healthy
} // namespace sighted

/// The way back of a failed target.
enum class BackStep { None, Sent, Done, NotProven };

struct RolloutTarget
{
    GatewayId gateway;
    int wave = 0; ///< 1, 2, 3…; 0 for one that joined after the rollout had ended
    TargetStep step = TargetStep::Queued;
    WallTime since{};
    QString error; ///< why it failed or was skipped
    std::optional<WallTime> sentAt;
    std::optional<WallTime> healthyFrom; ///< since when the soak counts
    std::optional<ConfigRef> back;
    BackStep backStep = BackStep::None;
    WallTime backAt{};
    std::vector<Sighting> seen;

    friend bool operator==(const RolloutTarget &, const RolloutTarget &) = default;
};

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
    int wave = 1;         ///< the wave under way
    bool inForce = false; ///< succeeded, and later arrivals that match get it too
    std::vector<RolloutTarget> targets;

    friend bool operator==(const Rollout &, const Rollout &) = default;
};

[[nodiscard]] QString word(RolloutState state);
[[nodiscard]] QString word(TargetStep step);
[[nodiscard]] std::optional<RolloutState> rolloutStateFromWord(QStringView text);
[[nodiscard]] std::optional<TargetStep> targetStepFromWord(QStringView text);

} // namespace flowgate::domain
