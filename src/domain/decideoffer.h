// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/gateway.h"

#include <variant>

namespace flowgate::domain {

/// Why nothing is sent now.
enum class Hold {
    Unmanaged,      ///< nothing is wanted
    NotApproved,    ///< admission
    OnBootstrap,    ///< its token serves only to fetch one of its own (CS15)
    NotAccepted,    ///< no AcceptsRemoteConfig (RC1, S11)
    InSync,         ///< it reports the wanted hash as applied (RC3)
    Applying,       ///< it reports the wanted hash as being applied
    FailedBefore,   ///< this hash failed here; never again by itself (X6a, ST7)
    AwaitingStatus, ///< sent on this connection, no word yet (RC4)
};

struct Send
{
    ConfigHash hash;
    friend bool operator==(const Send &, const Send &) = default;
};

using OfferDecision = std::variant<Hold, Send>;

/// What one connection (for plain HTTP: the time until the gateway is silent or left) was already sent.
struct OfferMemory
{
    bool sent = false;  ///< the wanted hash went out on it
    bool again = false; ///< it is to go out once more, though the gateway says that it applied it
};

/// Whether the wanted config goes into the next message to this gateway. Compares with what the gateway reports,
/// not with what was last offered (X7).
/// @source ST6, ST7, RC1, RC3, RC4, S11, CS14, CS15, X6a, X7
[[nodiscard]] OfferDecision decideOffer(const Gateway &gateway, OfferMemory memory);

} // namespace flowgate::domain
