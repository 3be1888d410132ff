// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/peer.h"
#include "domain/time.h"

#include <optional>
#include <vector>

namespace flowgate::domain {

/// Whether two live agents use one instance_uid, as a copied disk or a bad generator makes them. Only what a bad link
/// cannot give is evidence: a connection that answers our Close or goes on sending though a newer one replaced it,
/// while the numbers of both cannot be the count of one agent; or two counts that are taken up in turn. Lost messages,
/// resets and silence are no evidence.
/// @source S16, S17, X5c, X8; docs/decisions/0020
class CloneWatch
{
public:
    struct Heard
    {
        ConnectionId connection = 0; ///< that it came on; 0: over HTTP
        quint64 sequence = 0;
        std::optional<quint64> last; ///< of the message before, by whichever of them
        ConnectionId replaces = 0;   ///< another connection that is still open had the uid until now; 0: none
        milliseconds now{};          ///< Clock::awake()
    };

    /// One message that did not come on the connection of the one before it. True: it comes from another agent than
    /// that one, and both are alive.
    [[nodiscard]] bool note(const Heard &heard);
    /// A connection that was replaced is alive. @param sequence  of a message that came on it; nothing: it answered our
    /// Close
    void noteAlive(ConnectionId replaced, std::optional<quint64> sequence, milliseconds now);

private:
    struct Replaced
    {
        ConnectionId connection = 0;
        quint64 last = 0;  ///< its last number
        quint64 first = 0; ///< of the connection that replaced it
    };
    [[nodiscard]] bool isOfTheOther(quint64 sequence, quint64 last) const;

    std::optional<quint64> m_parked; ///< the last number of the count that was left
    std::vector<Replaced> m_replaced;
    std::vector<milliseconds> m_returns;
    std::vector<milliseconds> m_alive;   ///< when replaced connections proved to be
    std::optional<milliseconds> m_found; ///< when it was last sure
    quint64 m_other = 0;                 ///< the number of the one that was found then
};

} // namespace flowgate::domain
