// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/quiethours.h"
#include "domain/rollout.h"
#include "domain/states.h"

#include <QHash>
#include <QStringList>

namespace flowgate::domain {

/// What a person wants to be told, and how long a trouble must have lasted for it. Lengths are of time observed.
struct NoticeLimits
{
    bool away = true;
    bool unhealthy = true;
    bool rollouts = true;
    milliseconds unhealthyFor{60'000};
    milliseconds awayFor{10'000}; ///< a gateway that restarts is back by then
    milliseconds settle{
        180'000}; ///< after our start or a pause: so long gateways are not told of; as in LivenessLimits
    milliseconds gather{
        30'000}; ///< between two notices of gateways of the same kind: what comes meanwhile comes in one
    std::optional<QuietHours> quiet;

    friend bool operator==(const NoticeLimits &, const NoticeLimits &) = default;
};

/// What is seen of one gateway now.
struct GatewaySight
{
    GatewayId id;
    PresenceState presence = PresenceState::NotObserved;
    HealthState health = HealthState::NotObserved;
    bool muted = false;
};

/// The moment at which somebody looks. Times are of Clock::awake(): neither sleep nor a step of the wall clock counts.
struct NoticeMoment
{
    milliseconds now{};
    milliseconds observingSince{}; ///< our start, or the end of the last pause
    int minuteOfDay = 0;           ///< local
    bool allMuted = false;
};

/// What is said on the desktop at a time: some desktops show the last notice only, so that all of it is in one.
struct Notice
{
    std::vector<GatewayId> away; ///< lost or silent
    std::vector<GatewayId> unhealthy;
    QStringList rollouts;  ///< ids of those that failed
    bool heldBack = false; ///< began while nothing was told, and is still so

    friend bool operator==(const Notice &, const Notice &) = default;
};

/// What was seen and told before. A trouble is told once; only its seen end makes the next one news.
struct NoticeMemory
{
    struct Trouble
    {
        milliseconds since{}; ///< first seen
        bool told = false;
    };
    using Troubles = QHash<GatewayId, Trouble>;

    Troubles away;
    Troubles unhealthy;
    QHash<QString, bool> underWay;      ///< rollouts that can still fail, or have: whether they have
    QStringList failed;                 ///< those of them that are to be told, in order
    std::optional<milliseconds> awayAt; ///< the last notice of it
    std::optional<milliseconds> unhealthyAt;
    bool heldBack = false; ///< nothing may be told now
};

/// Takes note of a rollout that is new or moved. Call it for each step: it may fail and be taken up again between
/// looks. One that had failed before it was ever seen under way is no news.
void noteRollout(NoticeMemory &memory, const Rollout &rollout);

/// What to tell now, if anything. @p gateways are all that there are: one that is not among them is forgotten. Call it
/// each second.
///
/// What was not observed is neither an alarm nor the end of one; a gateway that left is none. While nothing may be told
/// (quiet hours, everything muted) troubles that end are never told; what is still so afterwards comes in one notice.
[[nodiscard]] std::optional<Notice> takeNotice(NoticeMemory &memory, const std::vector<GatewaySight> &gateways,
                                               const NoticeMoment &moment, const NoticeLimits &limits);

} // namespace flowgate::domain
