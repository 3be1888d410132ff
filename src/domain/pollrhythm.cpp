// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/pollrhythm.h"

#include <algorithm>

namespace flowgate::domain {

void PollRhythm::learn(milliseconds gap)
{
    if (gap <= milliseconds::zero())
        return;
    std::shift_right(m_gaps.begin(), m_gaps.end(), 1);
    m_gaps.front() = gap;
}

void PollRhythm::agree(milliseconds interval)
{
    m_gaps = {};
    std::fill_n(m_gaps.begin(), needed, interval);
}

std::optional<milliseconds> PollRhythm::interval() const
{
    auto gaps = m_gaps;
    const auto end = std::find(gaps.begin(), gaps.end(), milliseconds::zero());
    const auto known = std::distance(gaps.begin(), end);
    if (known < std::ptrdiff_t(needed))
        return {};
    // Of an even count the shorter of the two in the middle: silence is told sooner rather than later.
    const auto middle = gaps.begin() + (known - 1) / 2;
    std::nth_element(gaps.begin(), middle, end);
    return *middle;
}

} // namespace flowgate::domain
