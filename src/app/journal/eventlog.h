// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/clock.h"
#include "domain/event.h"

#include <functional>
#include <vector>

namespace flowgate::app {

/// Where notable facts go: who did what, and what happened. Writes each to the database and tells whoever follows.
/// @thread io
class EventLog
{
public:
    using Write = std::function<void(const domain::Event &)>;
    using Follower = std::function<void(const domain::Event &)>;

    EventLog(const domain::Clock &clock, Write write)
        : m_clock(clock)
        , m_write(std::move(write))
    {
    }

    void add(const QString &kind, const QString &text, const std::optional<domain::GatewayId> &gateway = {},
             const QString &by = QStringLiteral("flowgate"));
    /// @return a key for unfollow()
    int follow(Follower follower);
    void unfollow(int key);

private:
    const domain::Clock &m_clock;
    Write m_write;
    std::vector<std::pair<int, Follower>> m_followers;
    int m_nextKey = 1;
};

} // namespace flowgate::app
