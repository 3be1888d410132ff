// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/time.h"

namespace flowgate::domain {

/// Where time comes from. Handed to constructors, so that tests can move it by hand.
/// @thread any: implementations are safe to call from every thread.
class Clock
{
public:
    virtual ~Clock() = default;
    /// What the wall clock shows. It may step in both directions.
    [[nodiscard]] virtual WallTime now() const = 0;
    /// Time since some fixed moment that never steps and stands still while the machine sleeps.
    [[nodiscard]] virtual milliseconds awake() const = 0;
    /// Like awake(), and goes on while the machine sleeps. The difference of both grows only by sleep.
    [[nodiscard]] virtual milliseconds elapsed() const = 0;
};

/// The machine's own clocks.
class SystemClock final : public Clock
{
public:
    [[nodiscard]] WallTime now() const override;
    [[nodiscard]] milliseconds awake() const override;
    [[nodiscard]] milliseconds elapsed() const override;
};

} // namespace flowgate::domain
