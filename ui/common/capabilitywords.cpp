// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/capabilitywords.h"

#include <QCoreApplication>
#include <QHash>

namespace flowgate::common {

namespace {

struct Capabilities
{
    Q_DECLARE_TR_FUNCTIONS(flowgate::Capabilities)
};

} // namespace

QString capabilityWords(const QString &name)
{
    const QHash<QString, QString> words{
        {QStringLiteral("ReportsStatus"), Capabilities::tr("reports its status")},
        {QStringLiteral("AcceptsRemoteConfig"), Capabilities::tr("takes configs from here")},
        {QStringLiteral("ReportsEffectiveConfig"), Capabilities::tr("reports the config it runs")},
        {QStringLiteral("AcceptsPackages"), Capabilities::tr("takes packages")},
        {QStringLiteral("ReportsPackageStatuses"), Capabilities::tr("reports what became of packages")},
        {QStringLiteral("ReportsOwnTraces"), Capabilities::tr("sends its own traces")},
        {QStringLiteral("ReportsOwnMetrics"), Capabilities::tr("sends its own metrics")},
        {QStringLiteral("ReportsOwnLogs"), Capabilities::tr("sends its own logs")},
        {QStringLiteral("AcceptsOpAMPConnectionSettings"), Capabilities::tr("can be moved to another address")},
        {QStringLiteral("AcceptsOtherConnectionSettings"), Capabilities::tr("takes other connection settings")},
        {QStringLiteral("AcceptsRestartCommand"), Capabilities::tr("can be restarted from here")},
        {QStringLiteral("ReportsHealth"), Capabilities::tr("reports its health")},
        {QStringLiteral("ReportsRemoteConfig"), Capabilities::tr("reports what became of a config")},
        {QStringLiteral("ReportsHeartbeat"), Capabilities::tr("sends heartbeats")},
        {QStringLiteral("ReportsAvailableComponents"), Capabilities::tr("lists the components it is built with")},
        {QStringLiteral("ReportsConnectionSettingsStatus"),
         Capabilities::tr("reports what became of connection settings")},
    };
    return words.value(name, name);
}

} // namespace flowgate::common
