// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/capabilities.h"

namespace flowgate::domain {

QString capabilityName(Capability capability)
{
    switch (capability) {
    case Capability::ReportsStatus:
        return QStringLiteral("ReportsStatus");
    case Capability::AcceptsRemoteConfig:
        return QStringLiteral("AcceptsRemoteConfig");
    case Capability::ReportsEffectiveConfig:
        return QStringLiteral("ReportsEffectiveConfig");
    case Capability::AcceptsPackages:
        return QStringLiteral("AcceptsPackages");
    case Capability::ReportsPackageStatuses:
        return QStringLiteral("ReportsPackageStatuses");
    case Capability::ReportsOwnTraces:
        return QStringLiteral("ReportsOwnTraces");
    case Capability::ReportsOwnMetrics:
        return QStringLiteral("ReportsOwnMetrics");
    case Capability::ReportsOwnLogs:
        return QStringLiteral("ReportsOwnLogs");
    case Capability::AcceptsOpAMPConnectionSettings:
        return QStringLiteral("AcceptsOpAMPConnectionSettings");
    case Capability::AcceptsOtherConnectionSettings:
        return QStringLiteral("AcceptsOtherConnectionSettings");
    case Capability::AcceptsRestartCommand:
        return QStringLiteral("AcceptsRestartCommand");
    case Capability::ReportsHealth:
        return QStringLiteral("ReportsHealth");
    case Capability::ReportsRemoteConfig:
        return QStringLiteral("ReportsRemoteConfig");
    case Capability::ReportsHeartbeat:
        return QStringLiteral("ReportsHeartbeat");
    case Capability::ReportsAvailableComponents:
        return QStringLiteral("ReportsAvailableComponents");
    case Capability::ReportsConnectionSettingsStatus:
        return QStringLiteral("ReportsConnectionSettingsStatus");
    }
    return QStringLiteral("Unknown(0x%1)").arg(static_cast<quint64>(capability), 0, 16);
}

QStringList Capabilities::names() const
{
    QStringList names;
    for (int bit = 0; bit < 64; ++bit) {
        const quint64 mask = quint64(1) << bit;
        if (m_bits & mask)
            names.append(capabilityName(static_cast<Capability>(mask)));
    }
    return names;
}

} // namespace flowgate::domain
