// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/connections/heartbeatoffers.h"

namespace flowgate::app {

bool HeartbeatOffers::setSettings(const Settings &settings)
{
    using std::chrono::duration_cast;
    Wanted wanted{settings.text(Setting::HeartbeatGateways),
                  duration_cast<std::chrono::seconds>(settings.length(Setting::HeartbeatInterval))};
    if (wanted == m_wanted)
        return false;
    m_wanted = std::move(wanted);
    m_gateways.reset();
    if (m_wanted.gateways == QLatin1String("none"))
        return true;
    if (auto selector = domain::Selector::parse(m_wanted.gateways))
        m_gateways = std::move(*selector);
    return true;
}

domain::Result<std::optional<domain::OpampSettings>, QString>
HeartbeatOffers::settingsFor(const domain::Gateway &gateway, const domain::Peer &peer) const
{
    const bool isKnown = gateway.admission == domain::Admission::Approved && !gateway.capabilities.isUnspecified();
    if (!m_gateways || !isKnown || !m_gateways->matches(gateway))
        return std::optional<domain::OpampSettings>();
    if (const auto why = refusesSettings(gateway))
        return domain::unexpected(*why);
    if (!domain::takesHeartbeat(gateway))
        return domain::unexpected(
            QStringLiteral("it sends no heartbeats (reports_heartbeat in its supervisor's file)"));
    auto settings = m_reach.settingsOf(peer);
    if (!settings)
        return domain::unexpected(settings.error());
    settings->heartbeat = m_wanted.interval;
    return *settings;
}

} // namespace flowgate::app
