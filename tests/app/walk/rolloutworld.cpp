// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/walk/rolloutworld.h"

#include "app/configs/containment.h"
#include "domain/standing.h"

namespace flowgate::tests {

using namespace domain;
using namespace std::chrono_literals;

/// Keeps the effective configs that were reported, and judges them again when another version is desired: in the
/// product the database and ContainmentJudge do that.
class RolloutWorld::Effectives final : public app::FleetObserver
{
public:
    Effectives(app::Fleet &fleet, app::ConfigBodies &desired)
        : m_fleet(fleet)
        , m_desired(desired)
    {
    }

    void gatewayChanged(const app::FleetChange &change) override
    {
        if (change.effective)
            bodies[change.after->effective->value.hash] = change.effective;
        m_changed.insert(change.after->id);
    }

    void judge()
    {
        for (const GatewayId &id : std::exchange(m_changed, {})) {
            const Gateway *gateway = m_fleet.find(id);
            if (!gateway || !gateway->wanted || !gateway->effective || isContainmentCurrent(*gateway))
                continue;
            const auto wanted = m_desired.get(gateway->wanted->hash);
            const auto effective = bodies.value(gateway->effective->value.hash);
            if (wanted && effective)
                m_fleet.setContainment(id, app::compare(gateway->wanted->hash, *wanted, gateway->effective->value.hash,
                                                        *effective, false));
        }
    }

    QHash<ConfigHash, std::shared_ptr<const ConfigSet>> bodies;

private:
    app::Fleet &m_fleet;
    app::ConfigBodies &m_desired;
    QSet<GatewayId> m_changed;
};

RolloutWorld::RolloutWorld(quint32 seed)
    : m_dice(seed)
{
    QHashSeed::setDeterministicGlobalSeed(); // one seed, one walk
    for (int version = 1; version <= 3; ++version) {
        const ConfigSet body =
            FleetRig::config(QStringLiteral("exporters: {debug: {sampling_initial: %1}}\nservice: {pipelines: {}}\n")
                                 .arg(version)
                                 .toUtf8());
        const ConfigHash hash = canonicalHash(body);
        m_stored[hash.bytes()] = std::make_shared<const ConfigSet>(body);
        m_versions.push_back({QStringLiteral("walk"), version, hash});
    }
    for (int i = 0; i <= below(3); ++i) {
        Agent agent;
        agent.name = static_cast<char>('a' + i);
        agent.answersAsks = !oneIn(4);
        m_agents.push_back(std::move(agent));
    }
    begin({});
}

RolloutWorld::~RolloutWorld() = default;

void RolloutWorld::begin(const Kept &kept)
{
    m_bodies = std::make_unique<app::ConfigBodies>(
        [this](const ConfigHash &hash, const std::function<void(app::ConfigBodies::Body)> &then) {
            const auto found = m_stored.find(hash.bytes());
            then(found == m_stored.end() ? nullptr : found->second);
        });
    const auto effectives = m_effectives ? m_effectives->bodies : decltype(m_effectives->bodies){};
    m_fleet = std::make_unique<app::Fleet>(m_clock, m_port, *m_bodies);
    m_effectives = std::make_unique<Effectives>(*m_fleet, *m_bodies);
    m_effectives->bodies = effectives;
    m_fleet->addObserver(m_effectives.get());
    m_events = std::make_unique<app::EventLog>(m_clock, [](const Event &) {});
    m_driver =
        std::make_unique<app::RolloutDriver>(m_clock, *m_fleet, *m_events,
                                             [this](const Rollout &rollout, app::RolloutDriver::Keep keep,
                                                    const std::function<void(const store::Outcome<void> &)> &done) {
                                                 m_pending.rollouts.insert_or_assign(rollout.id, rollout);
                                                 m_pending.gateways = m_fleet->gateways();
                                                 if (keep != app::RolloutDriver::Keep::Soon)
                                                     commit();
                                                 if (done)
                                                     done({});
                                             });
    m_fleet->addObserver(m_driver.get());
    std::vector<Gateway> gateways;
    for (Gateway gateway : kept.gateways) {
        if (gateway.presence.state == PresenceState::Connected || gateway.presence.state == PresenceState::Silent)
            gateway.presence.state = PresenceState::NotObserved;
        gateway.lastDigest.clear();
        gateway.repeats = {};
        gateway.expectedRestarts = {};
        gateways.push_back(std::move(gateway));
    }
    m_fleet->restore(std::move(gateways));
    std::vector<Rollout> rollouts;
    for (const auto &[id, rollout] : kept.rollouts)
        rollouts.push_back(rollout);
    m_driver->restore(std::move(rollouts));
    m_seen = m_driver->rollouts();
    m_pending = m_committed = kept;
}

void RolloutWorld::commit()
{
    m_pending.gateways = m_fleet->gateways();
    m_pending.logs.clear();
    for (const Agent &agent : m_agents)
        m_pending.logs.insert_or_assign(agent.name, agent.log);
    m_committed = m_pending;
}

void RolloutWorld::stop(bool cleanly)
{
    note(cleanly ? QStringLiteral("stopped") : QStringLiteral("killed"));
    if (cleanly) {
        m_driver->takeTurns(); // as Core::drain()
        commit();
    }
    const Kept kept = m_committed;
    m_driver.reset();
    m_events.reset();
    m_fleet.reset();
    m_clock.advance(std::chrono::seconds(1 + below(500)));
    for (Agent &agent : m_agents) {
        agent.connection = 0;
        agent.isAsked = false;
        // What was not on disk was never heard.
        const auto log = kept.logs.find(agent.name);
        agent.log = log == kept.logs.end() ? AgentLog() : log->second;
        agent.log.notObservedUntil(m_clock.now());
    }
    begin(kept);
}

AgentReport RolloutWorld::next(const Agent &agent) const
{
    AgentReport report;
    report.id = FleetRig::id(agent.name);
    report.wireUid = report.id.bytes();
    report.capabilities = Capabilities(FleetRig::supervisor);
    return report;
}

void RolloutWorld::send(Agent &agent, AgentReport report, bool isNumbered)
{
    if (agent.connection == 0)
        return;
    if (isNumbered) {
        report.sequence = agent.sequence++;
        report.digest = QByteArray::number(report.sequence) + agent.name + QByteArray::number(m_dice.generate());
    }
    const Gateway *known = m_fleet->find(report.id);
    const bool isRetry = known && known->sequence == report.sequence && known->lastDigest == report.digest;
    const bool isGap = !known || !known->sequence || report.sequence != *known->sequence + 1;
    if (report.description)
        agent.state.description = report.description;
    if (report.health)
        agent.state.health = report.health;
    if (report.effectiveConfig)
        agent.state.effectiveConfig = report.effectiveConfig;
    if (report.remoteConfigStatus)
        agent.state.remoteConfigStatus = report.remoteConfigStatus;
    QStringList said;
    if (report.remoteConfigStatus)
        said.append(QStringLiteral("status %1 of %2")
                        .arg(static_cast<int>(report.remoteConfigStatus->status))
                        .arg(name(report.remoteConfigStatus->hash)));
    if (report.effectiveConfig)
        said.append(QStringLiteral("effective ") + name(agent.runs));
    if (report.health)
        said.append(QStringLiteral("%1 '%2' start %3")
                        .arg(report.health->healthy ? QStringLiteral("healthy") : QStringLiteral("not healthy"),
                             report.health->lastError)
                        .arg(report.health->startTimeUnixNano % 100'000));
    note(QStringLiteral("%1 sends %2%3%4 %5")
             .arg(QLatin1Char(agent.name))
             .arg(report.sequence)
             .arg(isGap ? QStringLiteral(" after a gap") : QString(), isRetry ? QStringLiteral(" again") : QString(),
                  said.join(QStringLiteral(", "))));
    if (!isRetry)
        agent.log.heard(report, report.effectiveConfig ? agent.runs : ConfigHash(), isGap, m_clock.now());
    takeOffers(agent, m_fleet->handle(FleetRig::ws(agent.connection), report));
    takePushes();
}

void RolloutWorld::takeOffers(Agent &agent, const ServerReply &reply)
{
    const auto *normal = std::get_if<NormalReply>(&reply.body);
    if (!normal)
        return;
    agent.isAsked = agent.isAsked || normal->askFullState;
    if (!normal->remoteConfig)
        return;
    note(QStringLiteral("%1 is offered %2").arg(QLatin1Char(agent.name)).arg(name(normal->remoteConfig->hash)));
    agent.offers.push_back({m_clock.now(), normal->remoteConfig->hash});
    agent.log.sent(m_clock.now());
    checkOffer(agent);
}

void RolloutWorld::takePushes()
{
    for (const FakePort::Sent &sent : std::exchange(m_port.sent, {})) {
        for (Agent &agent : m_agents) {
            if (agent.connection == sent.connection)
                takeOffers(agent, sent.reply);
        }
    }
}

void RolloutWorld::connect(Agent &agent)
{
    if (agent.connection != 0)
        return;
    note(QStringLiteral("%1 connects").arg(QLatin1Char(agent.name)));
    agent.connection = m_nextConnection++;
    agent.log.connected(m_clock.now());
    if (!agent.state.description || oneIn(2))
        reportAll(agent);
    else
        send(agent, next(agent));
}

void RolloutWorld::disconnect(Agent &agent, bool saysGoodbye)
{
    if (agent.connection == 0)
        return;
    if (saysGoodbye) {
        AgentReport goodbye = next(agent);
        goodbye.disconnect = true;
        send(agent, goodbye);
    }
    note(QStringLiteral("%1 disconnects").arg(QLatin1Char(agent.name)));
    agent.log.disconnected();
    m_fleet->connectionClosed(std::exchange(agent.connection, 0), {});
}

void RolloutWorld::reportAll(Agent &agent)
{
    AgentReport report = next(agent);
    report.description = AgentDescription{{{QStringLiteral("service.name"), {QStringLiteral("otelcol")}}},
                                          {{QStringLiteral("host.name"), {QString(QLatin1Char(agent.name))}}}};
    if (!agent.state.remoteConfigStatus) {
        agent.state.remoteConfigStatus = RemoteConfigStatus{};
        agent.runs = m_versions[0].hash;
        agent.state.effectiveConfig = *m_stored.at(agent.runs.bytes());
        agent.state.health = ComponentHealth{};
        agent.state.health->healthy = true;
        agent.state.health->startTimeUnixNano = m_nextStart++;
    }
    report.remoteConfigStatus = agent.state.remoteConfigStatus;
    report.effectiveConfig = agent.state.effectiveConfig;
    report.health = agent.state.health;
    agent.isAsked = false;
    send(agent, report);
}

/// What an honest supervisor does with a config.
void RolloutWorld::apply(Agent &agent, ConfigHash hash)
{
    if (hash.isEmpty() || !m_stored.contains(hash.bytes()))
        return;
    AgentReport report = next(agent);
    agent.runs = hash;
    report.effectiveConfig = *m_stored.at(hash.bytes());
    report.health = ComponentHealth{};
    report.health->healthy = true;
    report.health->startTimeUnixNano = m_nextStart++;
    send(agent, report);
    if (oneIn(3))
        turns();
    report = next(agent);
    report.remoteConfigStatus = RemoteConfigStatus{hash, ApplyStatus::Applied, {}};
    send(agent, report);
}

void RolloutWorld::reportSomething(Agent &agent)
{
    AgentReport report = next(agent);
    if (oneIn(3)) {
        const ApplyStatus status = static_cast<ApplyStatus>(below(4));
        report.remoteConfigStatus =
            RemoteConfigStatus{m_versions[size_t(below(3))].hash, status,
                               status == ApplyStatus::Failed ? QStringLiteral("bad") : QString()};
    }
    if (oneIn(3)) {
        agent.runs = m_versions[size_t(below(3))].hash;
        report.effectiveConfig = *m_stored.at(agent.runs.bytes());
    }
    if (!oneIn(3)) {
        ComponentHealth health;
        const int kind = below(6);
        health.healthy = kind != 0 && kind != 1;
        health.lastError = kind == 0 ? QStringLiteral("sick") : QString();
        health.status = kind == 1 ? QStringLiteral("StatusStarting") : QString();
        health.startTimeUnixNano = kind == 2            ? 0
                                   : kind == 3          ? m_nextStart++
                                   : agent.state.health ? agent.state.health->startTimeUnixNano
                                                        : 0;
        report.health = health;
    }
    send(agent, report);
}

void RolloutWorld::act(Agent &agent)
{
    if (agent.connection == 0) {
        if (oneIn(2))
            connect(agent);
        return;
    }
    if (agent.isAsked && agent.answersAsks && !oneIn(4))
        return reportAll(agent);
    switch (below(14)) {
    case 0:
    case 1:
    case 2:
    case 3:
        return agent.offers.empty() ? send(agent, next(agent)) : apply(agent, agent.offers.back().hash);
    case 4:
    case 5:
        return reportSomething(agent);
    case 6: // and the good news in the same read
        reportSomething(agent);
        return agent.offers.empty() ? send(agent, next(agent)) : apply(agent, agent.offers.back().hash);
    case 7:
        agent.sequence += quint64(1 + below(3)); // messages were lost
        return oneIn(2) ? send(agent, next(agent)) : reportSomething(agent);
    case 8:
        return disconnect(agent, oneIn(3));
    case 9: { // back within one read
        disconnect(agent, false);
        return connect(agent);
    }
    case 10:
        return reportAll(agent);
    case 11: { // sent twice (S18)
        AgentReport report = next(agent);
        report.sequence = agent.sequence++;
        report.digest = "twice" + QByteArray::number(report.sequence);
        send(agent, report, false);
        return send(agent, report, false);
    }
    default:
        return send(agent, next(agent));
    }
}

void RolloutWorld::startRollout()
{
    Rollout rollout;
    rollout.id = QStringLiteral("r%1").arg(m_nextRollout++, 4, 10, QLatin1Char('0'));
    rollout.ref = m_versions[size_t(below(3))];
    rollout.selector = QStringLiteral("all");
    rollout.createdAt = m_clock.now() + milliseconds(m_nextRollout); // each newer than the one before
    rollout.by = QStringLiteral("operator");
    rollout.options.soak = std::chrono::seconds(oneIn(3) ? 5 : 30);
    rollout.options.timeout = std::chrono::seconds(oneIn(3) ? 10 : 60);
    rollout.options.putBack = !oneIn(4);
    rollout.options.force = oneIn(4);
    for (const Gateway &gateway : m_fleet->gateways()) {
        RolloutTarget target;
        target.gateway = gateway.id;
        target.since = m_clock.now();
        rollout.targets.push_back(target);
    }
    if (rollout.targets.empty())
        return;
    std::ranges::sort(rollout.targets, {}, &RolloutTarget::gateway);
    const auto waves = assignWaves(static_cast<int>(rollout.targets.size()), {{1, false}, {100, true}});
    for (size_t i = 0; i < waves.size(); ++i)
        rollout.targets[i].wave = waves[i];
    m_driver->start(std::move(rollout), [](const app::Outcome<QString> &) {});
}

void RolloutWorld::operate()
{
    const auto ignore = [](const app::Outcome<app::Nothing> &) {};
    if (m_driver->rollouts().empty() || oneIn(3))
        return startRollout();
    const QString id = m_driver->rollouts().rbegin()->first;
    const QString by = QStringLiteral("operator");
    switch (below(5)) {
    case 0:
        return m_driver->halt(id, by, ignore);
    case 1:
        return m_driver->resume(id, by, ignore);
    case 2:
    case 3:
        return m_driver->rollBack(id, by, ignore);
    default:
        return m_driver->end(id, by, ignore);
    }
}

void RolloutWorld::pass(milliseconds time)
{
    while (time.count() > 0 && m_finding.isEmpty()) {
        const milliseconds part = std::min<milliseconds>(time, 1s);
        m_clock.advance(part);
        time -= part;
        m_fleet->tick();
        turns();
    }
}

void RolloutWorld::walk(int steps)
{
    for (int i = 0; i < steps && m_finding.isEmpty(); ++i)
        step();
    if (m_finding.isEmpty())
        settle();
}

void RolloutWorld::step()
{
    const int what = below(100);
    if (what < 60)
        act(m_agents[size_t(below(static_cast<int>(m_agents.size())))]);
    else if (what < 85)
        pass(milliseconds(100 * (1 + below(oneIn(4) ? 600 : 80))));
    else if (what < 94)
        operate();
    else if (what < 96) { // the recorder writes some time after reports came, and the driver takes its turn at once
        turns();
        commit();
    } else if (what < 98) {
        stop(oneIn(2));
    } else if (m_agents.size() < 5) {
        Agent agent;
        agent.name = static_cast<char>('a' + m_agents.size());
        m_agents.push_back(std::move(agent));
    }
    if (!oneIn(3))
        turns();
}

void RolloutWorld::settle()
{
    for (int round = 0; round < 40 && m_finding.isEmpty(); ++round) {
        for (Agent &agent : m_agents) {
            connect(agent);
            reportAll(agent);
        }
        pass(30s);
    }
    std::map<char, size_t> offers;
    for (const Agent &agent : m_agents)
        offers[agent.name] = agent.offers.size();
    for (int round = 0; round < 120 && m_finding.isEmpty(); ++round) {
        for (Agent &agent : m_agents)
            send(agent, next(agent));
        pass(30s);
    }
    for (const Agent &agent : m_agents)
        expect(agent.offers.size() - offers[agent.name] <= mostRepeats,
               QStringLiteral("RC9: %1 offers within an hour of heartbeats")
                   .arg(agent.offers.size() - offers[agent.name]));
    for (const auto &[id, rollout] : m_driver->rollouts())
        expect(isSettled(rollout), QStringLiteral("rollout %1 does not come to rest").arg(id));
}

void RolloutWorld::turns()
{
    m_clock.advance(1ms); // what was reported before a target begins has another time than what comes after
    m_effectives->judge();
    m_driver->takeTurns();
    m_effectives->judge();
    m_driver->takeTurns();
    takePushes();
    check();
}

RolloutWorld::Agent *RolloutWorld::agentOf(const GatewayId &id)
{
    for (Agent &agent : m_agents) {
        if (FleetRig::id(agent.name) == id)
            return &agent;
    }
    return nullptr;
}

QString RolloutWorld::name(const ConfigHash &hash) const
{
    for (const ConfigRef &ref : m_versions) {
        if (ref.hash == hash)
            return QStringLiteral("version %1").arg(ref.version);
    }
    return hash.isEmpty() ? QStringLiteral("none") : QStringLiteral("another");
}

void RolloutWorld::note(const QString &what)
{
    constexpr size_t most = 60;
    if (!m_finding.isEmpty())
        return;
    m_trace.push_back(rfc3339(m_clock.now()).mid(11) + u' ' + what);
    if (m_trace.size() > most)
        m_trace.pop_front();
}

void RolloutWorld::expect(bool holds, const QString &what)
{
    if (!holds && m_finding.isEmpty())
        m_finding = QStringLiteral("%1: %2").arg(rfc3339(m_clock.now()), what);
}

void RolloutWorld::checkOffer(const Agent &agent)
{
    expect(!agent.log.isStale(), QStringLiteral("%1 was offered %2 while its full state was asked for")
                                     .arg(QLatin1Char(agent.name))
                                     .arg(name(agent.offers.back().hash)));
}

void RolloutWorld::checkProof(const Agent &agent, const Rollout &rollout, const RolloutTarget &target,
                              const ConfigHash &hash, WallTime from)
{
    const QString what = QStringLiteral("rollout %1 says %2 of %3 about %4")
                             .arg(rollout.id, word(target.step))
                             .arg(QLatin1Char(agent.name))
                             .arg(name(hash));
    const auto since = agent.log.goodSince(hash);
    expect(since.has_value(), what + QStringLiteral(", and not everything is reported"));
    expect(!since || m_clock.now() - *since >= rollout.options.soak,
           what + QStringLiteral(", and it was not well for the whole soak"));
    expect(!agent.log.isSpoiledSince(from, hash), what + QStringLiteral(", and it had failed"));
}

void RolloutWorld::checkTarget(const Rollout &rollout, const RolloutTarget *before, const RolloutTarget &target)
{
    const Agent *agent = agentOf(target.gateway);
    if (!agent || (before && before->step == target.step))
        return;
    const QString where = QStringLiteral("rollout %1, %2: ").arg(rollout.id).arg(QLatin1Char(agent->name));
    note(where + word(target.step) + u' ' + target.error);
    const WallTime from = target.begunAt.value_or(target.since);
    switch (target.step) {
    case TargetStep::Offered:
        expect(std::ranges::any_of(
                   agent->offers,
                   [&](const Offer &offer) { return offer.hash == rollout.ref.hash && offer.at == target.since; }),
               where + QStringLiteral("offered, and nothing was sent then"));
        break;
    case TargetStep::Proven:
        ++m_proofs;
        checkProof(*agent, rollout, target, rollout.ref.hash, from);
        break;
    case TargetStep::RolledBack:
        ++m_rollbacks;
        checkProof(*agent, rollout, target, target.back ? target.back->hash : ConfigHash(), m_clock.now());
        break;
    case TargetStep::Failed:
        ++m_failures;
        expect(target.error.startsWith(u"did not go back") || target.error.startsWith(u"no_proven_version") ||
                   agent->log.hasFaultSince(from, rollout.ref.hash),
               where + QStringLiteral("failed (%1), and no failure was reported").arg(target.error));
        break;
    default:
        break;
    }
}

void RolloutWorld::checkGateway(const Agent &agent)
{
    const Gateway *gateway = m_fleet->find(FleetRig::id(agent.name));
    if (!gateway || !gateway->wanted || gateway->presence.state != PresenceState::Connected)
        return;
    const QString where = QStringLiteral("%1 is %2 with %3 (%4)")
                              .arg(QLatin1Char(agent.name))
                              .arg(word(gateway->config.state), name(gateway->wanted->hash), gateway->config.why);
    if (gateway->config.state == ConfigState::InSync) {
        expect(agent.log.isApplied(gateway->wanted->hash), where + QStringLiteral(", and did not report that"));
        expect(!agent.log.isStale() || !gateway->config.why.isEmpty(), where + QStringLiteral(", by old news"));
    }
    if (gateway->config.state == ConfigState::Offered && !agent.log.reportsAbout(gateway->wanted->hash))
        expect(
            std::ranges::any_of(agent.offers, [&](const Offer &offer) { return offer.hash == gateway->wanted->hash; }),
            where + QStringLiteral(", and nothing was sent"));
    expect(gateway->config.why != u"about to be sent", where + QStringLiteral(", and it was not sent"));
}

void RolloutWorld::check()
{
    for (const auto &[id, rollout] : m_driver->rollouts()) {
        const auto before = m_seen.find(id);
        for (const RolloutTarget &target : rollout.targets) {
            const RolloutTarget *was = nullptr;
            if (before != m_seen.end()) {
                const auto same = std::ranges::find(before->second.targets, target.gateway, &RolloutTarget::gateway);
                was = same == before->second.targets.end() ? nullptr : &*same;
            }
            checkTarget(rollout, was, target);
            expect(rollout.state != RolloutState::RolledBack ||
                       (target.step != TargetStep::Proven && target.step != TargetStep::Failed &&
                        target.step != TargetStep::RollingBack && target.step != TargetStep::Unanswered),
                   QStringLiteral("rollout %1 is rolled back, and a target is %2").arg(id, word(target.step)));
        }
    }
    for (const Agent &agent : m_agents)
        checkGateway(agent);
    m_seen = m_driver->rollouts();
}

} // namespace flowgate::tests
