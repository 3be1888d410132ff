// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/machine/networksource.h"

#include <QNetworkInterface>

namespace flowgate::app {

QStringList SystemNetwork::addresses() const
{
    QStringList found;
    for (const QNetworkInterface &interface : QNetworkInterface::allInterfaces()) {
        const QNetworkInterface::InterfaceFlags flags = interface.flags();
        if (!flags.testFlag(QNetworkInterface::IsUp) || !flags.testFlag(QNetworkInterface::IsRunning) ||
            flags.testFlag(QNetworkInterface::IsLoopBack))
            continue;
        for (const QNetworkAddressEntry &entry : interface.addressEntries()) {
            QHostAddress address = entry.ip();
            address.setScopeId({}); // as it is listened on
            found.append(address.toString());
        }
    }
    return found;
}

} // namespace flowgate::app
