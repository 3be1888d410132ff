// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/configs/configfactscache.h"
#include "app/fleet/fleet.h"
#include "telemetry/records.h"

namespace flowgate::app {

/// Stands between the endpoint and the fleet, and takes the secrets that we know out of the texts that gateways report:
/// errors and statuses, before anything is kept, shown or logged of them. Log lines pass through maskLogs(). The
/// secrets are those of the configs that a gateway has seen (domain::configsSeenBy()) and of its credentials.
///
/// Where a config was not read yet (after a start) or has too many secrets, the texts are hidden as a whole.
/// @thread io
class SecretMasking final : public endpoint::ReportHandler, public FleetObserver
{
public:
    SecretMasking(Fleet &fleet, ConfigBodies &bodies, ConfigFactsCache &facts);

    /// Has the configs of all gateways read from the database, in the background. After Fleet::restore().
    void restored();
    /// A credential that the gateway was offered: an error of its connection may repeat it.
    void noteCredential(const domain::GatewayId &id, const QByteArray &authorization);
    /// False: not all secrets of the gateway are known yet; nothing was changed.
    [[nodiscard]] bool maskLogs(const domain::Gateway &gateway, std::vector<telemetry::LogLine> &lines);

    // From the endpoint.
    [[nodiscard]] domain::ServerReply handle(const domain::Peer &peer, const domain::AgentReport &report) override;
    void connectionClosed(domain::ConnectionId connection, const domain::ConnectionEnd &end) override
    {
        m_fleet.connectionClosed(connection, end);
    }
    /// Only that it speaks counts, so nothing of it is kept.
    void heardAfterClose(domain::ConnectionId connection, const domain::AgentReport *report) override
    {
        m_fleet.heardAfterClose(connection, report);
    }
    void replyTooLarge(const domain::Peer &peer, const domain::GatewayId &gateway, qsizetype bytes) override
    {
        m_fleet.replyTooLarge(peer, gateway, bytes);
    }

    // From the fleet.
    void gatewayChanged(const FleetChange &change) override;
    void gatewayForgotten(const domain::GatewayId &id) override { m_credentials.remove(id); }
    void gatewayMoved(const domain::GatewayId &before, const domain::Gateway &after, Succession) override;

private:
    struct Known
    {
        domain::Secrets secrets;
        bool isWhole = true; ///< false: there is a config that was not read yet
    };
    void add(Known &known, const domain::ConfigHash &hash, const domain::GatewayId &id);
    [[nodiscard]] Known secretsOf(const domain::Gateway &gateway);
    [[nodiscard]] Known secretsOf(const domain::Peer &peer, const domain::AgentReport &report,
                                  const domain::Gateway *gateway);
    [[nodiscard]] QSet<domain::ConfigHash> needed() const;

    Fleet &m_fleet;
    ConfigBodies &m_bodies;
    ConfigFactsCache &m_facts;
    QHash<domain::GatewayId, QByteArray> m_credentials;
};

} // namespace flowgate::app
