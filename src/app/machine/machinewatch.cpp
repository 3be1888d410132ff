// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/machine/machinewatch.h"

#include "app/fleet/fleet.h"
#include "app/journal/eventlog.h"
#include "app/machine/logindsleep.h"

namespace flowgate::app {

MachineWatch::MachineWatch(const domain::Clock &clock, Fleet &fleet, EventLog &events, Sources sources, Acts acts)
    : m_clock(clock)
    , m_fleet(fleet)
    , m_events(events)
    , m_sources(std::move(sources))
    , m_acts(std::move(acts))
{
    m_sources.sleep->follow({[this](std::function<void()> ready) {
                                 m_fleet.fallAsleep();
                                 m_acts.writeDown(std::move(ready));
                             },
                             [this] { m_fleet.wake(); }});
    m_fleet.onBreak([this] { lookAtBreak(); });
}

MachineWatch::~MachineWatch() = default;

void MachineWatch::look()
{
    m_lookedAt = m_clock.awake();
    const bool isCutOff = domain::isCutOff({m_listened, m_sources.network->addresses()});
    if (isCutOff == m_fleet.cutOffSince().has_value())
        return;
    m_fleet.setCutOff(isCutOff);
    if (isCutOff) {
        m_events.add(QStringLiteral("network_gone"),
                     QStringLiteral("This machine has no network: gateways on other machines are not observed"));
    } else {
        m_acts.observedAgain();
        m_events.add(QStringLiteral("network_back"), QStringLiteral("This machine has a network again"));
    }
}

/// Thousands of connections may break at once: their network is looked at once a second.
void MachineWatch::lookAtBreak()
{
    constexpr domain::milliseconds recently{1000};
    if (!m_lookedAt || m_clock.awake() - *m_lookedAt >= recently)
        look();
}

MachineWatch::Sources systemSources()
{
    return {std::make_unique<LogindSleep>(), std::make_unique<SystemNetwork>()};
}

} // namespace flowgate::app
