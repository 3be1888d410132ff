// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/offerrepeats.h"

#include <algorithm>

namespace flowgate::domain {

namespace {

/// A time that is still to come is from before the wall clock was set back.
bool counts(WallTime time, WallTime now)
{
    return time <= now && now - time < repeatsCount;
}

} // namespace

bool mayRepeat(const OfferRepeats &repeats, const ConfigHash &hash, WallTime now)
{
    const auto recent = std::ranges::count_if(repeats.at, [now](WallTime time) { return counts(time, now); });
    return repeats.hash != hash || static_cast<size_t>(recent) < mostRepeats;
}

void noteRepeat(OfferRepeats &repeats, const ConfigHash &hash, WallTime now)
{
    if (repeats.hash != hash)
        repeats = {hash, {}, false};
    std::erase_if(repeats.at, [now](WallTime time) { return !counts(time, now); });
    repeats.at.push_back(now);
}

} // namespace flowgate::domain
