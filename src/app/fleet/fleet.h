// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/configs/configbodies.h"
#include "app/fleet/agentport.h"
#include "app/fleet/connectionwishes.h"
#include "app/fleet/door.h"
#include "app/fleet/fleetobserver.h"
#include "app/fleet/fullstate.h"
#include "app/fleet/identities.h"
#include "app/fleet/links.h"
#include "app/fleet/observing.h"
#include "app/fleet/session.h"
#include "domain/clock.h"
#include "domain/liveness.h"
#include "domain/mergereport.h"
#include "endpoint/reporthandler.h"

#include <QHash>
#include <QSet>
#include <vector>

namespace flowgate::app {

/// All gateways, and the only place where they change. Answers their messages by the rules of the domain layer and
/// tells its observers of every transition.
/// @thread io
class Fleet final : public endpoint::ReportHandler
{
public:
    Fleet(const domain::Clock &clock, AgentPort &port, ConfigBodies &bodies);
    ~Fleet() override;

    /// Is told until when we looked, after each time in which nobody did: the machine slept, or this process stood
    /// still. By then every gateway that was there counts as not observed.
    void onPause(std::function<void(domain::WallTime)> listener) { m_observing.onPause = std::move(listener); }

    /// What the machine says of its sleep, see domain::PauseWatch. Each is a look, too.
    void fallAsleep();
    void wake();
    /// Whether this machine has no network now: whoever comes from elsewhere is not observed then (domain/reach).
    void setCutOff(bool isCutOff);
    [[nodiscard]] std::optional<domain::WallTime> cutOffSince() const { return m_observing.network.goneSince; }
    /// Is asked to look at the network before anything is made of a connection that broke.
    void onBreak(std::function<void()> look) { m_observing.onBreak = std::move(look); }
    /// Without one no connection settings are offered.
    void setConnectionWishes(ConnectionWishes *wishes) { m_wishes = wishes; }
    /// The wishes may differ now: tells those of these gateways to whom that matters.
    void offerConnectionAnew(const QList<domain::GatewayId> &ids);
    void setDoor(Door door) { m_door = std::move(door); }
    void setLiveness(const domain::LivenessLimits &limits) { m_observing.limits = limits; }
    void addObserver(FleetObserver *observer) { m_observers.push_back(observer); }
    /// Takes over what the database knew, before the first message. Nothing is announced.
    void restore(std::vector<domain::Gateway> gateways);
    void restoreComponents(QHash<domain::ComponentsHash, std::shared_ptr<const domain::AvailableComponents>> lists);

    // From the endpoint.
    [[nodiscard]] domain::ServerReply handle(const domain::Peer &peer, const domain::AgentReport &report) override;
    void connectionClosed(domain::ConnectionId connection, const domain::ConnectionEnd &end = {}) override;
    void heardAfterClose(domain::ConnectionId connection, const domain::AgentReport *report) override;
    void replyTooLarge(const domain::Peer &peer, const domain::GatewayId &gateway, qsizetype bytes) override;

    // To look at.
    [[nodiscard]] const domain::Gateway *find(const domain::GatewayId &id) const;
    [[nodiscard]] const QHash<domain::GatewayId, domain::Gateway> &gateways() const { return m_gateways; }
    [[nodiscard]] std::shared_ptr<const domain::AvailableComponents> componentsOf(const domain::Gateway &gateway) const;
    /// How the gateway reaches us; nothing while it does not.
    [[nodiscard]] std::optional<domain::Peer> peerOf(const domain::GatewayId &id) const;
    [[nodiscard]] quint64 messagesHandled() const { return m_messages; }

    // Acts. Each does nothing for an unknown id.
    /// Makes @p ref the desired version and offers it where it can be; with @p retry a failure there is forgotten. For
    /// @p patience an older hash that the gateway reports is no answer.
    void want(const domain::GatewayId &id, const domain::ConfigRef &ref, bool retry,
              domain::milliseconds patience = domain::offerIsUnderWay);
    /// Offers the wanted version once more, though the gateway says that it applied it. Nothing if @p ref is not
    /// wanted.
    void sendAgain(const domain::GatewayId &id, const domain::ConfigRef &ref);
    /// Nothing is wanted there any more: what was never sent is not sent.
    void wantNothing(const domain::GatewayId &id);
    void rememberProven(const domain::GatewayId &id, const domain::ConfigRef &ref);
    void rememberFailed(const domain::GatewayId &id, const domain::ConfigRef &ref, const QString &error);
    void rememberSilent(const domain::GatewayId &id, const domain::ConfigRef &ref, const QString &error);
    void setLabels(const domain::GatewayId &id, const domain::Labels &labels);
    void setContainment(const domain::GatewayId &id, const domain::Containment &containment);
    /// Sends the restart command, or keeps it for the next poll. False if the gateway cannot be reached (CM1, CM3).
    bool restart(const domain::GatewayId &id);
    void forget(const QList<domain::GatewayId> &ids);
    /// Approved: what waits goes out at once. Rejected: its connection is closed, unless others share it.
    void admit(const domain::GatewayId &id, domain::Admission admission, const domain::AdmissionGround &ground);
    /// One record goes on, as @p now. False unless both are known and @p before is not here.
    bool link(const domain::GatewayId &before, const domain::GatewayId &now);
    [[nodiscard]] const Identities &identities() const { return m_identities; }
    /// A body that offers waited for is there.
    void bodyArrived(const domain::ConfigHash &hash);
    /// Lets time do its work: silence, a start that never came. Call it each second.
    void tick();
    void stop(); ///< we end: from now on nobody is observed, and nothing that still comes counts
    /// Gateways whose last-seen or number moved since the last call, for the observer tick.
    [[nodiscard]] QSet<domain::GatewayId> takeSeen() { return std::exchange(m_seen, {}); }
private:
    using Answer = std::optional<domain::ServerReply>;
    void bind(domain::Gateway &gateway, const domain::Peer &peer);
    [[nodiscard]] Entry enter(const domain::Peer &peer, const domain::GatewayId &id) const;
    [[nodiscard]] domain::ErrorReply refuse(const domain::Peer &peer, const Entry &entry);
    void turnAwayIfRejected(const domain::Gateway &gateway);
    [[nodiscard]] Answer answerMoved(const domain::Peer &peer, const domain::AgentReport &report);
    [[nodiscard]] Answer answerClone(const domain::Peer &peer, const domain::AgentReport &report, bool isSure);
    void giveUid(const domain::Gateway &gateway, domain::ServerReply &reply);
    void move(const domain::GatewayId &before, domain::Gateway after, Succession how);
    void releaseConnection(domain::ConnectionId connection, const domain::GatewayId &id);
    void applyParts(domain::Gateway &, const domain::AgentReport &, const domain::MergeFacts &, FleetChange &);
    void judgeContainment(domain::Gateway &gateway, const domain::ConfigSet &effective);
    [[nodiscard]] domain::ServerReply reply(domain::Gateway &, const domain::Peer &, const domain::MergeFacts &);
    [[nodiscard]] std::optional<domain::RemoteConfigOffer> takeOffer(domain::Gateway &gateway, Session &session);
    void noteOffer(domain::Gateway &gateway, Session &session, const domain::Send &send);
    void pushOffer(domain::Gateway &gateway);
    [[nodiscard]] std::optional<domain::ConnectionOffer> takeConnectionOffer(domain::Gateway &, Session &);
    void pushConnectionOffer(domain::Gateway &gateway);
    /// Runs @p act on the gateway, derives its states anew and announces the change, if it is one.
    void change(const domain::GatewayId &id, const std::function<void(domain::Gateway &)> &act);
    void announce(const FleetChange &change);
    void moveWithClock(domain::milliseconds step);
    void notePause();
    void observedUntil(std::optional<domain::WallTime> until);
    /// From @p since on, whoever was there and of whom @p isMeant says so counts as not observed.
    void loseSight(domain::WallTime since, const QString &why, bool (*isMeant)(const domain::Presence &));
    void endConnection(const domain::GatewayId &id, const domain::ConnectionEnd &end);
    void tellLink(const domain::GatewayId &id, const std::optional<Links::Flapping> &flapping);
    [[nodiscard]] std::optional<domain::PresenceState> overdue(const domain::Gateway &, domain::WallTime now) const;

    const domain::Clock &m_clock;
    AgentPort &m_port;
    ConfigBodies &m_bodies;
    ConnectionWishes *m_wishes = nullptr;
    Door m_door; ///< without one everybody is approved
    Observing m_observing;
    Identities m_identities;
    Links m_links;
    std::vector<FleetObserver *> m_observers;
    QHash<domain::GatewayId, domain::Gateway> m_gateways;
    QHash<domain::GatewayId, Session> m_sessions;
    FullStateAsks m_fullState;
    QHash<domain::ConnectionId, QSet<domain::GatewayId>> m_onConnection;
    QHash<domain::ComponentsHash, std::shared_ptr<const domain::AvailableComponents>> m_components;
    QSet<domain::GatewayId> m_seen;
    quint64 m_messages = 0;
};

} // namespace flowgate::app
