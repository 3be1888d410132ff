// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/time.h"

namespace flowgate::domain {

/// Restarts of a collector that something of ours is about to cause: a config, connection settings, a restart command.
/// They begin a soak anew, yet do not speak against the config that is watched. Memory only.
class ExpectedRestarts
{
public:
    /// How long after the last cause a restart is put down to us.
    static constexpr milliseconds countsFor{60'000};

    /// Something that restarts the collector was sent at @p now.
    void expect(WallTime now);
    /// A restart was reported. Whether it was expected; each cause accounts for one restart.
    [[nodiscard]] bool take(WallTime now);

    friend bool operator==(const ExpectedRestarts &, const ExpectedRestarts &) = default;

private:
    int m_count = 0;
    WallTime m_since{}; ///< of the last cause
};

} // namespace flowgate::domain
