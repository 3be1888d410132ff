// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

namespace flowgate::app {

/// What tells that the machine is about to sleep and that it woke. Where nothing does, the clocks alone tell later.
/// @thread io
class SleepSource
{
public:
    struct Listener
    {
        /// It is about to sleep, and waits a moment (of logind: 5 s) for `ready` to be called.
        std::function<void(std::function<void()> ready)> fallsAsleep;
        std::function<void()> wakes;
    };

    virtual ~SleepSource() = default;
    virtual void follow(Listener listener) = 0;
};

} // namespace flowgate::app
