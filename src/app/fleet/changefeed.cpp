// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/changefeed.h"

#include <algorithm>

namespace flowgate::app {

ChangeFeed::ChangeFeed(QObject *parent)
    : QObject(parent)
    , m_timer(this)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(50);
    connect(&m_timer, &QTimer::timeout, this, &ChangeFeed::publish);
}

int ChangeFeed::follow(Follower follower)
{
    m_followers.emplace_back(m_nextKey, std::move(follower));
    return m_nextKey++;
}

void ChangeFeed::unfollow(int key)
{
    std::erase_if(m_followers, [&](const auto &entry) { return entry.first == key; });
}

void ChangeFeed::gatewayChanged(const FleetChange &change)
{
    if (m_followers.empty())
        return;
    m_changed.insert(change.after->id, std::make_shared<const domain::Gateway>(*change.after));
    if (!m_timer.isActive())
        m_timer.start();
}

void ChangeFeed::gatewayForgotten(const domain::GatewayId &id)
{
    if (m_followers.empty())
        return;
    m_changed.remove(id);
    m_forgotten.push_back(id);
    if (!m_timer.isActive())
        m_timer.start();
}

void ChangeFeed::gatewayMoved(const domain::GatewayId &before, const domain::Gateway &after, Succession)
{
    gatewayForgotten(before);
    gatewayChanged({nullptr, &after, {}, {}, {}, false, false});
}

void ChangeFeed::publish()
{
    FleetDelta delta;
    delta.forgotten = std::exchange(m_forgotten, {});
    const auto changed = std::exchange(m_changed, {});
    delta.changed.assign(changed.begin(), changed.end());
    const auto followers = m_followers; // a follower may leave while it is told
    for (const auto &[key, follower] : followers)
        follower(delta);
}

} // namespace flowgate::app
