// SPDX-License-Identifier: GPL-3.0-or-later
// Whose uid is whose: new ones on request, two gateways with one, one gateway with two.
#include "app/fleet/fleet.h"
#include "domain/succession.h"

namespace flowgate::app {

using domain::Gateway;
using domain::GatewayId;

namespace {

constexpr int mostAnswersToClone = 5; ///< on one connection, until it is closed

} // namespace

/// A gateway that comes with the uid that it was given goes on where it was. What was still under way with the old uid
/// is answered and not looked at: its number will be missed (S8).
Fleet::Answer Fleet::answerMoved(const domain::Peer &peer, const domain::AgentReport &report)
{
    if (m_gateways.contains(report.id))
        return {};
    if (const auto old = m_identities.promisedTo(report.id); old && m_gateways.contains(*old)) {
        move(*old, domain::movedTo(m_gateways.value(*old), report.id, report.wireUid), Succession::NewUid);
        m_identities.kept(report.id, peer.connection, m_clock.awake());
    } else if (m_identities.successor(report.id, peer.connection, m_clock.awake())) {
        return domain::ServerReply{report.wireUid, domain::NormalReply{}};
    }
    return {};
}

/// Another gateway with the uid of one that is here gets a uid of its own, and nothing of what it says is taken for the
/// word of the other one (S17, X8). One that is the same comes by a link that may flap.
Fleet::Answer Fleet::answerClone(const domain::Peer &peer, const domain::AgentReport &report, bool isSure)
{
    const auto known = m_gateways.constFind(report.id);
    if (known == m_gateways.cend())
        return {};
    const auto session = m_sessions.constFind(report.id);
    const domain::ConnectionId held = session == m_sessions.cend() || !session->open ? 0 : session->connection;
    const bool sameWay = peer.connection != 0 && held == peer.connection;
    const bool isRetry = known->sequence == report.sequence && known->lastDigest == report.digest;
    std::optional<domain::CloneWatch::Heard> heard;
    if (!sameWay && !isRetry)
        heard = {peer.connection, report.sequence, known->sequence, peer.connection != 0 ? held : 0, m_clock.awake()};
    const qint64 unixMs = m_clock.now().time_since_epoch().count();
    const Identities::Clone *clone = m_identities.findClone(report, peer.connection, heard, isSure, unixMs);
    if (!clone) {
        const bool countsOn = known->sequence && report.sequence > *known->sequence;
        if (!sameWay && peer.connection != 0)
            tellLink(known->id, m_links.cameBack(known->id, held != 0, countsOn, m_clock.awake()));
        return {};
    }
    if (clone->isNew) {
        for (FleetObserver *observer : m_observers)
            observer->cloneFound(*known, clone->given, peer.address);
    }
    if (peer.connection != 0 && clone->answered > mostAnswersToClone)
        m_port.turnAway(peer.connection, QStringLiteral("this instance_uid belongs to another gateway"));
    domain::NormalReply reply;
    reply.newInstanceUid = clone->given.bytes();
    if (clone->isNew || peer.transport == domain::Transport::Http)
        reply.capabilities = domain::ourServerCapabilities;
    return domain::ServerReply{report.wireUid, reply};
}

/// In the usual reply only: one that could not be served asks again.
void Fleet::giveUid(const Gateway &gateway, domain::ServerReply &reply)
{
    auto *normal = std::get_if<domain::NormalReply>(&reply.body);
    if (normal && gateway.admission != domain::Admission::Rejected)
        normal->newInstanceUid = m_identities.promise(gateway.id, m_clock.now().time_since_epoch().count()).bytes();
}

/// The record of @p before is @p after from now on. Observers are told while both are there.
void Fleet::move(const GatewayId &before, Gateway after, Succession how)
{
    const GatewayId id = after.id;
    const Gateway &record = *m_gateways.insert(id, std::move(after));
    for (FleetObserver *observer : m_observers)
        observer->gatewayMoved(before, record, how);
    if (const auto session = m_sessions.constFind(before); session != m_sessions.cend()) {
        const Session moved = m_sessions.take(before);
        if (const auto on = m_onConnection.find(moved.connection); on != m_onConnection.end() && on->remove(before))
            on->insert(id);
        if (!m_sessions.contains(id))
            m_sessions.insert(id, moved);
        m_sessions[id].connectionDecided = false; // the mark of its telemetry is another one now
    }
    m_fullState.move(before, id);
    m_seen.remove(before);
    m_gateways.remove(before);
}

bool Fleet::link(const GatewayId &before, const GatewayId &now)
{
    const Gateway *old = find(before);
    if (!old || !find(now) || before == now || old->presence.state == domain::PresenceState::Connected)
        return false;
    const Gateway gone = *old;
    change(now, [&](Gateway &gateway) {
        gateway = domain::linked(std::move(gateway), gone);
        pushOffer(gateway);
        pushConnectionOffer(gateway); // a selector may read the labels
    });
    m_sessions.remove(before);
    m_identities.forget(before);
    move(before, m_gateways.value(now), Succession::Linked);
    return true;
}

} // namespace flowgate::app
