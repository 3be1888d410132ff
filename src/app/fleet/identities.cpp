// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/identities.h"

#include <algorithm>

namespace flowgate::app {

using namespace std::chrono_literals;
using domain::GatewayId;

namespace {

constexpr size_t mostClones = 16;                   ///< of one uid that are kept in mind
constexpr domain::milliseconds lateMessages = 2min; ///< so long a message under the old uid may be under way
constexpr domain::milliseconds closeTakes = 30s;    ///< more than the endpoint waits for the answer to a Close
constexpr qsizetype mostSuccessors = 10'000;        ///< uids that gateways had before

GatewayId newUid(qint64 unixMs)
{
    return GatewayId(domain::makeUuidV7(unixMs));
}

} // namespace

GatewayId Identities::promise(const GatewayId &old, qint64 unixMs)
{
    if (const auto known = m_promised.constFind(old); known != m_promised.cend())
        return *known;
    const GatewayId given = newUid(unixMs);
    m_promised.insert(old, given);
    m_awaited.insert(given, old);
    return given;
}

std::optional<GatewayId> Identities::promisedTo(const GatewayId &uid) const
{
    const auto old = m_awaited.constFind(uid);
    return old == m_awaited.cend() ? std::nullopt : std::optional(*old);
}

void Identities::kept(const GatewayId &uid, domain::ConnectionId connection, domain::milliseconds now)
{
    const GatewayId old = m_awaited.take(uid);
    forget(old);
    m_successors.removeIf([now](const auto &entry) { return now - entry.value().since > lateMessages; });
    if (m_successors.size() < mostSuccessors)
        m_successors.insert(old, {uid, connection, now});
}

std::optional<GatewayId> Identities::successor(const GatewayId &old, domain::ConnectionId connection,
                                               domain::milliseconds now) const
{
    const auto found = m_successors.constFind(old);
    const bool isIt =
        found != m_successors.cend() && found->connection == connection && now - found->since <= lateMessages;
    return isIt ? std::optional(found->id) : std::nullopt;
}

const Identities::Clone *Identities::findClone(const domain::AgentReport &report, domain::ConnectionId connection,
                                               const std::optional<domain::CloneWatch::Heard> &heard, bool isSure,
                                               qint64 unixMs)
{
    if (const auto known = m_clones.find(report.id); known != m_clones.end()) {
        const auto clone = std::ranges::find_if(*known, [&](const Clone &one) {
            return one.connection == connection && (connection != 0 || report.sequence == one.sequence + 1);
        });
        if (clone != known->end()) {
            clone->sequence = report.sequence;
            ++clone->answered;
            clone->isNew = false;
            return &*clone;
        }
    }
    const bool isFound = isSure || (heard && m_watches[report.id].note(*heard));
    if (!isFound)
        return nullptr;
    std::vector<Clone> &clones = m_clones[report.id];
    if (clones.size() >= mostClones)
        clones.erase(clones.begin());
    clones.push_back({newUid(unixMs), connection, report.sequence, 1, true});
    return &clones.back();
}

void Identities::connectionClosed(domain::ConnectionId connection)
{
    m_clones.removeIf([connection](auto entry) {
        std::erase_if(entry.value(), [connection](const Clone &clone) { return clone.connection == connection; });
        return entry.value().empty();
    });
}

void Identities::replaced(domain::ConnectionId connection, const GatewayId &id, domain::milliseconds now)
{
    m_replaced.insert(connection, {id, now});
}

void Identities::heardAfterClose(domain::ConnectionId connection, const domain::AgentReport *report,
                                 domain::milliseconds now)
{
    const auto known = m_replaced.constFind(connection);
    if (known == m_replaced.cend() || (report && report->id != known->id))
        return;
    if (const auto watch = m_watches.find(known->id); watch != m_watches.end())
        watch->noteAlive(connection, report ? std::optional(report->sequence) : std::nullopt, now);
}

void Identities::tick(domain::milliseconds now)
{
    m_replaced.removeIf([now](auto entry) { return now - entry.value().since > closeTakes; });
}

void Identities::forget(const GatewayId &id)
{
    m_awaited.remove(m_promised.take(id));
    m_watches.remove(id);
    m_clones.remove(id);
}

} // namespace flowgate::app
