// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/clonewatch.h"
#include "domain/peer.h"
#include "domain/report.h"

#include <QHash>

namespace flowgate::app {

/// Uids that we gave out, and what speaks for two gateways having one. Memory only: after a start a gateway that comes
/// with a uid it was given before is a new one, to be linked by hand.
/// @thread io
class Identities
{
public:
    /// A gateway that goes by a uid of which another one is the owner.
    struct Clone
    {
        domain::GatewayId given;             ///< the uid that it was told to take
        domain::ConnectionId connection = 0; ///< on which it was told; 0: over HTTP, where its number tells it apart
        quint64 sequence = 0;                ///< of its last message
        int answered = 0;
        bool isNew = false; ///< found with this message
    };

    /// The uid for a gateway that asked for one, or that another gateway is to take; the same again until it comes
    /// with it (S5).
    [[nodiscard]] domain::GatewayId promise(const domain::GatewayId &old, qint64 unixMs);
    /// Who asked for @p uid and has not come with it; nothing for any other uid.
    [[nodiscard]] std::optional<domain::GatewayId> promisedTo(const domain::GatewayId &uid) const;
    /// It came: its record is under @p uid from now on, and what it still sends under the old one is its own (S6).
    void kept(const domain::GatewayId &uid, domain::ConnectionId connection, domain::milliseconds now);
    /// The uid by which the sender of a message under @p old goes by now; nothing if that is @p old.
    [[nodiscard]] std::optional<domain::GatewayId>
    successor(const domain::GatewayId &old, domain::ConnectionId connection, domain::milliseconds now) const;

    /// Whether this message is from another gateway than the one whose uid it bears. The clone is kept in mind, so
    /// that it is told the same uid again.
    /// @param heard   nothing: it came on the connection of the message before it
    /// @param isSure  it is known by something else than how it counts
    [[nodiscard]] const Clone *findClone(const domain::AgentReport &report, domain::ConnectionId connection,
                                         const std::optional<domain::CloneWatch::Heard> &heard, bool isSure,
                                         qint64 unixMs);
    void connectionClosed(domain::ConnectionId connection);
    /// @p id came on a newer connection, and @p connection is closed for that, unless others share it.
    void replaced(domain::ConnectionId connection, const domain::GatewayId &id, domain::milliseconds now);
    /// What came on a connection behind our Close; null: the answer to it.
    void heardAfterClose(domain::ConnectionId connection, const domain::AgentReport *report, domain::milliseconds now);
    /// Drops what is too old to matter. Call it each second.
    void tick(domain::milliseconds now);
    void forget(const domain::GatewayId &id);

private:
    struct Successor
    {
        domain::GatewayId id;
        domain::ConnectionId connection = 0;
        domain::milliseconds since{};
    };

    struct Replaced
    {
        domain::GatewayId id;
        domain::milliseconds since{};
    };

    QHash<domain::ConnectionId, Replaced> m_replaced;       ///< that may still prove to be alive
    QHash<domain::GatewayId, domain::GatewayId> m_promised; ///< old to new
    QHash<domain::GatewayId, domain::GatewayId> m_awaited;  ///< new to old
    QHash<domain::GatewayId, Successor> m_successors;       ///< by the old uid
    QHash<domain::GatewayId, domain::CloneWatch> m_watches; ///< of those that came by more ways than one
    QHash<domain::GatewayId, std::vector<Clone>> m_clones;  ///< by the uid that they share
};

} // namespace flowgate::app
