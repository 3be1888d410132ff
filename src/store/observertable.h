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
    /// Removes runs that ended before @p before. Gives how many.
    Outcome<int> prune(WallTime before);

private:
    Sql &m_sql;
};

} // namespace flowgate::store
