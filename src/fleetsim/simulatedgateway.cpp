// SPDX-License-Identifier: GPL-3.0-or-later
#include "fleetsim/simulatedgateway.h"

#include "fleetsim/supervisorfiles.h"

#include <algorithm>

namespace flowgate::fleetsim {

using domain::ApplyStatus;
using domain::Capability;
using namespace std::chrono_literals;

namespace {

quint64 nano(Moment now)
{
    return static_cast<quint64>(now.wall.time_since_epoch().count()) * 1'000'000;
}

} // namespace

SimulatedGateway::SimulatedGateway(Profile profile, const Timing &timing)
    : m_profile(std::move(profile))
    , m_timing(timing)
    , m_capabilities(capabilitiesOf(m_profile.character))
    , m_jitter(static_cast<quint8>(m_profile.uid.bytes().back()) % 16)
    , m_config(m_profile.character == Character::Seed ? YamlNode::emptyMap() : baseConfig())
    , m_collectorPid(2000 + static_cast<quint8>(m_profile.uid.bytes().back()))
{
    if (m_profile.character == Character::Slow)
        m_timing.apply *= 4;
    if (!validates()) // a supervisor with a base file shows nothing before its collector runs
        m_effective = writeYaml(composedConfig());
}

SimulatedGateway::Messages SimulatedGateway::connected(Moment now)
{
    m_connected = true;
    send(fullReport(false));
    if (!std::exchange(m_booted, true))
        schedule(Step::Start, now.awake + 20ms + m_jitter);
    return taken(now);
}

void SimulatedGateway::disconnected()
{
    m_connected = false;
    m_out.clear();
}

SimulatedGateway::Messages SimulatedGateway::leave(Moment now)
{
    domain::AgentReport last;
    last.disconnect = true;
    last.health.emplace().lastError = QStringLiteral("Supervisor is shutdown");
    send(std::move(last));
    return taken(now);
}

SimulatedGateway::Messages SimulatedGateway::received(const ServerMessage &message, Moment now)
{
    // A client drops what is not addressed to it (S3) and only notes an error.
    if (message.isError || message.instanceUid != m_profile.uid.bytes())
        return {};
    if (message.newUid.size() == 16) {
        m_profile.uid = domain::GatewayId(message.newUid);
        domain::AgentReport renamed;
        renamed.description = descriptionOf(m_profile);
        send(std::move(renamed));
    }
    if (message.restart && has(Capability::AcceptsRestartCommand) && !m_stoppedForGood) {
        stopCollector(now);
        cancel({Step::Start, Step::ReportConfig, Step::Run, Step::ExporterFails});
        schedule(Step::Start, now.awake + 30ms);
    }
    if (message.wantsFullState) {
        send(fullReport(true));
    } else if (message.wantsComponents && has(Capability::ReportsAvailableComponents)) {
        domain::AgentReport part;
        part.availableComponents = listed(builtIn(isContrib(m_profile.character)), m_profile.version);
        send(std::move(part));
    }
    if (message.offer && has(Capability::AcceptsRemoteConfig))
        consider(*message.offer, now);
    return taken(now);
}

SimulatedGateway::Messages SimulatedGateway::advance(Moment now)
{
    while (!m_steps.empty() && m_steps.begin()->first <= now.awake) {
        const Step step = m_steps.begin()->second;
        m_steps.erase(m_steps.begin());
        take(step, now);
    }
    if (m_connected && m_out.empty() && now.awake >= m_lastSent + m_timing.heartbeat)
        m_out.push_back({}); // a heartbeat has nothing in it (X2); taken() addresses it
    return taken(now);
}

std::optional<domain::milliseconds> SimulatedGateway::nextDue() const
{
    std::optional<domain::milliseconds> due;
    if (!m_steps.empty())
        due = m_steps.begin()->first;
    if (m_connected)
        due = std::min(due.value_or(domain::milliseconds::max()), m_lastSent + m_timing.heartbeat);
    return due;
}

void SimulatedGateway::take(Step step, Moment now)
{
    switch (step) {
    case Step::Judge:
        judge(now);
        return;
    case Step::Start:
        startCollector(now);
        return;
    case Step::ReportConfig: {
        domain::AgentReport report;
        m_effective = writeYaml(asReported(composedConfig()));
        m_health = tree(CollectorPhase::Starting, now);
        report.effectiveConfig = effective();
        report.health = m_health;
        send(std::move(report));
        schedule(Step::Run, now.awake + (m_profile.character == Character::Slow ? 3000ms : 10ms));
        return;
    }
    case Step::Run:
        run(now);
        return;
    case Step::ExporterFails: {
        domain::ComponentHealth health = tree(CollectorPhase::Running, now);
        if (failExporter(health, QStringLiteral("rpc error: code = Unavailable desc = connection error: desc = "
                                                "\"transport: Error while dialing: dial tcp 127.0.0.1:14317: connect: "
                                                "connection refused\"")))
            setHealth(std::move(health));
        return;
    }
    case Step::Prove:
        setStatus(ApplyStatus::Applied);
        return;
    }
}

void SimulatedGateway::schedule(Step step, domain::milliseconds due)
{
    m_steps.emplace(due, step);
}

void SimulatedGateway::cancel(std::initializer_list<Step> steps)
{
    std::erase_if(m_steps, [steps](const auto &entry) {
        return std::find(steps.begin(), steps.end(), entry.second) != steps.end();
    });
}

void SimulatedGateway::consider(const ServerMessage::Offer &offer, Moment now)
{
    m_candidate.reset();
    cancel({Step::Judge});
    if (offer.config.isEmpty()) {
        cancel({Step::Start, Step::ReportConfig, Step::Run, Step::ExporterFails, Step::Prove});
        stopCollector(now);
        m_stoppedForGood = true;
        m_config = YamlNode::emptyMap();
        m_effective.clear();
        m_status = {offer.hash, ApplyStatus::Applied, {}};
        m_health = {};
        m_health.healthy = true; // and no start time: nothing runs
        send(fullReport(false));
        return;
    }
    auto config = merged(validates() ? baseConfig() : YamlNode::emptyMap(), offer.config);
    if (!config) {
        m_status.hash = offer.hash;
        return setStatus(ApplyStatus::Failed, config.error());
    }
    if (*config == m_config && !m_stoppedForGood) { // nothing to do, so nothing is restarted
        m_status.hash = offer.hash;
        cancel({Step::Prove});
        return setStatus(ApplyStatus::Applied);
    }
    m_candidate = Candidate{std::move(*config), offer.hash};
    schedule(Step::Judge, now.awake + (validates() ? m_timing.validate + m_jitter : 0ms));
}

void SimulatedGateway::judge(Moment now)
{
    if (!m_candidate)
        return;
    Candidate candidate = *std::exchange(m_candidate, std::nullopt);
    if (validates()) {
        if (const auto reason = objection(candidate.config, builtIn(isContrib(m_profile.character)))) {
            m_status.hash = candidate.hash;
            return setStatus(ApplyStatus::Failed, *reason);
        }
    }
    apply(std::move(candidate), now);
}

void SimulatedGateway::apply(Candidate candidate, Moment now)
{
    cancel({Step::Start, Step::ReportConfig, Step::Run, Step::ExporterFails, Step::Prove});
    m_status = {candidate.hash, ApplyStatus::Applying, {}};
    domain::AgentReport report;
    report.remoteConfigStatus = m_status;
    report.effectiveConfig = effective(); // still the old one, as seen
    send(std::move(report));
    stopCollector(now);
    m_config = std::move(candidate.config);
    m_stoppedForGood = false;
    schedule(Step::Start, now.awake + 30ms);
    schedule(Step::Prove, now.awake + m_timing.apply);
}

void SimulatedGateway::startCollector(Moment now)
{
    ++m_collectorPid;
    if (diesOf(m_config))
        return crash(now);
    domain::ComponentHealth health = tree(CollectorPhase::Starting, now);
    std::erase_if(health.components, [](const auto &entry) { return entry.first != QStringLiteral("extensions"); });
    setHealth(std::move(health));
    schedule(Step::ReportConfig, now.awake + 3ms);
}

void SimulatedGateway::stopCollector(Moment now)
{
    setHealth({});
    if (!std::exchange(m_collectorUp, false))
        return;
    setHealth(tree(CollectorPhase::Stopping, now));
    setHealth(tree(CollectorPhase::Stopped, now));
}

void SimulatedGateway::crash(Moment now)
{
    m_collectorUp = false;
    m_effective = writeYaml(composedConfig());
    domain::AgentReport report;
    report.effectiveConfig = effective();
    send(std::move(report));
    setHealth({});
    domain::ComponentHealth health;
    health.lastError = QStringLiteral("Agent process PID=%1 exited unexpectedly, exit code=1. Will restart in a bit...")
                           .arg(m_collectorPid);
    setHealth(std::move(health));
    cancel({Step::Prove});
    // The reason is not in it: only a supervisor that validates knows one.
    if (m_status.status == ApplyStatus::Applying) {
        setStatus(ApplyStatus::Failed,
                  QStringLiteral("Agent exited unexpectedly with exit code 1 while applying configuration"));
    }
    schedule(Step::Start, now.awake + m_timing.retry);
}

void SimulatedGateway::run(Moment now)
{
    m_collectorUp = true;
    m_startedNano = nano(now);
    setHealth(tree(CollectorPhase::Running, now));
    if (m_profile.character == Character::Unhealthy)
        schedule(Step::ExporterFails, now.awake + m_timing.exporterFails);
}

void SimulatedGateway::setStatus(ApplyStatus status, const QString &error)
{
    m_status.status = status;
    m_status.error = error;
    domain::AgentReport report;
    report.remoteConfigStatus = m_status;
    send(std::move(report));
}

void SimulatedGateway::setHealth(domain::ComponentHealth health)
{
    m_health = std::move(health);
    domain::AgentReport report;
    report.health = m_health;
    send(std::move(report));
}

bool SimulatedGateway::validates() const
{
    return m_profile.character != Character::Seed && m_profile.character != Character::Bare;
}

bool SimulatedGateway::diesOf(const YamlNode &config) const
{
    if (m_profile.character == Character::Crashing)
        return !(config == baseConfig());
    return !validates() && objection(config, builtIn(isContrib(m_profile.character)));
}

YamlNode SimulatedGateway::composedConfig() const
{
    SupervisorFacts facts;
    facts.instanceUid = domain::uuidText(m_profile.uid).toUtf8();
    facts.pid = 1;
    facts.serverPort = static_cast<quint16>(40'000 + m_jitter.count());
    const domain::AgentDescription description = descriptionOf(m_profile);
    for (const domain::Attributes *list : {&description.nonIdentifying, &description.identifying}) {
        for (const domain::Attribute &item : *list)
            facts.resource.emplace_back(item.key.toUtf8(), domain::attributeText(item.value).toUtf8());
    }
    return composed(m_config, facts);
}

domain::ConfigSet SimulatedGateway::effective() const
{
    return {{{QString(), {m_effective, QString()}}}};
}

domain::ComponentHealth SimulatedGateway::tree(CollectorPhase phase, Moment now) const
{
    return healthTree(composedConfig(), phase, m_startedNano, nano(now));
}

domain::AgentReport SimulatedGateway::fullReport(bool withComponents) const
{
    domain::AgentReport report;
    report.description = descriptionOf(m_profile);
    report.health = m_health;
    report.effectiveConfig = effective();
    report.remoteConfigStatus = m_status;
    report.hasPackageStatuses = true;
    if (has(Capability::ReportsAvailableComponents)) {
        report.availableComponents = listed(builtIn(isContrib(m_profile.character)), m_profile.version);
        if (!withComponents)
            report.availableComponents->components.clear();
    }
    return report;
}

void SimulatedGateway::send(domain::AgentReport part)
{
    if (!m_connected)
        return; // told by the next first report
    const bool isFirst = part.description.has_value();
    if (!has(Capability::ReportsHealth))
        part.health.reset();
    if (!has(Capability::ReportsEffectiveConfig))
        part.effectiveConfig.reset();
    if (!has(Capability::ReportsRemoteConfig) && !isFirst) // opamp-go puts one into each first report (X1)
        part.remoteConfigStatus.reset();
    if (isFirst || part.health || part.effectiveConfig || part.remoteConfigStatus || part.availableComponents ||
        part.disconnect)
        m_out.push_back(std::move(part));
}

SimulatedGateway::Messages SimulatedGateway::taken(Moment now)
{
    for (domain::AgentReport &report : m_out) {
        report.id = m_profile.uid;
        report.wireUid = m_profile.uid.bytes();
        report.capabilities = m_capabilities;
        report.sequence = m_sequence++;
        m_lastSent = now.awake;
    }
    return std::exchange(m_out, {});
}

} // namespace flowgate::fleetsim
