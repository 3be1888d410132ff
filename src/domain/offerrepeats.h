// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ids.h"
#include "domain/time.h"

#include <vector>

namespace flowgate::domain {

/// How often a config was offered again because the gateway reports another one though it had answered the offer.
/// Bounded, so that a gateway which keeps leaving the desired config is not restarted for ever (RC9).
/// Memory only: a restart of ours begins to count anew.
struct OfferRepeats
{
    ConfigHash hash;          ///< the config that is counted; another one begins to count anew
    std::vector<WallTime> at; ///< of the last hour, oldest first
    bool isExhausted = false; ///< no more is offered for now

    friend bool operator==(const OfferRepeats &, const OfferRepeats &) = default;
};

inline constexpr size_t mostRepeats = 3;               ///< for one gateway and hash, within repeatsCount
inline constexpr milliseconds repeatsCount{3'600'000}; ///< an hour

/// Whether @p hash may be offered once more at @p now.
[[nodiscard]] bool mayRepeat(const OfferRepeats &repeats, const ConfigHash &hash, WallTime now);
/// It was offered once more.
void noteRepeat(OfferRepeats &repeats, const ConfigHash &hash, WallTime now);

} // namespace flowgate::domain
