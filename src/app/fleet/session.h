// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/decideoffer.h"

#include <QSet>

namespace flowgate::app {

/// What holds for one gateway as long as it is reached in one way: a WebSocket, or HTTP polls without a long silence
/// (RC4). Not kept on disk.
struct Session
{
    domain::ConnectionId connection = 0; ///< 0: none, or plain HTTP
    bool open = false;                   ///< the gateway has been heard on it, and it has not ended
    bool capabilitiesSent = false;       ///< a debt until the first good reply of a WebSocket (S12, ER3)
    bool restartPending = false;         ///< for HTTP: goes with the next poll (CM3)
    QSet<domain::ConfigHash> sent;       ///< configs that went out (RC4)
    domain::milliseconds patience = domain::offerIsUnderWay; ///< so long the desired config may be without an answer
    domain::ConfigHash again;                                ///< goes out once more; empty: none
    QSet<domain::ComponentsHash> askedComponents;            ///< once a connection and hash (ST11)
    domain::Peer peer;                                       ///< as its last message came; holds a secret
    domain::ConnectionHash offered;                          ///< connection settings that went out; empty: none
    bool connectionDecided = false;                          ///< whether to offer connection settings was looked at
};

} // namespace flowgate::app
