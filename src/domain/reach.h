// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/connectionend.h"
#include "domain/gateway.h"

namespace flowgate::domain {

/// Where we listen and what the machine has, addresses as texts: "192.168.1.5", "fe80::1".
struct NetworkSight
{
    QStringList listened; ///< "0.0.0.0" and "::" stand for every address
    QStringList present;  ///< of interfaces that are up and have a carrier, loopback left out
};

/// Whether nobody on another machine can reach us, though we listen for them.
[[nodiscard]] bool isCutOff(const NetworkSight &sight);

/// Whether the gateway comes from another machine. One without an address is not said to.
[[nodiscard]] bool comesFromElsewhere(const Presence &presence);

/// When this machine had no network.
struct NetworkTimes
{
    std::optional<WallTime> goneSince; ///< nothing: it has one
    WallTime back{};                   ///< when it last came back; the epoch: it was never gone
};

/// Why a gateway is not observed while this machine has no network.
[[nodiscard]] QString noNetwork();
/// The same for the time between a stop of this program and its next start.
[[nodiscard]] QString notRunning();

/// Since when the gateway could be heard, if we listen since @p observingSince; nothing while it cannot.
[[nodiscard]] std::optional<WallTime> audibleSince(const Presence &presence, WallTime observingSince,
                                                   const NetworkTimes &network);

/// What a gateway is whose connection ended while it was connected, with why; `since` is left. Lost only where the
/// gateway or the network ended the connection: not observed where we closed it, or where this machine has no network.
[[nodiscard]] Presence afterEnd(Presence presence, const ConnectionEnd &end, const NetworkTimes &network);

} // namespace flowgate::domain
