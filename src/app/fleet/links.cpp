// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/links.h"

namespace flowgate::app {

using domain::GatewayId;

std::optional<Links::Flapping> Links::cameBack(const GatewayId &id, bool replaces, bool countsOn,
                                               domain::milliseconds now)
{
    const bool broke = m_broken.remove(id);
    if (!countsOn || !(broke || replaces))
        return {};
    return m_watches[id].noteFlap(now);
}

std::vector<std::pair<GatewayId, Links::Flapping>> Links::takeCalm(domain::milliseconds now)
{
    std::vector<std::pair<GatewayId, Flapping>> calm;
    m_watches.removeIf([&](auto entry) {
        if (const auto over = entry.value().takeCalm(now))
            calm.emplace_back(entry.key(), *over);
        return entry.value().isIdle(now);
    });
    return calm;
}

void Links::forget(const GatewayId &id)
{
    m_broken.remove(id);
    m_watches.remove(id);
}

} // namespace flowgate::app
