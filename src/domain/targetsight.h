// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/gateway.h"

#include <vector>

namespace flowgate::domain {

/// What a rollout sees of one gateway, with regard to one config hash.
struct TargetSight
{
    bool connected = false;   ///< and given what it is to get
    bool onBootstrap = false; ///< it is here, but only to fetch a token of its own
    bool isAwaited = false;   ///< not observed since our start or pause: to be back any moment, not yet known offline
    bool polls = false;       ///< plain HTTP: what is sent waits for its next request
    bool approved = false;
    bool accepts = false;       ///< AcceptsRemoteConfig
    bool reportsStatus = false; ///< ReportsRemoteConfig
    bool reportsEffective = false;
    bool reportsHealth = false;
    bool isStale = false;           ///< what it reported is from before a gap: no proof, and nothing is sent
    bool isWanted = false;          ///< the gateway's wanted hash is this one
    std::optional<WallTime> sentAt; ///< when this hash last went out
    std::optional<ApplyStatus> status;
    WallTime statusAt{};
    std::optional<RemoteConfigStatus> otherStatus; ///< the last status report is about another hash
    WallTime otherStatusAt{};
    bool failedHere = false; ///< remembered for this hash, whatever was applied since
    QString error;
    std::optional<bool> contains; ///< nothing: not compared yet, or it cannot be
    QString whyNotCompared;       ///< why the effective config cannot be compared; empty: it can, or was not yet
    HealthState health = HealthState::NotReported;
    bool isHealthStale = false; ///< it was reported before messages were lost: no proof
    WallTime healthAt{};
    QString healthError;
    std::optional<ConfigRef> lastProven;

    bool restarted = false;     ///< the step that led here brought another start time of the collector
    bool restartIsOurs = false; ///< and something that we sent caused it
    /// What was seen since the last turn, in order, before this. Good news never hide what came before them.
    std::vector<TargetSight> earlier;

    /// When one that is not connected is going to get it.
    [[nodiscard]] QString whenReached() const;
    /// What holds up the sending to one that is connected; empty: nothing that is known.
    [[nodiscard]] QString whyUnsent() const;
    /// The parts of a proof that the gateway does not announce, by name; empty: it can be proven.
    [[nodiscard]] QStringList unprovableParts() const;
    /// Why all that can be seen is no proof; empty: it is one.
    [[nodiscard]] QString whyUnproven() const;
    /// The gateway said something about this very config. A FAILED that is not remembered is from before a retry.
    [[nodiscard]] bool isAnswered() const;
    /// Every part of the proof that this gateway can report is there.
    [[nodiscard]] bool isAllSeen() const;
    /// APPLIED was said of this config, and what runs is another. The supervisor (v0.149) does that when a config
    /// reaches it while it still starts with its previous one: an offer of the same config mends it.
    [[nodiscard]] bool isAppliedByWordOnly() const;

    friend bool operator==(const TargetSight &, const TargetSight &) = default;
};

[[nodiscard]] TargetSight sightOf(const Gateway &gateway, const ConfigHash &hash);

/// Adds @p sight to what was seen since the last turn. Equal ones are kept once, and of a flood of changes only the
/// first and the first of each kind of bad news, so that a gateway which reports without end costs bounded memory.
void addSight(std::vector<TargetSight> &earlier, TargetSight sight);

} // namespace flowgate::domain
