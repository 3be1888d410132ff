// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/expectedrestarts.h"

namespace flowgate::domain {

void ExpectedRestarts::expect(WallTime now)
{
    if (m_causes.size() == most)
        m_causes.erase(m_causes.begin());
    m_causes.push_back(now);
}

bool ExpectedRestarts::take(WallTime now)
{
    // One that is still to come is from before the wall clock was set back.
    std::erase_if(m_causes, [now](WallTime cause) { return cause > now || now - cause > countsFor; });
    if (m_causes.empty())
        return false;
    m_causes.erase(m_causes.begin());
    return true;
}

} // namespace flowgate::domain
