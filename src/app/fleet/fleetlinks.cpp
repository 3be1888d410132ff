// SPDX-License-Identifier: GPL-3.0-or-later
// How gateways reach us: which connection is whose, and what its end says.
#include "app/fleet/fleet.h"
#include "domain/standing.h"

namespace flowgate::app {

using domain::ConnectionEnd;
using domain::Gateway;
using domain::GatewayId;
using domain::PresenceState;

/// The gateway is reached by @p peer from now on. The newer connection replaces the older one (S16, X8): first bind,
/// then close, so that the late end of the old one finds nobody.
void Fleet::bind(Gateway &gateway, const domain::Peer &peer)
{
    const domain::WallTime now = m_clock.now();
    Session &session = m_sessions[gateway.id];
    const bool wasThere = gateway.presence.state == PresenceState::Connected;
    // Nobody looked for a while, and the connection has outlived that.
    const bool isSame = session.open && gateway.presence.state == PresenceState::NotObserved;
    if (session.connection != peer.connection || !(wasThere || isSame)) {
        const domain::ConnectionId old = session.connection;
        // A restart that waits for the next poll outlives a change of connection; what was sent does not.
        Session fresh;
        fresh.connection = peer.connection;
        fresh.restartPending = session.restartPending;
        fresh.again = session.again;
        session = std::move(fresh);
        gateway.startingSince = now;
        if (peer.connection != 0)
            m_onConnection[peer.connection].insert(gateway.id);
        if (old != 0 && old != peer.connection) {
            releaseConnection(old, gateway.id);
            m_identities.replaced(old, gateway.id, m_clock.awake());
            if (!m_onConnection.contains(old)) // other agents may share it (S15)
                m_port.close(old, QStringLiteral("replaced by a newer connection of the same instance_uid"));
        }
        m_sessions[gateway.id].connection = peer.connection;
    }
    m_sessions[gateway.id].peer = peer;
    m_sessions[gateway.id].open = true;
    if (!wasThere) {
        gateway.presence.state = PresenceState::Connected;
        gateway.presence.since = now;
        gateway.presence.why.clear();
    }
    gateway.presence.transport = peer.transport;
    gateway.presence.peer = peer.address;
}

void Fleet::releaseConnection(domain::ConnectionId connection, const GatewayId &id)
{
    if (const auto session = m_sessions.find(id); session != m_sessions.end() && session->connection == connection)
        *session = Session{};
    const auto found = m_onConnection.find(connection);
    if (found == m_onConnection.end())
        return;
    found->remove(id);
    if (found->isEmpty())
        m_onConnection.erase(found);
}

void Fleet::connectionClosed(domain::ConnectionId connection, const ConnectionEnd &end)
{
    notePause();
    m_identities.connectionClosed(connection);
    if (end.by == ConnectionEnd::By::Break && m_observing.onBreak)
        m_observing.onBreak();
    for (const GatewayId &id : m_onConnection.take(connection)) {
        if (const auto session = m_sessions.find(id); session != m_sessions.end() && session->connection == connection)
            *session = Session{};
        endConnection(id, end);
    }
}

void Fleet::endConnection(const GatewayId &id, const ConnectionEnd &end)
{
    const auto found = m_gateways.find(id);
    // Others said goodbye before, or the connection ended while nobody looked: they may be back any moment.
    if (found == m_gateways.end() || found->presence.state != PresenceState::Connected)
        return;
    const Gateway before = *found;
    const domain::WallTime now = m_clock.now();
    found->presence = domain::afterEnd(found->presence, end, m_observing.network);
    found->presence.since = now;
    if (end.by == ConnectionEnd::By::Break && found->presence.state == PresenceState::Lost)
        m_links.broke(id);
    domain::refreshStandings(*found, now);
    announce({&before, &*found, now, {}, {}, false, false, end});
}

void Fleet::heardAfterClose(domain::ConnectionId connection, const domain::AgentReport *report)
{
    m_identities.heardAfterClose(connection, report, m_clock.awake());
}

void Fleet::tellLink(const GatewayId &id, const std::optional<Links::Flapping> &flapping)
{
    const Gateway *gateway = flapping ? find(id) : nullptr;
    if (!gateway)
        return;
    for (FleetObserver *observer : m_observers)
        observer->linkFlaps(*gateway, *flapping);
}

void Fleet::stop()
{
    m_observing.isOver = true;
    loseSight(m_clock.now(), domain::notRunning(), [](const domain::Presence &) { return true; });
}

} // namespace flowgate::app
