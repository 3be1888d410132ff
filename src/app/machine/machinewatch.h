// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/machine/sleepsource.h"

#include <memory>

namespace flowgate::app {

class Fleet;

/// Brings what this machine does to what is claimed of the fleet: when it falls asleep, what was observed is written
/// down; when it wakes, nothing is claimed of the time between.
/// @thread io
class MachineWatch
{
public:
    /// Writes down until when we looked, and calls @p written when that is on disk.
    using WriteDown = std::function<void(std::function<void()> written)>;

    MachineWatch(Fleet &fleet, std::unique_ptr<SleepSource> sleep, WriteDown writeDown);
    ~MachineWatch();

private:
    Fleet &m_fleet;
    std::unique_ptr<SleepSource> m_sleep;
};

} // namespace flowgate::app
