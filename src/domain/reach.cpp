// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/reach.h"

#include <algorithm>

namespace flowgate::domain {

namespace {

bool isLoopback(QStringView address)
{
    return address.startsWith(u"127.") || address == u"::1" || address.startsWith(u"::ffff:127.");
}

bool isEvery(QStringView address)
{
    return address == u"0.0.0.0" || address == u"::";
}

} // namespace

bool isCutOff(const NetworkSight &sight)
{
    const auto isForOthers = [](const QString &address) { return !isLoopback(address); };
    const auto isReached = [&sight](const QString &address) {
        return isEvery(address) ? !sight.present.isEmpty() : sight.present.contains(address);
    };
    return std::any_of(sight.listened.begin(), sight.listened.end(), isForOthers) &&
           std::none_of(sight.listened.begin(), sight.listened.end(), isReached);
}

bool comesFromElsewhere(const Presence &presence)
{
    const QStringView peer = presence.peer;
    return !peer.isEmpty() && !isLoopback(peer.startsWith(u'[') ? peer.mid(1, peer.indexOf(u']') - 1) : peer);
}

std::optional<WallTime> audibleSince(const Presence &presence, WallTime observingSince, const NetworkTimes &network)
{
    if (!comesFromElsewhere(presence))
        return observingSince;
    if (network.goneSince)
        return {};
    return std::max(observingSince, network.back);
}

PresenceState afterBreak(const Presence &presence, const NetworkTimes &network)
{
    return network.goneSince && comesFromElsewhere(presence) ? PresenceState::NotObserved : PresenceState::Lost;
}

} // namespace flowgate::domain
