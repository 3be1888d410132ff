// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/fullstate.h"

namespace flowgate::domain {

namespace {

bool isUnreported(const Gateway &gateway)
{
    return !gateway.description && !gateway.remoteConfig && !gateway.effective && !gateway.healthReport;
}

} // namespace

bool isStale(const Gateway &gateway)
{
    const auto isOld = [&](const auto &part, Capability capability) {
        return part && part->stale && gateway.capabilities.has(capability);
    };
    return (gateway.description && gateway.description->stale) ||
           isOld(gateway.effective, Capability::ReportsEffectiveConfig) ||
           isOld(gateway.remoteConfig, Capability::ReportsRemoteConfig);
}

bool isFirstReportAwaited(const Gateway &gateway, WallTime now)
{
    return isUnreported(gateway) && now - gateway.presence.since < firstReportIsAwaited;
}

bool isFullStateMissing(const Gateway &gateway)
{
    return isUnreported(gateway) || isStale(gateway);
}

} // namespace flowgate::domain
