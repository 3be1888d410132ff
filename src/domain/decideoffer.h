// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/gateway.h"

#include <variant>

namespace flowgate::domain {

/// Why nothing is sent now.
enum class Hold {
    Unmanaged,             ///< nothing is wanted
    NotApproved,           ///< admission
    OnBootstrap,           ///< its token serves only to fetch one of its own (CS15)
    NotAccepted,           ///< no AcceptsRemoteConfig (RC1, S11)
    InSync,                ///< it reports the wanted hash as applied (RC3)
    Applying,              ///< it reports the wanted hash as being applied
    FailedBefore,          ///< this hash failed here; never again by itself (X6a, ST7)
    AwaitingStatus,        ///< sent on this connection, no word yet (RC4)
    AwaitingFullState,     ///< what is known is from before a gap, or nothing is known: first the full state (S8)
    KeepsReportingAnother, ///< offered mostRepeats times within an hour, and another hash is reported again
};

struct Send
{
    ConfigHash hash;
    bool isRepeat = false; ///< it had answered an offer of this hash, and reports another one now
    friend bool operator==(const Send &, const Send &) = default;
};

using OfferDecision = std::variant<Hold, Send>;

/// How long an offer without an answer counts as under way where no rollout says otherwise.
inline constexpr milliseconds offerIsUnderWay{60'000};

/// What one connection (for plain HTTP: the time until the gateway is silent or left) was already sent.
struct OfferMemory
{
    bool sent = false;  ///< the wanted hash went out on it
    bool again = false; ///< it is to go out once more, though the gateway says that it applied it
    WallTime now{};
    milliseconds patience = offerIsUnderWay; ///< so long an older hash is no answer to the offer
};

/// Whether the wanted config goes into the next message to this gateway. Compares with what the gateway reports,
/// not with what was last offered (X7). Where another hash is reported though the offer was answered, or had its time,
/// it is offered again, at most mostRepeats times within an hour.
/// @source ST6, ST7, RC1, RC3, RC4, S11, CS14, CS15, X6a, X7
[[nodiscard]] OfferDecision decideOffer(const Gateway &gateway, OfferMemory memory);

} // namespace flowgate::domain
