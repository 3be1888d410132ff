// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/linkwatch.h"

namespace flowgate::domain {

std::optional<LinkWatch::Flapping> LinkWatch::noteFlap(milliseconds now)
{
    std::erase_if(m_flaps, [now](milliseconds at) { return now - at > window; });
    m_flaps.push_back(now);
    if (m_since) {
        ++m_times;
        return {};
    }
    if (m_flaps.size() < enough)
        return {};
    m_since = m_flaps.front();
    m_times = m_flaps.size();
    return Flapping{m_times, now - *m_since, false};
}

std::optional<LinkWatch::Flapping> LinkWatch::takeCalm(milliseconds now)
{
    if (!m_since || now - m_flaps.back() < calm)
        return {};
    const Flapping over{m_times, m_flaps.back() - *m_since, true};
    *this = {};
    return over;
}

bool LinkWatch::isIdle(milliseconds now) const
{
    return !m_since && (m_flaps.empty() || now - m_flaps.back() > window);
}

} // namespace flowgate::domain
