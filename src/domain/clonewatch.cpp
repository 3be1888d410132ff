// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/clonewatch.h"

#include <algorithm>

namespace flowgate::domain {

namespace {

using namespace std::chrono_literals;

constexpr size_t enough = 3; ///< of either evidence; one or two may be messages out of order
constexpr milliseconds evidenceCounts = 5min;
constexpr milliseconds suspicionLasts = 10min;
constexpr size_t mostReplaced = 8; ///< connections whose end is still looked at

void forgetOld(std::vector<milliseconds> &times, milliseconds now)
{
    std::erase_if(times, [now](milliseconds time) { return now - time > evidenceCounts; });
}

/// Whether one agent may have sent @p sequence between two others: a number that was lost comes late.
bool fitsBetween(quint64 last, quint64 sequence, quint64 first)
{
    return last < sequence && sequence <= first;
}

} // namespace

bool CloneWatch::note(const Heard &heard)
{
    // It may share its old connection with others, which was not closed for that.
    noteAlive(heard.connection, heard.sequence, heard.now);
    const auto follows = [&heard](std::optional<quint64> number) { return number && heard.sequence == *number + 1; };
    if (!heard.last || follows(heard.last))
        return false;
    forgetOld(m_returns, heard.now);
    forgetOld(m_alive, heard.now);
    const bool returned = follows(m_parked);
    m_parked = heard.last;
    if (returned)
        m_returns.push_back(heard.now);
    bool found = m_returns.size() >= enough || (heard.replaces != 0 && m_alive.size() >= enough);
    // Who did not take the uid that it was given comes again: the other one is not to be bothered anew each time.
    if (m_found && heard.now - *m_found <= suspicionLasts)
        found |= returned || (heard.replaces != 0 && isOfTheOther(heard.sequence, *heard.last));
    if (found) {
        *this = {};
        m_found = heard.now;
        m_other = heard.sequence;
        return true;
    }
    if (heard.replaces != 0) {
        if (m_replaced.size() >= mostReplaced)
            m_replaced.erase(m_replaced.begin());
        m_replaced.push_back({heard.replaces, *heard.last, heard.sequence});
    }
    return false;
}

void CloneWatch::noteAlive(ConnectionId replaced, std::optional<quint64> sequence, milliseconds now)
{
    const auto known = std::ranges::find(m_replaced, replaced, &Replaced::connection);
    if (replaced == 0 || known == m_replaced.end())
        return;
    // An agent that left its old connection open answers our Close on it, too: its numbers go on.
    const bool isOneCount =
        known->first > known->last && (!sequence || fitsBetween(known->last, *sequence, known->first));
    if (isOneCount)
        return;
    m_replaced.erase(known); // once a connection
    m_alive.push_back(now);
}

/// Whose count a message goes on with: the one whose last number is the nearest below it.
bool CloneWatch::isOfTheOther(quint64 sequence, quint64 last) const
{
    if (last >= sequence)
        return true;
    return m_other < sequence && m_other >= last;
}

} // namespace flowgate::domain
