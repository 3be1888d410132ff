// SPDX-License-Identifier: GPL-3.0-or-later
// Offers of own telemetry: what a gateway is told about where its metrics and logs go.
#include "app/fleet.h"

namespace flowgate::app {

using domain::Gateway;
using domain::GatewayId;

/// The connection settings that the rule wants now, noted as if they were sent. Looked at once a connection, and again
/// when something that decides it has changed.
std::optional<domain::ConnectionOffer> Fleet::takeConnectionOffer(Gateway &gateway, Session &session)
{
    if (!m_telemetryWish || std::exchange(session.telemetryDecided, true))
        return {};
    auto offer = domain::decideConnectionOffer(gateway, m_telemetryWish(gateway, session.peer), session.offered);
    if (!offer)
        return {};
    session.offered = offer->hash();
    gateway.offeredConnection = session.offered;
    gateway.startingSince = m_clock.now(); // it restarts its collector for them
    return offer;
}

void Fleet::pushConnectionOffer(Gateway &gateway)
{
    const auto found = m_sessions.find(gateway.id);
    if (found == m_sessions.end())
        return;
    found->telemetryDecided = false;
    // Over HTTP it goes with the next poll, as everything does.
    if (gateway.presence.state != domain::PresenceState::Connected || found->connection == 0)
        return;
    const domain::ConnectionHash before = found->offered;
    domain::NormalReply push;
    push.connection = takeConnectionOffer(gateway, *found);
    if (!push.connection)
        return;
    if (!std::exchange(found->capabilitiesSent, true))
        push.capabilities = domain::ourServerCapabilities;
    if (!m_port.send(found->connection, {gateway.wireUid, push})) {
        found->offered = before;
        found->telemetryDecided = false; // the next message of the gateway brings another chance
    }
}

void Fleet::setTelemetryWish(TelemetryWish wish)
{
    m_telemetryWish = std::move(wish);
}

void Fleet::offerTelemetryAnew()
{
    const QList<GatewayId> all = m_gateways.keys();
    for (const GatewayId &id : all)
        change(id, [this](Gateway &gateway) { pushConnectionOffer(gateway); });
}

} // namespace flowgate::app
