// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/secretmasking.h"

#include "domain/configsseen.h"
#include "domain/token.h"

#include <algorithm>

namespace flowgate::app {

using domain::AgentReport;
using domain::ComponentHealth;
using domain::ConfigHash;
using domain::Gateway;

namespace {

/// "StatusOK", "StatusRecoverableError": the Collector's own words, which are most of what is reported.
bool isStatusWord(const QString &text)
{
    constexpr qsizetype longest = 40;
    return text.isEmpty() || (text.size() <= longest && text.startsWith(u"Status") &&
                              std::ranges::all_of(text, [](QChar c) { return c.isLetter(); }));
}

bool hasText(const ComponentHealth &health)
{
    return !health.lastError.isEmpty() || !isStatusWord(health.status) ||
           std::ranges::any_of(health.components, [](const auto &entry) { return hasText(entry.second); });
}

bool hasText(const AgentReport &report)
{
    return (report.remoteConfigStatus && !report.remoteConfigStatus->error.isEmpty()) ||
           (report.connectionStatus && !report.connectionStatus->error.isEmpty()) ||
           (report.health && hasText(*report.health));
}

/// Own uids are in every effective config, as the value of a header that we offer.
QByteArrayList noSecrets(const domain::GatewayId &id)
{
    return {domain::uuidText(id).toLatin1()};
}

template<typename Mask>
void maskHealth(ComponentHealth &health, const Mask &mask)
{
    health.lastError = mask(health.lastError);
    if (!isStatusWord(health.status))
        health.status = mask(health.status);
    for (auto &[name, component] : health.components)
        maskHealth(component, mask);
}

/// What the report's status said before, if it says the same now: that text was masked when more was known.
QString keptError(const Gateway *gateway, const domain::RemoteConfigStatus &status)
{
    if (!gateway || !gateway->remoteConfig)
        return {};
    const domain::RemoteConfigStatus &before = gateway->remoteConfig->value;
    return before.hash == status.hash && before.status == status.status ? before.error : QString();
}

void maskValue(domain::AttributeValue &value, const domain::Secrets &secrets)
{
    if (auto *text = std::get_if<QString>(&value.data)) {
        *text = maskSecrets(*text, secrets);
    } else if (auto *list = std::get_if<domain::AttributeValue::List>(&value.data)) {
        for (domain::AttributeValue &item : *list)
            maskValue(item, secrets);
    } else if (auto *map = std::get_if<domain::AttributeValue::Map>(&value.data)) {
        for (domain::Attribute &item : *map)
            maskValue(item.value, secrets);
    }
}

} // namespace

SecretMasking::SecretMasking(Fleet &fleet, ConfigBodies &bodies, ConfigFactsCache &facts)
    : m_fleet(fleet)
    , m_bodies(bodies)
    , m_facts(facts)
{
    m_facts.setNeeded([this] { return needed(); });
}

void SecretMasking::restored()
{
    for (const Gateway &gateway : m_fleet.gateways()) {
        for (const ConfigHash &hash : domain::configsSeenBy(gateway))
            m_facts.load(hash, noSecrets(gateway.id));
    }
}

QSet<ConfigHash> SecretMasking::needed() const
{
    QSet<ConfigHash> hashes;
    for (const Gateway &gateway : m_fleet.gateways()) {
        for (const ConfigHash &hash : domain::configsSeenBy(gateway))
            hashes.insert(hash);
    }
    return hashes;
}

void SecretMasking::noteCredential(const domain::GatewayId &id, const QByteArray &authorization)
{
    m_credentials.insert(id, authorization);
}

void SecretMasking::gatewayMoved(const domain::GatewayId &before, const Gateway &after, Succession)
{
    if (const QByteArray credential = m_credentials.take(before); !credential.isEmpty())
        m_credentials.insert(after.id, credential);
}

void SecretMasking::gatewayChanged(const FleetChange &change)
{
    const Gateway &gateway = *change.after;
    if (change.effective && gateway.effective)
        m_facts.add(gateway.effective->value.hash, change.effective, noSecrets(gateway.id));
    if (gateway.wanted && (!change.before || change.before->wanted != gateway.wanted)) {
        if (const auto body = m_bodies.peek(gateway.wanted->hash))
            m_facts.add(gateway.wanted->hash, body);
        else
            m_facts.load(gateway.wanted->hash);
    }
}

void SecretMasking::add(Known &known, const ConfigHash &hash, const domain::GatewayId &id)
{
    if (!m_facts.find(hash)) {
        if (const auto body = m_bodies.peek(hash))
            m_facts.add(hash, body);
    }
    if (const auto facts = m_facts.demand(hash)) {
        if (!facts->secrets->isEmpty() || !facts->secrets->isComplete())
            known.secrets.push_back(facts->secrets);
        return;
    }
    known.isWhole = false;
    m_facts.load(hash, noSecrets(id));
}

SecretMasking::Known SecretMasking::secretsOf(const Gateway &gateway)
{
    Known known;
    for (const ConfigHash &hash : domain::configsSeenBy(gateway))
        add(known, hash, gateway.id);
    return known;
}

SecretMasking::Known SecretMasking::secretsOf(const domain::Peer &peer, const AgentReport &report,
                                              const Gateway *gateway)
{
    Known known = gateway ? secretsOf(*gateway) : Known();
    if (report.effectiveConfig && report.effectiveConfig->byteCount() > 0) {
        const ConfigHash hash = domain::canonicalHash(*report.effectiveConfig);
        m_facts.add(hash, std::make_shared<const domain::ConfigSet>(*report.effectiveConfig), noSecrets(report.id));
        add(known, hash, report.id);
    }
    const auto *status = report.remoteConfigStatus ? &*report.remoteConfigStatus : nullptr;
    if (gateway && status && gateway->outcomes.value(status->hash).sentAt != domain::WallTime{})
        add(known, status->hash, report.id);
    QByteArrayList credentials;
    for (const QByteArray &value : {peer.authorization, m_credentials.value(report.id)})
        credentials.append(domain::bearerText(value).toByteArray());
    known.secrets.push_back(std::make_shared<const domain::SecretSet>(credentials));
    return known;
}

domain::ServerReply SecretMasking::handle(const domain::Peer &peer, const AgentReport &report)
{
    if (!hasText(report))
        return m_fleet.handle(peer, report);
    const Gateway *gateway = m_fleet.find(m_fleet.identities().promisedTo(report.id).value_or(report.id));
    const Known known = secretsOf(peer, report, gateway);
    const auto mask = [&known](const QString &text) {
        if (!known.isWhole && !text.isEmpty())
            return QString::fromLatin1(domain::hiddenValue);
        return domain::maskSecrets(text, known.secrets);
    };
    AgentReport masked = report;
    if (auto &status = masked.remoteConfigStatus; status && !status->error.isEmpty()) {
        const QString kept = known.isWhole ? QString() : keptError(gateway, *status);
        status->error = kept.isEmpty() ? mask(status->error) : kept;
    }
    if (masked.connectionStatus)
        masked.connectionStatus->error = mask(masked.connectionStatus->error);
    if (masked.health)
        maskHealth(*masked.health, mask);
    return m_fleet.handle(peer, masked);
}

bool SecretMasking::maskLogs(const Gateway &gateway, std::vector<telemetry::LogLine> &lines)
{
    const Known known = secretsOf(gateway);
    if (!known.isWhole)
        return false;
    if (known.secrets.empty())
        return true;
    for (telemetry::LogLine &line : lines) {
        line.text = domain::maskSecrets(line.text, known.secrets);
        for (domain::Attribute &attribute : line.attributes)
            maskValue(attribute.value, known.secrets);
    }
    return true;
}

} // namespace flowgate::app
