// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/machine/networksource.h"
#include "app/machine/sleepsource.h"
#include "domain/clock.h"

#include <memory>
#include <optional>

namespace flowgate::app {

class EventLog;
class Fleet;

/// Brings what this machine does to what is claimed of the fleet. When it falls asleep, what was observed is written
/// down; when it wakes, nothing is claimed of the time between. While it has no network, gateways on other machines are
/// not observed.
/// @thread io
class MachineWatch
{
public:
    struct Sources
    {
        std::unique_ptr<SleepSource> sleep;
        std::unique_ptr<NetworkSource> network;
    };
    struct Acts
    {
        /// Writes down until when we looked, and calls `written` when that is on disk.
        std::function<void(std::function<void()> written)> writeDown;
        /// The network is back: what waited for gateways waits anew.
        std::function<void()> observedAgain;
    };

    MachineWatch(const domain::Clock &clock, Fleet &fleet, EventLog &events, Sources sources, Acts acts);
    ~MachineWatch();

    /// What is listened on, as domain::NetworkSight::listened.
    void setListened(const QStringList &addresses) { m_listened = addresses; }
    /// Looks at the network. Call it every few seconds; where a connection breaks it is looked at by itself.
    void look();

private:
    void lookAtBreak();

    const domain::Clock &m_clock;
    Fleet &m_fleet;
    EventLog &m_events;
    Sources m_sources;
    Acts m_acts;
    QStringList m_listened;
    std::optional<domain::milliseconds> m_lookedAt; ///< Clock::awake()
};

/// Those of the system that this program runs on.
[[nodiscard]] MachineWatch::Sources systemSources();

} // namespace flowgate::app
