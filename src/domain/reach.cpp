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

Presence afterEnd(Presence presence, const ConnectionEnd &end, const NetworkTimes &network)
{
    const bool isCutOff = network.goneSince && comesFromElsewhere(presence);
    if (end.by == ConnectionEnd::By::Us) {
        presence.state = PresenceState::NotObserved;
        presence.why = QStringLiteral("closed by Flowgate: ") + end.why;
    } else if (end.by == ConnectionEnd::By::Protocol) {
        presence.state = PresenceState::NotObserved;
        presence.why = QStringLiteral("closed after a WebSocket error: ") + end.why;
    } else if (isCutOff) {
        presence.state = PresenceState::NotObserved;
        presence.why = noNetwork();
    } else {
        presence.state = PresenceState::Lost;
        presence.why = end.why;
    }
    return presence;
}

QString noNetwork()
{
    return QStringLiteral("this computer has no network");
}

QString notRunning()
{
    return QStringLiteral("Flowgate was not running");
}

} // namespace flowgate::domain
