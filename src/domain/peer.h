// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace flowgate::domain {

/// How a gateway reaches us.
enum class Transport { WebSocket, Http };

/// Names one WebSocket connection for as long as this process runs; 0 means "none" (plain HTTP has no connection
/// that matters, T39).
using ConnectionId = quint64;

/// Whose the other end of a connection on this computer is, as the system tells.
enum class PeerUser {
    Unknown, ///< it does not tell, or it was not asked: the connection comes from elsewhere
    Same,    ///< the user that runs this program
    Other,   ///< another one, or the other end is gone
};

/// Where a message came by.
struct Peer
{
    ConnectionId connection = 0;
    Transport transport = Transport::WebSocket;
    QString address;   ///< "127.0.0.1:51234"
    QString reachedUs; ///< the request's Host header: the address that the gateway reached us by; may be empty
    bool encrypted = false;
    QByteArray authorization; ///< value of the request's Authorization header: a secret, kept in memory only
    bool onLoopback = false;  ///< it came in by a listener on a loopback address
    PeerUser user = PeerUser::Unknown;
    bool byProxy = false; ///< a proxy that says so stands in between: what it was reached by is not known here

    friend bool operator==(const Peer &, const Peer &) = default;
};

} // namespace flowgate::domain
