// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/telemetryowner.h"

#include "domain/words.h"

#include <algorithm>

namespace flowgate::domain {

namespace {

constexpr Words<NoOwner, noOwnerKinds> noOwnerWords{{{
    {NoOwner::NoId, u"no_id"},
    {NoOwner::Unknown, u"unknown"},
    {NoOwner::Ambiguous, u"ambiguous"},
}}};

/// A gateway that moved to another uid, or is a copy of another one, keeps the old mark until its next offer: its id
/// then is that of somebody else.
Result<GatewayId, NoOwner> ownerByMark(const TelemetrySigns &signs)
{
    const bool isItsOwn = !signs.hasId || signs.named == signs.marked || signs.markedClaims;
    const bool isNobodys = !signs.named && signs.claims.empty();
    if (isItsOwn || isNobodys)
        return *signs.marked;
    return unexpected(NoOwner::Ambiguous);
}

} // namespace

QString word(NoOwner value)
{
    return noOwnerWords.of(value);
}

std::optional<NoOwner> noOwnerFromWord(QStringView word)
{
    return noOwnerWords.find(word);
}

Result<GatewayId, NoOwner> telemetryOwner(const TelemetrySigns &signs)
{
    if (signs.marked)
        return ownerByMark(signs);
    if (!signs.hasId)
        return unexpected(NoOwner::NoId);
    if (signs.named) {
        // Another one that runs with this uid has taken the config of that gateway over. One that is not approved
        // could say anything.
        const bool isDisputed = std::ranges::any_of(signs.claims, &InstanceIdClaim::isApproved);
        return isDisputed ? Result<GatewayId, NoOwner>(unexpected(NoOwner::Ambiguous)) : *signs.named;
    }
    if (signs.claims.size() > 1)
        return unexpected(NoOwner::Ambiguous);
    if (signs.claims.empty() || !signs.claims.front().isApproved || !signs.claims.front().isHere)
        return unexpected(NoOwner::Unknown);
    return signs.claims.front().gateway;
}

} // namespace flowgate::domain
