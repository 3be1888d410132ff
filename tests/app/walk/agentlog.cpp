// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/walk/agentlog.h"

#include "domain/expectedrestarts.h"

#include <algorithm>

namespace flowgate::tests {

using namespace domain;

void AgentLog::heard(const AgentReport &report, const ConfigHash &runs, bool isGap, WallTime at)
{
    if (isGap) {
        m_isDescriptionStale = m_hasDescription;
        m_isStatusStale = m_status.has_value();
        m_isEffectiveStale = !m_runs.isEmpty();
        m_isHealthStale = m_health.has_value();
    }
    Entry entry{at, false, false, false, false, false, {}, runs, {}};
    if (report.description) {
        m_hasDescription = true;
        m_isDescriptionStale = false;
    }
    if (report.remoteConfigStatus) {
        m_status = report.remoteConfigStatus;
        m_isStatusStale = false;
        entry.hash = m_status->hash;
        entry.isFailed = m_status->status == ApplyStatus::Failed;
    }
    if (!runs.isEmpty()) {
        m_runs = runs;
        m_isEffectiveStale = false;
    }
    if (report.health) {
        m_health = report.health;
        m_isHealthStale = false;
        entry.isUnhealthy = !m_health->healthy && !m_health->lastError.isEmpty();
        entry.isUnwell = !m_health->healthy || m_health->startTimeUnixNano == 0;
        if (m_health->startTimeUnixNano != 0) {
            entry.isRestart = m_start != 0 && m_health->startTimeUnixNano != m_start;
            entry.isRestartOurs = entry.isRestart && takeCause(at);
            m_start = m_health->startTimeUnixNano;
        }
    }
    if (m_status && m_status->status == ApplyStatus::Applied)
        entry.applied = m_status->hash;
    m_entries.push_back(entry);
    follow(at, entry.isRestart);
}

bool AgentLog::takeCause(WallTime at)
{
    std::erase_if(m_causes, [at](WallTime cause) { return at - cause > ExpectedRestarts::countsFor; });
    if (m_causes.empty())
        return false;
    m_causes.erase(m_causes.begin());
    return true;
}

void AgentLog::connected(WallTime at)
{
    m_isConnected = true;
    follow(at, true);
}

void AgentLog::disconnected()
{
    m_isConnected = false;
    follow({}, true);
}

void AgentLog::notObservedUntil(WallTime at)
{
    m_isConnected = false;
    follow(at, true);
}

bool AgentLog::isStale() const
{
    return m_isDescriptionStale || m_isStatusStale || m_isEffectiveStale;
}

bool AgentLog::isNow(const ConfigHash &hash) const
{
    return m_status && m_status->hash == hash && m_status->status == ApplyStatus::Applied && m_runs == hash;
}

bool AgentLog::isGood(const ConfigHash &hash) const
{
    return m_isConnected && !isStale() && !m_isHealthStale && isNow(hash) && m_health && m_health->healthy &&
           m_health->startTimeUnixNano != 0;
}

void AgentLog::follow(WallTime at, bool isBroken)
{
    const ConfigHash good = !m_runs.isEmpty() && isGood(m_runs) ? m_runs : ConfigHash();
    if (good != m_good || isBroken)
        m_goodSince = at;
    if (!good.isEmpty() && good != m_good)
        m_goodFrom.emplace_back(m_entries.size(), good);
    m_good = good;
}

std::optional<WallTime> AgentLog::goodSince(const ConfigHash &hash) const
{
    return m_good == hash && !hash.isEmpty() ? std::optional(m_goodSince) : std::nullopt;
}

bool AgentLog::isSpoiledSince(WallTime from, const ConfigHash &hash) const
{
    const auto first = std::ranges::find_if(m_goodFrom, [&](const auto &good) {
        return good.second == hash && good.first > 0 && m_entries[good.first - 1].at >= from;
    });
    const size_t watched = first == m_goodFrom.end() ? m_entries.size() : first->first;
    int restarts = 0;
    for (size_t i = 0; i < m_entries.size(); ++i) {
        const Entry &entry = m_entries[i];
        if (entry.at >= from && entry.isFailed && entry.hash == hash)
            return true;
        if (i < watched)
            continue;
        restarts += entry.isRestart && !entry.isRestartOurs ? 1 : 0;
        if ((entry.isUnhealthy && entry.applied == hash) || restarts >= 3)
            return true;
    }
    return false;
}

bool AgentLog::hasFaultSince(WallTime from, const ConfigHash &hash) const
{
    const bool isUnwell = m_health && (!m_health->healthy || m_health->startTimeUnixNano == 0);
    return isUnwell || m_runs != hash || std::ranges::any_of(m_entries, [&](const Entry &entry) {
               return entry.at >= from &&
                      ((entry.isFailed && entry.hash == hash) || entry.isUnhealthy || entry.isRestart);
           });
}

} // namespace flowgate::tests
