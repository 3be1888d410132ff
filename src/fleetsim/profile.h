// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/attributes.h"
#include "domain/capabilities.h"
#include "domain/ids.h"

#include <optional>

namespace flowgate::fleetsim {

/// How a simulated gateway takes what comes.
enum class Character {
    Modern,    ///< validates first: a bad config is refused with the reason, the old one goes on
    Seed,      ///< does not validate: a bad config takes the collector down, again and again
    Slow,      ///< as Modern, but takes four times as long to apply
    Unhealthy, ///< as Modern, but an exporter fails some seconds after each start
    Crashing,  ///< as Modern, but the collector does not survive any config that it is sent
    Small,     ///< as Modern, but built from a few components: no kafka
    Bare,      ///< accepts configs and reports next to nothing, so that nothing can be proven
};
enum class Behaviour { Good, Mixed };

/// Who a simulated gateway is; never changes, except for the uid when the server orders so.
struct Profile
{
    domain::GatewayId uid;
    QString name; ///< host.name
    Character character = Character::Modern;
    QString version; ///< of the collector
    QString arch;
    QString osDescription;

    friend bool operator==(const Profile &, const Profile &) = default;
};

/// The gateway number @p index (from 0) of a fleet. Equal arguments give an equal profile, so that a fleet that is
/// started again is the same gateways; names differ within a fleet, uids between seeds too.
/// Good: all are Modern. Mixed: 20 gateways in a row have 12 Modern ones and each other character.
[[nodiscard]] Profile profileOf(int index, quint64 seed, Behaviour behaviour);

/// What it announces: 32199 as with our own supervisor.yaml, 15559 as with the seed's.
[[nodiscard]] domain::Capabilities capabilitiesOf(Character character);
/// Attributes as a supervisor sends them.
[[nodiscard]] domain::AgentDescription descriptionOf(const Profile &profile);
/// False for a gateway built from a few components.
[[nodiscard]] bool isContrib(Character character);

} // namespace flowgate::fleetsim
