// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/peer.h"

#include <QHostAddress>

namespace flowgate::net {

/// One end of a TCP connection.
struct SocketEnd
{
    QHostAddress address;
    quint16 port = 0;
};

/// Asks the system whose the other end of a connection on this computer is, by socket diagnostics (sock_diag(7)): one
/// exact question by both ends, answered by the kernel at once.
/// @thread one at a time
class PeerUsers
{
public:
    PeerUsers();
    ~PeerUsers();
    PeerUsers(const PeerUsers &) = delete;
    PeerUsers &operator=(const PeerUsers &) = delete;

    /// Whether the system answers at all: it was asked for a connection of our own. Nowhere but on Linux it does.
    [[nodiscard]] bool canTell() const { return m_canTell; }

    /// @param theirs, ours  as seen from here; IPv4-mapped addresses are asked for as IPv4
    /// @return Unknown where canTell() is false. A socket that is gone, or that no process holds any more, is another
    ///         user's: it has no owner then, which the kernel shows as uid 0.
    [[nodiscard]] domain::PeerUser of(const SocketEnd &theirs, const SocketEnd &ours);

private:
    [[nodiscard]] bool findsOwn();

    int m_socket = -1;
    quint32 m_asked = 0;
    bool m_canTell = false;
};

} // namespace flowgate::net
