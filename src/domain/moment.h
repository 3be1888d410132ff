// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/gateway.h"
#include "domain/span.h"

namespace flowgate::domain {

/// What is known of a gateway's three facts at one moment. A fact that no span covers was not known then: the gateway
/// was not there yet, or that part of its history is gone.
struct PastStates
{
    std::optional<Standing<PresenceState>> presence;
    std::optional<Standing<HealthState>> health;
    std::optional<Standing<ConfigState>> config;

    [[nodiscard]] bool areKnown() const { return presence || health || config; }
    friend bool operator==(const PastStates &, const PastStates &) = default;
};

/// The whole fleet at one moment of the past.
struct FleetMoment
{
    WallTime at{};
    bool observed = false;                  ///< whether this control plane was running and awake then
    QHash<GatewayId, PastStates> gateways;  ///< only those of whom something is known
    std::optional<WallTime> changeBefore{}; ///< the last change of any gateway a minute or more before it
    std::optional<WallTime> changeAfter{};  ///< the first one after it

    friend bool operator==(const FleetMoment &, const FleetMoment &) = default;
};

/// A span covers its beginning and not its end; an open one all that comes after its beginning. A word that is no
/// state of its kind says nothing.
[[nodiscard]] PastStates statesAt(const std::vector<Span> &spans, WallTime at);

/// What is left of @p states at a moment at which nobody looked: who was there and how it fared is not observed, what
/// it should run stays as it was last seen. A fact that was not known stays so.
/// @param lastLook  when somebody last looked before; the epoch: never
[[nodiscard]] PastStates unobserved(PastStates states, WallTime lastLook);

} // namespace flowgate::domain
