// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace flowgate::domain {

/// How a WebSocket ended. Only a break says something about the gateway or the network.
struct ConnectionEnd
{
    enum class By {
        Break,    ///< a reset, an end without a Close frame, or pings that were not answered
        Peer,     ///< the gateway sent Close
        Protocol, ///< a Close after an error of the WebSocket protocol; which side sent it first is not known
        Us        ///< we sent Close, for a reason of ours
    };
    By by = By::Break;
    QString why; ///< one clause without a name: "its token was revoked"; may be empty

    friend bool operator==(const ConnectionEnd &, const ConnectionEnd &) = default;
};

} // namespace flowgate::domain
