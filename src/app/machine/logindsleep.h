// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/machine/sleepsource.h"

#include <QDBusConnection>
#include <QDBusUnixFileDescriptor>
#include <QObject>

#include <memory>

namespace flowgate::app {

/// Sleep as systemd-logind tells of it on the system bus. Without a bus, or without logind on it, it never tells.
///
/// Holds a delay lock, so that the machine waits for what is to be written; it is given back when that is done.
/// @thread io. Qt reads the bus in a thread of its own and posts to this object; no value of ours crosses there.
/// @source org.freedesktop.login1(5): PrepareForSleep, Inhibit
class LogindSleep final : public QObject, public SleepSource
{
    Q_OBJECT
public:
    explicit LogindSleep(QObject *parent = nullptr);
    ~LogindSleep() override;

    void follow(Listener listener) override;

private Q_SLOTS:
    void prepareForSleep(bool goesToSleep);

private:
    void takeLock();

    Listener m_listener;
    QString m_name; ///< of our own connection: others of this process may come and go
    QDBusConnection m_bus;
    std::shared_ptr<QDBusUnixFileDescriptor> m_lock; ///< null: none is held
};

} // namespace flowgate::app
