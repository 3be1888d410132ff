// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/telemetry/telemetryowners.h"

namespace flowgate::app {

using domain::Gateway;
using domain::GatewayId;
using domain::PresenceState;

namespace {

constexpr qsizetype longestId = 255;

/// One text for all spellings of a UUID; others are taken as they are.
QString canonical(const QString &instanceId)
{
    const auto uid = domain::gatewayIdFromText(instanceId);
    return uid ? domain::uuidText(*uid) : instanceId;
}

bool mayClaim(const Gateway &gateway)
{
    return gateway.admission != domain::Admission::Rejected && gateway.presence.state != PresenceState::Left;
}

domain::InstanceIdClaim claimOf(const Gateway &gateway)
{
    const PresenceState state = gateway.presence.state;
    const bool isHere =
        state == PresenceState::Connected || state == PresenceState::Silent || state == PresenceState::NotObserved;
    return {gateway.id, gateway.admission == domain::Admission::Approved, isHere};
}

} // namespace

QStringList TelemetryOwners::claimsOf(const Gateway &gateway) const
{
    QStringList claims;
    if (!mayClaim(gateway))
        return claims;
    const auto add = [&](const QString &text) {
        const QString id = canonical(text);
        if (!id.isEmpty() && id.size() <= longestId && id != domain::uuidText(gateway.id) && !claims.contains(id))
            claims.append(id);
    };
    if (gateway.description)
        add(domain::attributeText(gateway.description->value, u"service.instance.id"));
    if (gateway.effective) {
        if (const auto facts = m_facts.find(gateway.effective->value.hash))
            add(facts->telemetryInstanceId);
    }
    return claims;
}

void TelemetryOwners::restored()
{
    for (const Gateway &gateway : m_fleet.gateways())
        update(gateway);
}

void TelemetryOwners::waitFor(const GatewayId &id, const domain::ConfigHash &hash)
{
    const domain::ConfigHash before = m_waitsFor.value(id);
    if (before == hash)
        return;
    if (const auto waiting = m_waiting.find(before); waiting != m_waiting.end()) {
        waiting->remove(id);
        if (waiting->isEmpty())
            m_waiting.erase(waiting);
    }
    if (hash.isEmpty()) {
        m_waitsFor.remove(id);
    } else {
        m_waitsFor.insert(id, hash);
        m_waiting[hash].insert(id);
    }
}

void TelemetryOwners::configRead(const domain::ConfigHash &hash)
{
    const QSet<GatewayId> waiting = m_waiting.value(hash);
    for (const GatewayId &id : waiting) {
        if (const Gateway *gateway = m_fleet.find(id))
            update(*gateway);
    }
}

void TelemetryOwners::update(const Gateway &gateway)
{
    const bool isRead = !gateway.effective || m_facts.find(gateway.effective->value.hash);
    waitFor(gateway.id, isRead ? domain::ConfigHash() : gateway.effective->value.hash);
    const QStringList claims = claimsOf(gateway);
    const auto known = m_claims.constFind(gateway.id);
    if (known == m_claims.constEnd() ? claims.isEmpty() : *known == claims)
        return;
    remove(gateway.id);
    if (!isRead)
        waitFor(gateway.id, gateway.effective->value.hash);
    if (claims.isEmpty())
        return;
    m_claims.insert(gateway.id, claims);
    for (const QString &claim : claims)
        m_byId[claim].insert(gateway.id);
}

void TelemetryOwners::remove(const GatewayId &id)
{
    waitFor(id, {});
    for (const QString &claim : m_claims.take(id)) {
        const auto claimants = m_byId.find(claim);
        if (claimants == m_byId.end())
            continue;
        claimants->remove(id);
        if (claimants->isEmpty())
            m_byId.erase(claimants);
    }
}

void TelemetryOwners::gatewayMoved(const GatewayId &before, const Gateway &after, Succession)
{
    remove(before);
    update(after);
}

domain::Result<GatewayId, domain::NoOwner> TelemetryOwners::ownerOf(const QString &instanceId,
                                                                    const std::optional<GatewayId> &marked) const
{
    constexpr size_t enough = 2;
    domain::TelemetrySigns signs;
    signs.hasId = !instanceId.isEmpty();
    if (const Gateway *gateway = marked ? m_fleet.find(*marked) : nullptr;
        gateway && gateway->admission == domain::Admission::Approved)
        signs.marked = marked;
    const auto uid = domain::gatewayIdFromText(instanceId);
    if (uid && m_fleet.find(*uid))
        signs.named = uid;
    const auto claimants = m_byId.constFind(canonical(instanceId));
    if (claimants == m_byId.constEnd())
        return domain::telemetryOwner(signs);
    signs.markedClaims = signs.marked && claimants->contains(*signs.marked);
    for (const GatewayId &id : *claimants) {
        const Gateway *gateway = m_fleet.find(id);
        if (!gateway)
            continue;
        const domain::InstanceIdClaim claim = claimOf(*gateway);
        // Of those who are not approved one says as much as many; an approved one decides more.
        if (signs.claims.size() < enough)
            signs.claims.push_back(claim);
        else if (claim.isApproved)
            signs.claims.back() = claim;
        if (signs.claims.size() == enough && signs.claims.back().isApproved)
            break;
    }
    return domain::telemetryOwner(signs);
}

bool TelemetryOwners::needsMark(const Gateway &gateway) const
{
    return !claimsOf(gateway).isEmpty() || m_byId.contains(domain::uuidText(gateway.id));
}

} // namespace flowgate::app
