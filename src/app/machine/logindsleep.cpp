// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/machine/logindsleep.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

namespace flowgate::app {

namespace {

const QString service = QStringLiteral("org.freedesktop.login1");
const QString path = QStringLiteral("/org/freedesktop/login1");
const QString manager = QStringLiteral("org.freedesktop.login1.Manager");

} // namespace

LogindSleep::LogindSleep(QObject *parent)
    : QObject(parent)
    , m_name(QStringLiteral("flowgate-sleep-%1").arg(reinterpret_cast<quintptr>(this)))
    , m_bus(QDBusConnection::connectToBus(QDBusConnection::SystemBus, m_name))
{
}

LogindSleep::~LogindSleep()
{
    QDBusConnection::disconnectFromBus(m_name);
}

void LogindSleep::follow(Listener listener)
{
    m_listener = std::move(listener);
    if (!m_bus.isConnected())
        return;
    m_bus.connect(service, path, manager, QStringLiteral("PrepareForSleep"), this, SLOT(prepareForSleep(bool)));
    takeLock();
}

void LogindSleep::takeLock()
{
    QDBusMessage call = QDBusMessage::createMethodCall(service, path, manager, QStringLiteral("Inhibit"));
    call.setAutoStartService(false); // where there is no logind, none is wished for
    call << QStringLiteral("sleep") << QStringLiteral("Flowgate")
         << QStringLiteral("Writes down until when gateways were observed") << QStringLiteral("delay");
    auto *watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        const QDBusPendingReply<QDBusUnixFileDescriptor> reply = *watcher;
        if (reply.isValid())
            m_lock = std::make_shared<QDBusUnixFileDescriptor>(reply.value());
    });
}

void LogindSleep::prepareForSleep(bool goesToSleep)
{
    if (!goesToSleep) {
        m_listener.wakes();
        takeLock();
        return;
    }
    // The last copy of the lock ends with `ready`, called or dropped: nothing here can keep a machine awake.
    m_listener.fallsAsleep([lock = std::exchange(m_lock, nullptr)]() mutable { lock.reset(); });
}

} // namespace flowgate::app
