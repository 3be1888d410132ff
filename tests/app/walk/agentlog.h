// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/report.h"
#include "domain/time.h"

#include <optional>
#include <vector>

namespace flowgate::tests {

/// What one agent really reported, in order: the witness of the random walk. It knows nothing of rollouts, so it can
/// tell whether a claim of the control plane rests on what was said.
class AgentLog
{
public:
    struct Entry
    {
        domain::WallTime at{};
        bool isFailed = false;    ///< FAILED about `hash`
        bool isUnhealthy = false; ///< with an error
        bool isUnwell = false;    ///< not healthy, or no collector runs
        bool isRestart = false;   ///< another start time than the one before
        bool isRestartOurs = false;
        domain::ConfigHash hash;    ///< of the status report, if any
        domain::ConfigHash runs;    ///< the version of the effective config, if it brought one
        domain::ConfigHash applied; ///< what it reports as APPLIED by then; empty: nothing
    };

    /// A report that reached the control plane. @p isGap: by its number messages before it were lost.
    /// @param runs  the version whose text the effective config is; empty: none was brought
    void heard(const domain::AgentReport &report, const domain::ConfigHash &runs, bool isGap, domain::WallTime at);
    void connected(domain::WallTime at);
    void disconnected();
    /// Nobody looked until @p at: what holds has to hold from the beginning.
    void notObservedUntil(domain::WallTime at);
    /// Something that restarts the collector was sent.
    void sent(domain::WallTime at) { m_causes.push_back(at); }

    /// Everything that a proof of @p hash needs is reported, current, and was so since then.
    [[nodiscard]] std::optional<domain::WallTime> goodSince(const domain::ConfigHash &hash) const;
    /// Since @p from the agent ran @p hash well once, and something spoke against it after that.
    [[nodiscard]] bool isSpoiledSince(domain::WallTime from, const domain::ConfigHash &hash) const;
    /// Something that may be called a failure of @p hash was reported since @p from, or is what was reported last.
    [[nodiscard]] bool hasFaultSince(domain::WallTime from, const domain::ConfigHash &hash) const;
    /// Something that an offer depends on is known from before a gap only: the description, the status, what runs.
    [[nodiscard]] bool isStale() const;
    [[nodiscard]] bool isApplied(const domain::ConfigHash &hash) const { return isNow(hash); }
    /// The last status report is about @p hash, whoever sent it that.
    [[nodiscard]] bool reportsAbout(const domain::ConfigHash &hash) const { return m_status && m_status->hash == hash; }
    [[nodiscard]] bool runs(const domain::ConfigHash &hash) const { return m_runs == hash; }

private:
    [[nodiscard]] bool isNow(const domain::ConfigHash &hash) const;
    [[nodiscard]] bool isGood(const domain::ConfigHash &hash) const;
    [[nodiscard]] bool takeCause(domain::WallTime at);
    void follow(domain::WallTime at, bool isBroken);

    std::vector<Entry> m_entries;
    std::vector<std::pair<size_t, domain::ConfigHash>> m_goodFrom; ///< entry from which a hash was good, once a stretch
    std::vector<domain::WallTime> m_causes;
    bool m_isConnected = false;
    bool m_isDescriptionStale = false;
    bool m_isStatusStale = false;
    bool m_isEffectiveStale = false;
    bool m_isHealthStale = false;
    bool m_hasDescription = false;
    std::optional<domain::RemoteConfigStatus> m_status;
    std::optional<domain::ComponentHealth> m_health;
    quint64 m_start = 0;
    domain::ConfigHash m_runs;
    domain::ConfigHash m_good; ///< the version that everything is there for; empty: none
    domain::WallTime m_goodSince{};
};

} // namespace flowgate::tests
