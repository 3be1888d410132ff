// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/journal/eventlog.h"

#include <algorithm>

namespace flowgate::app {

void EventLog::add(const QString &kind, const QString &text, const std::optional<domain::GatewayId> &gateway,
                   const QString &by)
{
    const domain::Event event{0, m_clock.now(), kind, gateway, text, by};
    m_write(event);
    const auto followers = m_followers; // a follower may leave while it is told
    for (const auto &[key, follower] : followers)
        follower(event);
}

int EventLog::follow(Follower follower)
{
    m_followers.emplace_back(m_nextKey, std::move(follower));
    return m_nextKey++;
}

void EventLog::unfollow(int key)
{
    std::erase_if(m_followers, [&](const auto &entry) { return entry.first == key; });
}

} // namespace flowgate::app
