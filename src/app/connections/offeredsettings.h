// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/connections/enrolment.h"
#include "app/connections/heartbeatoffers.h"
#include "app/connections/offertrials.h"
#include "app/fleet/connectionwishes.h"
#include "app/fleet/fleet.h"
#include "app/journal/eventlog.h"
#include "app/telemetry/telemetryoffers.h"

namespace flowgate::app {

struct OfferEvent;

/// All connection settings that gateways are offered: where their own telemetry goes, how often they say that they are
/// there, and a token of their own. The latter two go to one gateway first.
/// @thread io
class OfferedSettings final : public ConnectionWishes, public FleetObserver
{
public:
    OfferedSettings(const Fleet &fleet, const TelemetryOffers &telemetry, Tokens &tokens, EventLog &events)
        : m_fleet(fleet)
        , m_telemetry(telemetry)
        , m_events(events)
        , m_enrolment(tokens)
    {
    }

    /// Before the first wish.
    void setReach(EndpointReach reach) { m_reach = std::move(reach); }
    /// Is told of each credential that a gateway is offered.
    void onCredential(std::function<void(const domain::GatewayId &, const QByteArray &)> listener)
    {
        m_onCredential = std::move(listener);
    }
    /// Takes over the settings heartbeat.*; what was tried with others does not count. @return whether anything changed
    bool setSettings(const Settings &settings);
    /// Call it each second in which gateways could be heard.
    /// @return who may be offered now what they waited for, see Fleet::offerConnectionAnew()
    [[nodiscard]] QList<domain::GatewayId> tick();

    [[nodiscard]] domain::ConnectionWish wishFor(const domain::Gateway &gateway, const domain::Peer &peer) override;
    void offered(const domain::Gateway &gateway, const domain::Peer &peer,
                 const domain::ConnectionOffer &offer) override;
    void notOffered(const domain::Gateway &gateway) override { m_trials.unsent(gateway.id); }
    void heard(const domain::Gateway &gateway, const domain::Peer &peer, bool numberedAnew) override;

    void gatewayForgotten(const domain::GatewayId &id) override;
    void gatewayMoved(const domain::GatewayId &before, const domain::Gateway &after, Succession how) override;

private:
    using Settled = domain::Result<std::optional<domain::OpampSettings>, QString>;
    [[nodiscard]] Settled ownTokenFor(const domain::Gateway &gateway, const domain::Peer &peer);
    void complete(domain::ConnectionWish &wish, const domain::OpampSettings &settings, const domain::Gateway &gateway);
    void tell(const OfferTrials::Outcome &outcome);
    void tell(const OfferEvent &event, const domain::GatewayId &id);

    const Fleet &m_fleet;
    const TelemetryOffers &m_telemetry;
    EventLog &m_events;
    EndpointReach m_reach;
    HeartbeatOffers m_heartbeats{m_reach};
    Enrolment m_enrolment;
    OfferTrials m_trials;
    QSet<QString> m_told; ///< why some are offered nothing
    std::function<void(const domain::GatewayId &, const QByteArray &)> m_onCredential;
};

} // namespace flowgate::app
