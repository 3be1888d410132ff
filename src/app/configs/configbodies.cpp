// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/configs/configbodies.h"

namespace flowgate::app {

void ConfigBodies::put(const domain::ConfigHash &hash, Body body)
{
    m_bodies.insert(hash, std::move(body));
}

ConfigBodies::Body ConfigBodies::get(const domain::ConfigHash &hash)
{
    if (const auto found = m_bodies.constFind(hash); found != m_bodies.constEnd())
        return *found;
    if (!m_fetching.contains(hash)) {
        m_fetching.insert(hash);
        m_fetch(hash, [this, hash](Body body) {
            m_fetching.remove(hash);
            if (!body)
                return;
            put(hash, std::move(body));
            if (m_arrived)
                m_arrived(hash);
        });
    }
    return m_bodies.value(hash);
}

void ConfigBodies::keepOnly(const QSet<domain::ConfigHash> &wanted)
{
    m_bodies.removeIf([&](const auto &entry) { return !wanted.contains(entry.key()); });
}

} // namespace flowgate::app
