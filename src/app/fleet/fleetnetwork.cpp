// SPDX-License-Identifier: GPL-3.0-or-later
// A machine without a network hears nobody from elsewhere: they are not observed, and not lost.
#include "app/fleet/fleet.h"

namespace flowgate::app {

using domain::PresenceState;

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
    loseSight(now, domain::noNetwork(), domain::comesFromElsewhere);
}

std::optional<domain::PresenceState> Fleet::overdue(const domain::Gateway &gateway, domain::WallTime now) const
{
    // Its connection was closed for that, and it is not let in: nobody listens to it.
    if (gateway.admission == domain::Admission::Rejected && gateway.presence.state == PresenceState::NotObserved)
        return {};
    const auto since = domain::audibleSince(gateway.presence, m_observing.since, m_observing.network);
    return since ? domain::overdue(gateway.presence, gateway.polls, *since, now, m_observing.limits) : std::nullopt;
}

} // namespace flowgate::app
