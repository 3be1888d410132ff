// SPDX-License-Identifier: GPL-3.0-or-later
// Who may get anything: what the door says of a connection, and what an operator says of a gateway.
#include "app/fleet/fleet.h"

namespace flowgate::app {

using domain::Admission;
using domain::Gateway;
using domain::GatewayId;

/// A WebSocket on which the gateway was heard before has been judged; over HTTP each message stands for itself.
Entry Fleet::enter(const domain::Peer &peer, const GatewayId &id) const
{
    const auto known = m_gateways.constFind(id);
    const auto session = m_sessions.constFind(id);
    const bool isJudged = known != m_gateways.constEnd() && session != m_sessions.constEnd() && session->open &&
                          peer.connection != 0 && session->connection == peer.connection;
    if (isJudged || (!m_door && known != m_gateways.constEnd()))
        return {
            .admission = known->admission, .token = known->presence.token, .onBootstrap = known->presence.onBootstrap};
    if (!m_door)
        return {};
    return m_door(peer, id);
}

/// Who only found no room stays, since the next message may find some (ER4).
domain::ErrorReply Fleet::refuse(const domain::Peer &peer, const Entry &entry)
{
    if (entry.retryAfter)
        return {domain::ReplyError::Unavailable, entry.refusal, entry.retryAfter};
    if (peer.connection != 0)
        m_port.turnAway(peer.connection, entry.refusal);
    return {domain::ReplyError::BadRequest, entry.refusal, {}};
}

void Fleet::turnAwayIfRejected(const Gateway &gateway)
{
    const domain::ConnectionId connection = m_sessions.value(gateway.id).connection;
    if (gateway.admission != Admission::Rejected || connection == 0)
        return;
    if (m_onConnection.value(connection) == QSet<GatewayId>{gateway.id}) // others may share it (S15)
        m_port.turnAway(connection, QStringLiteral("this gateway was rejected by the operator"));
}

void Fleet::admit(const GatewayId &id, Admission admission, const domain::AdmissionGround &ground)
{
    change(id, [&](Gateway &gateway) {
        gateway.admission = admission;
        gateway.admitted = ground;
        if (admission == Admission::Approved) {
            pushOffer(gateway);
            pushConnectionOffer(gateway);
        }
        turnAwayIfRejected(gateway);
    });
}

} // namespace flowgate::app
