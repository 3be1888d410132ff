// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/time.h"

#include <optional>
#include <vector>

namespace flowgate::domain {

/// Whether two live agents use one instance_uid, as a copied disk or a bad generator makes them. One agent counts its
/// messages without a break, whatever it reconnects by; two of them make two counts that are taken up in turn. Where
/// neither goes on counting, connections that replace each other again and again say the same.
/// @source S16, S17, X5c, X8
class CloneWatch
{
public:
    struct Heard
    {
        quint64 sequence = 0;
        std::optional<quint64> last; ///< of the message before, by whichever of them
        bool tookOver = false;       ///< another connection that is still open had the uid until now
        milliseconds now{};          ///< Clock::awake()
    };

    /// One message that did not come on the connection of the one before it. True: it comes from another agent than
    /// that one, and both are alive.
    [[nodiscard]] bool note(const Heard &heard);

private:
    std::optional<quint64> m_parked; ///< the last number of the count that was left
    std::vector<milliseconds> m_returns;
    std::vector<milliseconds> m_takeovers;
    std::optional<milliseconds> m_found; ///< when it was last sure
};

} // namespace flowgate::domain
