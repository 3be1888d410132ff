// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/connectionwishes.h"
#include "app/eventlog.h"
#include "app/fleet.h"
#include "app/heartbeat/heartbeatoffers.h"
#include "app/heartbeat/offertrials.h"
#include "app/telemetry/telemetryoffers.h"

namespace flowgate::app {

/// All connection settings that gateways are offered: where their own telemetry goes, and how often they say that they
/// are there. The latter goes to one gateway first.
/// @thread io
class OfferedSettings final : public ConnectionWishes, public FleetObserver
{
public:
    OfferedSettings(const Fleet &fleet, const TelemetryOffers &telemetry, EventLog &events)
        : m_fleet(fleet)
        , m_telemetry(telemetry)
        , m_events(events)
    {
    }

    void setReach(HeartbeatReach reach) { m_heartbeats.setReach(std::move(reach)); }
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

    void gatewayForgotten(const domain::GatewayId &id) override { m_trials.forget(id); }
    void gatewayMoved(const domain::GatewayId &before, const domain::Gateway &, Succession) override
    {
        m_trials.forget(before);
    }

private:
    void tell(const OfferTrials::Outcome &outcome);

    const Fleet &m_fleet;
    const TelemetryOffers &m_telemetry;
    EventLog &m_events;
    HeartbeatOffers m_heartbeats;
    OfferTrials m_trials;
    QSet<QString> m_told; ///< why some are offered nothing
};

} // namespace flowgate::app
