// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/configs/configfactscache.h"
#include "app/fleet/fleet.h"
#include "domain/telemetryowner.h"

#include <QSet>

namespace flowgate::app {

/// Knows whose internal telemetry is: which gateways describe, or run with, a service.instance.id that is not their
/// uid. The rule is domain::telemetryOwner().
/// @thread io
class TelemetryOwners final : public FleetObserver
{
public:
    /// @param facts  of effective configs
    TelemetryOwners(const Fleet &fleet, const ConfigFactsCache &facts)
        : m_fleet(fleet)
        , m_facts(facts)
    {
    }

    /// Takes over what the fleet knows. After Fleet::restore().
    void restored();
    /// A config was read: see ConfigFactsCache::onRead().
    void configRead(const domain::ConfigHash &hash);

    /// @param instanceId  of the resource; empty: it has none
    /// @param marked      the uid that the request's mark names
    [[nodiscard]] domain::Result<domain::GatewayId, domain::NoOwner>
    ownerOf(const QString &instanceId, const std::optional<domain::GatewayId> &marked) const;
    /// Whether the telemetry of this gateway may be found by its mark alone: it goes by another id than its uid, or
    /// somebody else goes by its uid.
    [[nodiscard]] bool needsMark(const domain::Gateway &gateway) const;

    void gatewayChanged(const FleetChange &change) override { update(*change.after); }
    void gatewayForgotten(const domain::GatewayId &id) override { remove(id); }
    void gatewayMoved(const domain::GatewayId &before, const domain::Gateway &after, Succession) override;

private:
    [[nodiscard]] QStringList claimsOf(const domain::Gateway &gateway) const;
    void update(const domain::Gateway &gateway);
    void remove(const domain::GatewayId &id);
    void waitFor(const domain::GatewayId &id, const domain::ConfigHash &hash);

    const Fleet &m_fleet;
    const ConfigFactsCache &m_facts;
    QHash<QString, QSet<domain::GatewayId>> m_byId;
    QHash<domain::GatewayId, QStringList> m_claims;
    QHash<domain::ConfigHash, QSet<domain::GatewayId>> m_waiting; ///< for an effective config to be read
    QHash<domain::GatewayId, domain::ConfigHash> m_waitsFor;
};

} // namespace flowgate::app
