// SPDX-License-Identifier: GPL-3.0-or-later
// Offers of connection settings: where a gateway's metrics and logs go, and how it is to reach us.
#include "app/fleet/fleet.h"
#include "domain/fullstate.h"

namespace flowgate::app {

using domain::Gateway;
using domain::GatewayId;

/// The connection settings that the rule wants now, noted as if they were sent. Looked at once a connection, and again
/// when something that decides it has changed.
std::optional<domain::ConnectionOffer> Fleet::takeConnectionOffer(Gateway &gateway, Session &session)
{
    if (!m_wishes || domain::isStale(gateway) || domain::isFirstReportAwaited(gateway, m_clock.now()))
        return {}; // looked at again with the next message
    if (std::exchange(session.connectionDecided, true))
        return {};
    auto offer = domain::decideConnectionOffer(gateway, m_wishes->wishFor(gateway, session.peer), session.offered);
    if (!offer)
        return {};
    session.offered = offer->hash();
    gateway.offeredConnection = session.offered;
    gateway.startingSince = m_clock.now(); // it restarts its collector for them
    gateway.expectedRestarts.expect(m_clock.now());
    if (offer->opamp && session.peer.transport == domain::Transport::Http)
        gateway.polls.agree(offer->opamp->heartbeat);
    gateway.comesBack = gateway.comesBack || offer->opamp;
    m_wishes->offered(gateway, session.peer, *offer);
    return offer;
}

void Fleet::pushConnectionOffer(Gateway &gateway)
{
    const auto found = m_sessions.find(gateway.id);
    if (found == m_sessions.end())
        return;
    found->connectionDecided = false;
    // Over HTTP it goes with the next poll, as everything does.
    if (gateway.presence.state != domain::PresenceState::Connected || found->connection == 0)
        return;
    const domain::ConnectionHash before = found->offered;
    const domain::ConnectionHash ever = gateway.offeredConnection;
    domain::NormalReply push;
    push.connection = takeConnectionOffer(gateway, *found);
    if (!push.connection)
        return;
    if (!std::exchange(found->capabilitiesSent, true))
        push.capabilities = domain::ourServerCapabilities;
    if (!m_port.send(found->connection, {gateway.wireUid, push})) {
        found->offered = before;
        gateway.offeredConnection = ever;
        found->connectionDecided = false; // the next message of the gateway brings another chance
        m_wishes->notOffered(gateway);
    }
}

void Fleet::offerConnectionAnew(const QList<GatewayId> &ids)
{
    for (const GatewayId &id : ids)
        change(id, [this](Gateway &gateway) { pushConnectionOffer(gateway); });
}

} // namespace flowgate::app
