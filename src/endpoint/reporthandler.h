// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/connectionend.h"
#include "domain/peer.h"
#include "domain/reply.h"
#include "domain/report.h"

namespace flowgate::endpoint {

/// What the endpoint hands decoded messages to. The endpoint answers malformed messages itself (T12, T19, ER1).
/// @thread io, all of it
class ReportHandler
{
public:
    virtual ~ReportHandler() = default;
    /// One well-formed message. The returned reply is sent at once: exactly one reply a message (S2, T31).
    [[nodiscard]] virtual domain::ServerReply handle(const domain::Peer &peer, const domain::AgentReport &report) = 0;
    /// Nothing more is heard on a WebSocket: it is gone, or a Close was sent on it. Called once a connection, from the
    /// event loop and never from within a call to the endpoint, after all that it brought was handled (S14).
    virtual void connectionClosed(domain::ConnectionId connection, const domain::ConnectionEnd &end) = 0;
    /// The peer of a WebSocket that we sent Close on is alive: it answered the Close, or went on sending. Called a few
    /// times a connection.
    /// @param report  what it sent; null: it answered the Close
    virtual void heardAfterClose(domain::ConnectionId connection, const domain::AgentReport *report) = 0;
    /// A message of @p bytes to an agent was not sent since it is over the limit (T18, T37).
    virtual void replyTooLarge(const domain::Peer &peer, const domain::GatewayId &gateway, qsizetype bytes) = 0;
};

} // namespace flowgate::endpoint
