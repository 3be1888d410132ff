// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/machine/machinewatch.h"

#include "app/fleet.h"

namespace flowgate::app {

MachineWatch::MachineWatch(Fleet &fleet, std::unique_ptr<SleepSource> sleep, WriteDown writeDown)
    : m_fleet(fleet)
    , m_sleep(std::move(sleep))
{
    m_sleep->follow({[this, writeDown = std::move(writeDown)](std::function<void()> ready) {
                         m_fleet.fallAsleep();
                         writeDown(std::move(ready));
                     },
                     [this] { m_fleet.wake(); }});
}

MachineWatch::~MachineWatch() = default;

} // namespace flowgate::app
