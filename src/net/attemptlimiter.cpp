// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/attemptlimiter.h"

#include "net/addressgroup.h"

#include <algorithm>
#include <chrono>

namespace flowgate::net {

using namespace std::chrono_literals;

domain::milliseconds AttemptLimiter::wait(const QHostAddress &address, domain::milliseconds now) const
{
    if (m_limits.attempts == 0)
        return 0ms;
    const auto known = m_records.constFind(addressGroup(address));
    return known != m_records.constEnd() && known->pausing ? std::max(known->until - now, 0ms) : 0ms;
}

void AttemptLimiter::noteFailure(const QHostAddress &address, domain::milliseconds now)
{
    if (m_limits.attempts == 0)
        return;
    const QHostAddress group = addressGroup(address);
    auto record = m_records.find(group);
    if (record == m_records.end()) {
        makeRoom(now);
        if (m_records.size() >= mostAddresses)
            return;
        record = m_records.insert(group, {});
    }
    if (now >= record->until)
        *record = {.failures = 0, .until = now + m_limits.within, .pausing = false};
    if (record->pausing || ++record->failures < m_limits.attempts)
        return;
    record->pausing = true;
    record->until = now + m_limits.pause;
}

/// What has run out goes when room is needed, and not more often than each second: looking through all of it must not
/// become the load.
void AttemptLimiter::makeRoom(domain::milliseconds now)
{
    if (m_records.size() < mostAddresses || now < m_nextSweep)
        return;
    m_nextSweep = now + 1s;
    m_records.removeIf([now](const auto &entry) { return now >= entry.value().until; });
}

} // namespace flowgate::net
