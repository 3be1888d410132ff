// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/error.h"

#include <optional>
#include <vector>

namespace flowgate::store {

class Sql;

/// A stretch of time in which this control plane was up and awake. What lies between two runs was not observed.
struct ObserverRun
{
    WallTime from{};
    WallTime until{}; ///< last refreshed

    friend bool operator==(const ObserverRun &, const ObserverRun &) = default;
};

/// How often the end of a run is written.
inline constexpr milliseconds observerTick{10'000};

/// @thread store
class ObserverTable
{
public:
    explicit ObserverTable(Sql &sql)
        : m_sql(sql)
    {
    }

    /// Begins a run; it is known by its beginning.
    Outcome<void> start(WallTime from);
    /// Moves the end of the run that began at @p from; makes the run if it is not there.
    Outcome<void> touch(WallTime from, WallTime until);
    /// Runs that reach to @p since or later, oldest first.
    [[nodiscard]] Outcome<std::vector<ObserverRun>> since(WallTime since);
    [[nodiscard]] Outcome<std::optional<ObserverRun>> last();
    /// When somebody last looked, as seen from @p at: that moment itself if a run covers it, else the end of the run
    /// before. Nothing before the first run. The newest run counts a little beyond its end, which is only written from
    /// time to time.
    [[nodiscard]] Outcome<std::optional<WallTime>> lastLook(WallTime at);
    /// Removes runs that ended before @p before. Gives how many.
    Outcome<int> prune(WallTime before);

private:
    Sql &m_sql;
};

} // namespace flowgate::store
