// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/journal/eventlog.h"

#include <QHash>

namespace flowgate::app {

/// Says who was refused and why: each to the log, and one an hour and address as an event, so that a client which
/// tries for ever, or many of them, cannot fill the database.
/// @thread io
class RefusalLog
{
public:
    RefusalLog(const domain::Clock &clock, EventLog &events)
        : m_clock(clock)
        , m_events(events)
    {
    }

    /// @param peer  "192.0.2.7:51234"; never hand over what the peer brought
    void note(const QString &peer, const QString &why);

private:
    const domain::Clock &m_clock;
    EventLog &m_events;
    QHash<QString, domain::milliseconds> m_told; ///< when an address got its event, by awake()
};

} // namespace flowgate::app
