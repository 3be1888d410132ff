// SPDX-License-Identifier: GPL-3.0-or-later
// Time in which nobody looked: what was there then is not known, and is not said to have been there.
#include "app/fleet/fleet.h"
#include "domain/standing.h"

namespace flowgate::app {

using domain::Gateway;
using domain::PresenceState;

/// Before anything is made of what comes in: what waited in the sockets meanwhile must not look like an answer in time.
void Fleet::notePause()
{
    observedUntil(m_observing.pauses.takePause());
}

void Fleet::fallAsleep()
{
    notePause();
    m_observing.pauses.fallAsleep();
}

void Fleet::wake()
{
    observedUntil(m_observing.pauses.wake());
}

/// @param until  nothing: we looked all the time
void Fleet::observedUntil(std::optional<domain::WallTime> until)
{
    if (!until)
        return;
    m_observing.since = m_clock.now();
    loseSight(*until, QStringLiteral("this computer slept, or Flowgate stood still"),
              [](const domain::Presence &) { return true; });
    if (m_observing.onPause)
        m_observing.onPause(*until);
}

void Fleet::loseSight(domain::WallTime since, const QString &why, bool (*isMeant)(const domain::Presence &))
{
    for (Gateway &gateway : m_gateways) {
        const bool wasThere =
            gateway.presence.state == PresenceState::Connected || gateway.presence.state == PresenceState::Silent;
        if (!wasThere || !isMeant(gateway.presence))
            continue;
        const Gateway before = gateway;
        gateway.presence.state = PresenceState::NotObserved;
        gateway.presence.since = since;
        gateway.presence.why = why;
        domain::refreshStandings(gateway, since);
        announce({&before, &gateway, since, {}, {}, false, false});
    }
}

} // namespace flowgate::app
