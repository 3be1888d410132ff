// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/clonewatch.h"

#include <algorithm>
#include <utility>

namespace flowgate::domain {

namespace {

using namespace std::chrono_literals;

constexpr size_t enoughReturns = 3; ///< one or two may be messages out of order
constexpr milliseconds returnsCount = 5min;
constexpr size_t enoughTakeovers = 4;
constexpr milliseconds takeoversCount = 1min;
constexpr milliseconds suspicionLasts = 10min;

/// Adds @p now and gives how many of them are of the last @p window.
size_t count(std::vector<milliseconds> &times, milliseconds now, milliseconds window)
{
    std::erase_if(times, [&](milliseconds time) { return now - time > window; });
    times.push_back(now);
    return times.size();
}

} // namespace

bool CloneWatch::note(const Heard &heard)
{
    const auto follows = [&heard](std::optional<quint64> number) { return number && heard.sequence == *number + 1; };
    if (!heard.last || follows(heard.last))
        return false;
    const bool returned = follows(m_parked);
    m_parked = heard.last;
    bool found = returned && count(m_returns, heard.now, returnsCount) >= enoughReturns;
    if (heard.tookOver)
        found |= count(m_takeovers, heard.now, takeoversCount) >= enoughTakeovers;
    // Who did not take the uid that it was given comes again: the other one is not to be bothered anew each time.
    if (m_found && heard.now - *m_found <= suspicionLasts)
        found |= heard.tookOver || returned;
    if (!found)
        return false;
    m_parked.reset();
    m_returns.clear();
    m_takeovers.clear();
    m_found = heard.now;
    return true;
}

} // namespace flowgate::domain
