// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/fullstate.h"

#include <algorithm>

namespace flowgate::app {

using namespace std::chrono_literals;
using domain::milliseconds;

namespace {

constexpr milliseconds shortest = 10s;
constexpr milliseconds longest = 10min;

} // namespace

bool FullStateDebt::isDue(milliseconds awake) const
{
    return m_owed && (!m_asked || awake - m_last >= m_pause);
}

void FullStateDebt::ask(milliseconds awake)
{
    m_owed = false;
    // A gateway that was quiet for long starts anew, one that keeps on making gaps waits twice as long each time.
    m_pause = m_asked && awake - m_last < 4 * m_pause ? std::min(2 * m_pause, longest) : shortest;
    m_asked = true;
    m_last = awake;
}

void FullStateAsks::settle(const domain::GatewayId &id)
{
    if (const auto debt = m_debts.find(id); debt != m_debts.end())
        debt->settle();
}

bool FullStateAsks::take(const domain::GatewayId &id, milliseconds awake)
{
    const auto debt = m_debts.find(id);
    if (debt == m_debts.end() || !debt->isDue(awake))
        return false;
    if (awake - m_second >= 1s) {
        m_second = awake;
        m_left = mostASecond;
    }
    if (m_left == 0)
        return false;
    --m_left;
    debt->ask(awake);
    return true;
}

void FullStateAsks::move(const domain::GatewayId &before, const domain::GatewayId &now)
{
    const auto debt = m_debts.constFind(before);
    if (debt == m_debts.constEnd())
        return;
    if (!m_debts.contains(now))
        m_debts.insert(now, FullStateDebt(*debt));
    m_debts.remove(before);
}

} // namespace flowgate::app
