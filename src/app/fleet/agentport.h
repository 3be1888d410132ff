// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/peer.h"
#include "domain/reply.h"

namespace flowgate::app {

/// The way out to agents that hold a WebSocket.
/// @thread io
class AgentPort
{
public:
    virtual ~AgentPort() = default;
    /// False if the connection cannot take it; then nothing was sent.
    virtual bool send(domain::ConnectionId connection, const domain::ServerReply &reply) = 0;
    virtual void close(domain::ConnectionId connection, const QString &reason) = 0;
    /// Closes it for policy (1008), once what is being answered now went out.
    virtual void turnAway(domain::ConnectionId connection, const QString &reason) = 0;
};

} // namespace flowgate::app
