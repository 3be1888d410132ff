// SPDX-License-Identifier: GPL-3.0-or-later
// Who is let in: credentials before anything is served, and what becomes of connections whose token ended.
#include "app/core.h"

namespace flowgate::app {

namespace {

constexpr quint16 policyViolation = 1008;

} // namespace

void Core::guardDoors(const Options &options)
{
    m_gatekeeper.setRequirement(options.requireToken);
    m_gatekeeper.setPublicUrl(options.publicUrl.has_value());
    m_endpoint->setAdmission(
        [this](const net::RequestHead &head, const net::PeerAddress &peer) { return m_gatekeeper.admit(head, peer); });
    m_fleet.setDoor(
        [this](const domain::Peer &peer, const domain::GatewayId &id) { return m_gatekeeper.enter(peer, id); });
    m_tokens.onEnded([this](const domain::TokenHash &hash, const QString &why) {
        const auto broughtIt = [&hash](const domain::Peer &peer) {
            const QByteArrayView text = domain::bearerText(peer.authorization);
            return !text.isEmpty() && domain::equalInConstantTime(domain::tokenHash(text).bytes(), hash.bytes());
        };
        m_endpoint->closeConnections(broughtIt, policyViolation, why);
    });
}

void Core::turnAway(domain::ConnectionId connection, const QString &reason)
{
    const auto close = [this, connection, reason] {
        if (m_endpoint)
            m_endpoint->closeConnection(connection, policyViolation, reason);
    };
    QMetaObject::invokeMethod(this, close, Qt::QueuedConnection); // its message is to be answered first (S2)
}

} // namespace flowgate::app
