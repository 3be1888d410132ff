// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/fleet.h"

#include "app/configs/containment.h"
#include "domain/decideoffer.h"
#include "domain/fullstate.h"
#include "domain/standing.h"

namespace flowgate::app {

using domain::Gateway;
using domain::GatewayId;
using domain::OfferOutcome;
using domain::PresenceState;

namespace {

constexpr domain::milliseconds afterStop{30'000}; ///< when a gateway may try again that came while we were stopping

} // namespace

Fleet::Fleet(const domain::Clock &clock, AgentPort &port, ConfigBodies &bodies)
    : m_clock(clock)
    , m_port(port)
    , m_bodies(bodies)
    , m_observing(clock)
{
}

Fleet::~Fleet() = default;

void Fleet::restore(std::vector<Gateway> gateways)
{
    for (Gateway &gateway : gateways) {
        const GatewayId id = gateway.id;
        m_gateways.insert(id, std::move(gateway));
    }
}

void Fleet::restoreComponents(QHash<domain::ComponentsHash, std::shared_ptr<const domain::AvailableComponents>> lists)
{
    m_components = std::move(lists);
}

const Gateway *Fleet::find(const GatewayId &id) const
{
    const auto found = m_gateways.constFind(id);
    return found == m_gateways.constEnd() ? nullptr : &*found;
}

std::optional<domain::Peer> Fleet::peerOf(const GatewayId &id) const
{
    const auto session = m_sessions.constFind(id);
    const Gateway *gateway = find(id);
    const bool isThere = gateway && gateway->presence.state == PresenceState::Connected;
    return isThere && session != m_sessions.constEnd() ? std::optional(session->peer) : std::nullopt;
}

std::shared_ptr<const domain::AvailableComponents> Fleet::componentsOf(const Gateway &gateway) const
{
    return gateway.components ? m_components.value(*gateway.components) : nullptr;
}

void Fleet::announce(const FleetChange &change)
{
    for (FleetObserver *observer : m_observers)
        observer->gatewayChanged(change);
}

void Fleet::change(const GatewayId &id, const std::function<void(Gateway &)> &act)
{
    const auto found = m_gateways.find(id);
    if (found == m_gateways.end())
        return;
    const Gateway before = *found;
    act(*found);
    domain::refreshStandings(*found, m_clock.now());
    if (*found != before)
        announce({&before, &*found, m_clock.now(), {}, {}, false, false});
}

domain::ServerReply Fleet::handle(const domain::Peer &peer, const domain::AgentReport &report)
{
    notePause();
    ++m_messages;
    if (m_observing.isOver) // its next message finds us again, or the number that is missed then tells (S8)
        return {report.wireUid, domain::ErrorReply{domain::ReplyError::Unavailable,
                                                   QStringLiteral("the server is shutting down"), afterStop}};
    const domain::WallTime now = m_clock.now();
    const Entry entry = enter(peer, report.id);
    if (!entry.refusal.isEmpty())
        return {report.wireUid, refuse(peer, entry)};
    if (auto answer = answerMoved(peer, report))
        return *answer;
    if (auto answer = answerClone(peer, report, entry.isClone))
        return *answer;
    const auto known = m_gateways.constFind(report.id);
    const bool isNew = known == m_gateways.constEnd();
    const Gateway before = isNew ? Gateway{} : *known;
    Gateway blank;
    blank.id = report.id;
    domain::Merged merged = domain::mergeReport(isNew ? std::move(blank) : before, report, now);
    Gateway &gateway = *m_gateways.insert(report.id, std::move(merged.gateway));
    gateway.admission = entry.admission;
    gateway.presence.token = entry.token;
    gateway.presence.onBootstrap = entry.onBootstrap;
    if (entry.ground)
        gateway.admitted = entry.ground;
    m_seen.insert(report.id);

    FleetChange step{isNew ? nullptr : &before, &gateway, now, {}, {}, merged.facts.restarted, false};
    step.restartIsOurs = step.restarted && gateway.expectedRestarts.take(now);
    bind(gateway, peer);
    if (!merged.facts.retry)
        applyParts(gateway, report, merged.facts, step);
    if (report.disconnect) {
        gateway.presence.state = PresenceState::Left;
        gateway.presence.since = before.presence.state == PresenceState::Left ? before.presence.since : now;
        gateway.presence.why.clear();
    }
    domain::refreshStandings(gateway, now);
    domain::ServerReply answer = reply(gateway, peer, merged.facts);
    if ((report.flags & domain::requestsInstanceUid) != 0)
        giveUid(gateway, answer);
    turnAwayIfRejected(gateway);
    if (report.disconnect)
        releaseConnection(peer.connection, report.id);

    const bool moved = gateway.presence.state != before.presence.state ||
                       gateway.presence.peer != before.presence.peer || gateway.presence.token != before.presence.token;
    if (isNew || moved || merged.facts.anything() || gateway.health != before.health ||
        gateway.config != before.config || gateway.wanted != before.wanted || gateway.admission != before.admission)
        announce(step);
    return answer;
}

void Fleet::applyParts(Gateway &gateway, const domain::AgentReport &report, const domain::MergeFacts &facts,
                       FleetChange &step)
{
    if (facts.restarted)
        gateway.startingSince = step.at;
    if (facts.effectiveReported) {
        step.effective = std::make_shared<const domain::ConfigSet>(*report.effectiveConfig);
        judgeContainment(gateway, *step.effective);
    }
    if (report.availableComponents && !report.availableComponents->isHashOnly() &&
        !report.availableComponents->hash.isEmpty() && !m_components.contains(report.availableComponents->hash)) {
        step.components = std::make_shared<const domain::AvailableComponents>(*report.availableComponents);
        m_components.insert(step.components->hash, step.components);
    }
}

void Fleet::judgeContainment(Gateway &gateway, const domain::ConfigSet &effective)
{
    if (!gateway.wanted || domain::isContainmentCurrent(gateway))
        return;
    // What takes longer is compared behind this report, by whoever watches for answers that are missing.
    if (const auto wanted = m_bodies.get(gateway.wanted->hash); wanted && !isLongToCompare(*wanted, effective))
        gateway.containment = compare(gateway.wanted->hash, *wanted, gateway.effective->value.hash, effective,
                                      !gateway.offeredConnection.isEmpty());
}

domain::ServerReply Fleet::reply(Gateway &gateway, const domain::Peer &peer, const domain::MergeFacts &facts)
{
    Session &session = m_sessions[gateway.id];
    if (facts.askFullState || domain::isFullStateMissing(gateway))
        m_fullState.owe(gateway.id);
    else if (facts.visiblyFull)
        m_fullState.settle(gateway.id);
    // A command goes alone: whatever else is due waits for the next message (CM2).
    if (std::exchange(session.restartPending, false) && domain::isServed(gateway))
        return {gateway.wireUid, domain::RestartCommand{}};

    domain::NormalReply normal;
    normal.askFullState = m_fullState.take(gateway.id, m_clock.awake());
    if (gateway.components && gateway.capabilities.has(domain::Capability::ReportsAvailableComponents) &&
        !m_components.contains(*gateway.components) && !session.askedComponents.contains(*gateway.components)) {
        session.askedComponents.insert(*gateway.components);
        normal.askAvailableComponents = true;
    }
    if (peer.transport == domain::Transport::Http || !std::exchange(session.capabilitiesSent, true))
        normal.capabilities = domain::ourServerCapabilities;
    if (gateway.presence.state == PresenceState::Connected) {
        normal.remoteConfig = takeOffer(gateway, session);
        if (m_wishes && !facts.retry)
            m_wishes->heard(gateway, peer, facts.numberedAnew);
        if (facts.capabilitiesChanged || facts.descriptionChanged || facts.numberedAnew)
            session.connectionDecided = false;
        normal.connection = takeConnectionOffer(gateway, session);
    }
    return {gateway.wireUid, normal};
}

/// The offer that the rule wants now, with everything noted as if it were sent.
std::optional<domain::RemoteConfigOffer> Fleet::takeOffer(Gateway &gateway, Session &session)
{
    const bool sent = gateway.wanted && session.sent.contains(gateway.wanted->hash);
    const bool again = gateway.wanted && session.again == gateway.wanted->hash;
    const domain::WallTime now = m_clock.now();
    const domain::OfferDecision decision = domain::decideOffer(gateway, {sent, again, now, session.patience});
    const auto *hold = std::get_if<domain::Hold>(&decision);
    gateway.repeats.isExhausted = hold && *hold == domain::Hold::KeepsReportingAnother;
    domain::refreshStandings(gateway, now);
    if (hold)
        return {};
    const auto &send = std::get<domain::Send>(decision);
    const auto body = m_bodies.get(send.hash);
    if (!body || body->isEmpty()) // being fetched; an empty map would stop the collector (RC7)
        return {};
    noteOffer(gateway, session, send);
    return domain::RemoteConfigOffer{send.hash, std::make_shared<const domain::ConfigSet>(domain::wireForm(*body))};
}

void Fleet::noteOffer(Gateway &gateway, Session &session, const domain::Send &send)
{
    const domain::WallTime now = m_clock.now();
    session.sent.insert(send.hash);
    session.again = {};
    if (send.isRepeat)
        domain::noteRepeat(gateway.repeats, send.hash, now);
    OfferOutcome &outcome = gateway.outcomes[send.hash];
    const bool isReported = gateway.remoteConfig && gateway.remoteConfig->value.hash == send.hash;
    const bool isKnown =
        outcome.state == OfferOutcome::State::Applied || outcome.state == OfferOutcome::State::Applying;
    if (!isReported || !isKnown)
        outcome = {OfferOutcome::State::Sent, now, now, {}};
    outcome.sentAt = now;
    gateway.startingSince = now;
    gateway.expectedRestarts.expect(now);
    domain::refreshStandings(gateway, now);
}

void Fleet::pushOffer(Gateway &gateway)
{
    if (gateway.presence.state != PresenceState::Connected)
        return;
    Session &session = m_sessions[gateway.id];
    if (session.connection == 0) // HTTP: it goes with the next poll (T38)
        return;
    const Gateway before = gateway;
    auto offer = takeOffer(gateway, session);
    if (!offer)
        return;
    domain::NormalReply push;
    push.remoteConfig = std::move(offer);
    if (!std::exchange(session.capabilitiesSent, true))
        push.capabilities = domain::ourServerCapabilities;
    if (m_port.send(session.connection, {gateway.wireUid, push}))
        return;
    session.sent.remove(gateway.wanted->hash); // the next message of the gateway brings another chance
    gateway = before;                          // nothing was offered
}

void Fleet::replyTooLarge(const domain::Peer &, const GatewayId &id, qsizetype bytes)
{
    change(id, [&](Gateway &gateway) {
        if (!gateway.wanted)
            return;
        OfferOutcome &outcome = gateway.outcomes[gateway.wanted->hash];
        outcome.state = OfferOutcome::State::Failed;
        outcome.at = m_clock.now();
        outcome.error = QStringLiteral("not sent: %1 bytes are over the message limit").arg(bytes);
    });
    if (const Gateway *gateway = find(id)) {
        for (FleetObserver *observer : m_observers)
            observer->offerTooLarge(*gateway, bytes);
    }
}

void Fleet::setLabels(const GatewayId &id, const domain::Labels &labels)
{
    change(id, [&](Gateway &gateway) {
        gateway.labels = labels;
        pushConnectionOffer(gateway); // a selector may read them
    });
}

void Fleet::setContainment(const GatewayId &id, const domain::Containment &containment)
{
    change(id, [&](Gateway &gateway) { gateway.containment = containment; });
}

bool Fleet::restart(const GatewayId &id)
{
    const auto found = m_gateways.find(id);
    if (found == m_gateways.end() || found->presence.state != PresenceState::Connected || !domain::isServed(*found) ||
        !found->capabilities.has(domain::Capability::AcceptsRestartCommand))
        return false;
    Session &session = m_sessions[id];
    if (session.connection == 0)
        session.restartPending = true;
    else if (!m_port.send(session.connection, {found->wireUid, domain::RestartCommand{}}))
        return false;
    change(id, [&](Gateway &gateway) {
        gateway.startingSince = m_clock.now();
        gateway.expectedRestarts.expect(m_clock.now());
    });
    return true;
}

void Fleet::bodyArrived(const domain::ConfigHash &hash)
{
    QList<GatewayId> waiting;
    for (const Gateway &gateway : std::as_const(m_gateways)) {
        if (gateway.wanted && gateway.wanted->hash == hash)
            waiting.append(gateway.id);
    }
    for (const GatewayId &id : waiting)
        change(id, [&](Gateway &gateway) { pushOffer(gateway); });
}

/// A step of the wall clock is no silence and no slow start.
void Fleet::moveWithClock(domain::milliseconds step)
{
    m_observing.since = m_clock.now();
    m_observing.network.back = std::min(m_observing.network.back, m_observing.since);
    for (Gateway &gateway : m_gateways) {
        if (gateway.health.state == domain::HealthState::Starting)
            gateway.startingSince += step;
    }
}

void Fleet::tick()
{
    notePause();
    if (const domain::milliseconds step = m_observing.steps.takeStep(); step.count() != 0)
        moveWithClock(step);
    m_identities.tick(m_clock.awake());
    for (const auto &[id, calm] : m_links.takeCalm(m_clock.awake()))
        tellLink(id, calm);
    const domain::WallTime now = m_clock.now();
    QList<GatewayId> due;
    for (const Gateway &gateway : std::as_const(m_gateways)) {
        const bool startExpires = gateway.health.state == domain::HealthState::Starting &&
                                  now - gateway.startingSince >= domain::startingIsBelieved;
        if (startExpires || overdue(gateway, now))
            due.append(gateway.id);
    }
    for (const GatewayId &id : due) {
        change(id, [&](Gateway &gateway) {
            const auto state = overdue(gateway, now);
            if (!state)
                return;
            gateway.presence.state = *state;
            gateway.presence.since = now;
            gateway.presence.why.clear();
            m_sessions.remove(id); // over HTTP a silence ends what counts as one connection (RC4)
        });
    }
}

} // namespace flowgate::app
