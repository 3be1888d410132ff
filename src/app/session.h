// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/gateway.h"

#include <QSet>

namespace flowgate::app {

/// What holds for one gateway as long as it is reached in one way: a WebSocket, or HTTP polls without a long silence
/// (RC4). Not kept on disk.
struct Session
{
    domain::ConnectionId connection = 0;          ///< 0: none, or plain HTTP
    bool open = false;                            ///< the gateway has been heard on it, and it has not ended
    bool capabilitiesSent = false;                ///< a debt until the first good reply of a WebSocket (S12, ER3)
    bool restartPending = false;                  ///< for HTTP: goes with the next poll (CM3)
    QSet<domain::ConfigHash> sent;                ///< configs that went out (RC4)
    domain::ConfigHash again;                     ///< goes out once more; empty: none
    QSet<domain::ComponentsHash> askedComponents; ///< once a connection and hash (ST11)
    domain::Peer peer;                            ///< as its last message came; holds a secret
    domain::ConnectionHash offered;               ///< connection settings that went out; empty: none
    bool connectionDecided = false;               ///< whether to offer connection settings was looked at
};

/// Whether a gateway is to be asked for its full state, at most once in 10 s, then rarer and rarer (X5c). What may
/// not be asked yet stays owed until a later reply.
class FullStateDebt
{
public:
    void owe() { m_owed = true; }
    void settle() { m_owed = false; }

    /// Whether to ask in this reply; @p awake is Clock::awake().
    [[nodiscard]] bool takeAsk(domain::milliseconds awake)
    {
        if (!m_owed || (m_asked && awake - m_last < m_pause))
            return false;
        m_owed = false;
        // A gateway that was quiet for long starts anew, one that keeps on making gaps waits twice as long each time.
        m_pause = m_asked && awake - m_last < 4 * m_pause ? std::min(2 * m_pause, longest) : shortest;
        m_asked = true;
        m_last = awake;
        return true;
    }

private:
    static constexpr domain::milliseconds shortest{10'000};
    static constexpr domain::milliseconds longest{600'000};
    bool m_owed = false;
    bool m_asked = false;
    domain::milliseconds m_last{};
    domain::milliseconds m_pause = shortest;
};

} // namespace flowgate::app
