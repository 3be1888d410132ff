// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/expectedrestarts.h"

namespace flowgate::domain {

void ExpectedRestarts::expect(WallTime now)
{
    const bool isOver = now < m_since || now - m_since > countsFor;
    m_count = isOver ? 1 : m_count + 1;
    m_since = now;
}

bool ExpectedRestarts::take(WallTime now)
{
    if (m_count == 0)
        return false;
    --m_count;
    if (now >= m_since && now - m_since <= countsFor)
        return true;
    m_count = 0;
    return false;
}

} // namespace flowgate::domain
