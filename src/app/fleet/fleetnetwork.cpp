// SPDX-License-Identifier: GPL-3.0-or-later
// A machine without a network hears nobody from elsewhere: they are not observed, and not lost.
#include "app/fleet/fleet.h"

namespace flowgate::app {

void Fleet::setCutOff(bool isCutOff)
{
    if (isCutOff == m_observing.network.goneSince.has_value())
        return;
    const domain::WallTime now = m_clock.now();
    if (!isCutOff) {
        m_observing.network = {{}, now};
        return;
    }
    m_observing.network.goneSince = now;
    loseSight(now, domain::comesFromElsewhere);
}

void Fleet::endConnection(const domain::GatewayId &id)
{
    change(id, [&](domain::Gateway &gateway) {
        if (gateway.presence.state != domain::PresenceState::Connected)
            return; // it said goodbye before, or it broke while nobody looked: it may be back any moment
        gateway.presence.state = domain::afterBreak(gateway.presence, m_observing.network);
        gateway.presence.since = m_clock.now();
    });
}

std::optional<domain::PresenceState> Fleet::overdue(const domain::Gateway &gateway, domain::WallTime now) const
{
    const auto since = domain::audibleSince(gateway.presence, m_observing.since, m_observing.network);
    return since ? domain::overdue(gateway.presence, gateway.polls, *since, now, m_liveness) : std::nullopt;
}

} // namespace flowgate::app
