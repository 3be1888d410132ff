// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/handshakequeue.h"

#include "net/addressgroup.h"

#include <algorithm>

namespace flowgate::net {

void HandshakeQueue::setLimits(int total, int perAddress)
{
    m_total = total;
    m_perAddress = perAddress;
}

HandshakeQueue::Begun HandshakeQueue::begin(const QHostAddress &address, domain::milliseconds now)
{
    const QHostAddress group = addressGroup(address);
    Begun begun;
    const bool isFullForIt = m_counts.value(group) >= m_perAddress;
    if (isFullForIt || size() >= m_total) {
        begun.dropped = leaving(isFullForIt ? group : largest(), now);
        if (!begun.dropped)
            return begun;
        end(*begun.dropped);
    }
    begun.key = ++m_last;
    m_entries.emplace(*begun.key, Entry{group, now, true});
    ++m_counts[group];
    return begun;
}

void HandshakeQueue::spoke(Key key)
{
    if (const auto entry = m_entries.find(key); entry != m_entries.end())
        entry->second.isSilent = false;
}

void HandshakeQueue::end(Key key)
{
    const auto entry = m_entries.find(key);
    if (entry == m_entries.end())
        return;
    const auto count = m_counts.find(entry->second.group);
    if (--*count == 0)
        m_counts.erase(count);
    m_entries.erase(entry);
}

std::optional<HandshakeQueue::Key> HandshakeQueue::leaving(const QHostAddress &group, domain::milliseconds now) const
{
    const auto of = [&](auto &&isOne) -> std::optional<Key> {
        const auto found = std::ranges::find_if(
            m_entries, [&](const auto &entry) { return entry.second.group == group && isOne(entry.second); });
        return found == m_entries.end() ? std::nullopt : std::optional(found->first);
    };
    if (const auto silent = of([](const Entry &entry) { return entry.isSilent; }))
        return silent;
    return of([now](const Entry &entry) { return now - entry.since >= enough; });
}

QHostAddress HandshakeQueue::largest() const
{
    const auto most = std::max_element(m_counts.begin(), m_counts.end());
    return most == m_counts.end() ? QHostAddress() : most.key();
}

} // namespace flowgate::net
