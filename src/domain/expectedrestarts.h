// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/time.h"

#include <vector>

namespace flowgate::domain {

/// Restarts of a collector that something of ours is about to cause: a config, connection settings, a restart command.
/// They begin a soak anew, yet do not speak against the config that is watched. Memory only.
class ExpectedRestarts
{
public:
    /// How long after a cause a restart is put down to it.
    static constexpr milliseconds countsFor{60'000};
    static constexpr size_t most = 16; ///< causes at a time; of more the oldest go

    /// Something that restarts the collector was sent at @p now.
    void expect(WallTime now);
    /// A restart was reported. Whether it was expected; each cause accounts for one restart.
    [[nodiscard]] bool take(WallTime now);

    friend bool operator==(const ExpectedRestarts &, const ExpectedRestarts &) = default;

private:
    std::vector<WallTime> m_causes; ///< oldest first
};

} // namespace flowgate::domain
