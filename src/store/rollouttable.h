// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/rollout.h"
#include "store/error.h"

#include <map>
#include <vector>

namespace flowgate::store {

class Sql;

/// A rollout without its targets, and how many of them are at which step.
struct RolloutHead
{
    domain::Rollout rollout;
    std::map<domain::TargetStep, int> counts;

    friend bool operator==(const RolloutHead &, const RolloutHead &) = default;
};

struct LoadedRollouts
{
    std::vector<domain::Rollout> rollouts; ///< oldest first
    std::vector<Damage> damaged;           ///< such a rollout is left out
};

/// Rollouts and their targets. @thread store
class RolloutTable
{
public:
    explicit RolloutTable(Sql &sql)
        : m_sql(sql)
    {
    }

    /// Writes the whole value; targets that it no longer has go.
    Outcome<void> put(const domain::Rollout &rollout);
    /// Writes everything but the targets.
    Outcome<void> putHead(const domain::Rollout &rollout);
    /// Writes these targets; new ones come last. @errors Conflict: no such rollout
    Outcome<void> putTargets(const QString &rollout, const std::vector<domain::RolloutTarget> &targets);

    /// What goes on after a start: running, halted or in force, or a target is on its way back.
    [[nodiscard]] Outcome<LoadedRollouts> active();
    /// @errors NotFound | Damaged
    [[nodiscard]] Outcome<domain::Rollout> get(const QString &id);
    /// Newest first; one that cannot be read is left out.
    [[nodiscard]] Outcome<std::vector<RolloutHead>> list(int limit = 1000);

private:
    Sql &m_sql;
};

} // namespace flowgate::store
