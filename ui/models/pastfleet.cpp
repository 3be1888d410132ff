// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/pastfleet.h"

namespace flowgate::models {

namespace {

/// A fact that was not known then.
template<typename State>
domain::Standing<State> orUnknown(const std::optional<domain::Standing<State>> &known, State unknown)
{
    return known ? *known : domain::Standing<State>{unknown, {}, {}};
}

domain::Gateway gatewayAt(const domain::Gateway &today, const domain::PastStates &states)
{
    domain::Gateway then;
    then.id = today.id;
    then.wireUid = today.wireUid;
    then.firstSeen = today.firstSeen;
    then.labels = today.labels;
    then.description = today.description;
    then.capabilities = today.capabilities;
    const auto presence = orUnknown(states.presence, domain::PresenceState::NotObserved);
    then.presence.state = presence.state;
    then.presence.since = presence.since;
    then.presence.why = presence.why;
    then.health = orUnknown(states.health, domain::HealthState::NotObserved);
    then.config = orUnknown(states.config, domain::ConfigState::Unmanaged);
    return then;
}

} // namespace

app::FleetDelta pastDelta(const domain::FleetMoment &moment, const GatewayModel &today, const GatewayModel &shown)
{
    app::FleetDelta delta;
    for (const GatewayRow &row : today.rows()) {
        const auto states = moment.gateways.constFind(row.gateway->id);
        if (states != moment.gateways.cend())
            delta.changed.push_back(std::make_shared<const domain::Gateway>(gatewayAt(*row.gateway, *states)));
    }
    for (const GatewayRow &row : shown.rows()) {
        const domain::GatewayId &id = row.gateway->id;
        if (!moment.gateways.contains(id) || !today.find(id))
            delta.forgotten.push_back(id);
    }
    return delta;
}

} // namespace flowgate::models
