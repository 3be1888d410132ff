// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/peer.h"
#include "net/http.h"

namespace flowgate::endpoint {

/// Who sent a request, as its head tells. Nothing of it is proof of who it is.
[[nodiscard]] domain::Peer peerOf(const net::Headers &headers, const net::PeerAddress &address,
                                  domain::Transport transport, domain::ConnectionId connection);

} // namespace flowgate::endpoint
