// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/serversocket.h"

#include <QTimer>

#include <sys/socket.h>

namespace flowgate::net {

void SocketControl::drop()
{
    m_mode = Close::Now;
    m_lingering = false;
    m_socket.abort(); // calls close()
}

bool SocketControl::deferClose()
{
    // A write that fails makes Qt abort(), which comes here as well: there is nobody left to be polite to.
    if (m_socket.state() != QAbstractSocket::ConnectedState || m_socket.error() != QAbstractSocket::UnknownSocketError)
        return false;
    if (m_lingering)
        return true;
    switch (m_mode) {
    case Close::Now:
        return false;
    case Close::HoldThenLinger:
        m_mode = Close::Linger;
        return true;
    case Close::Linger:
        linger();
        return true;
    }
    return false;
}

void SocketControl::linger()
{
    m_lingering = true;
    if (m_onLinger)
        m_onLinger();
    // Whoever read from it so far must not see what comes now.
    QObject::disconnect(&m_socket, &QIODevice::readyRead, nullptr, nullptr);
    const auto discard = [this] { m_socket.skip(m_socket.bytesAvailable()); };
    discard();
    QObject::connect(&m_socket, &QIODevice::readyRead, &m_socket, discard);
    QObject::connect(&m_socket, &QIODevice::bytesWritten, &m_socket, [this] { endOurDirection(); });
    if (auto *tls = qobject_cast<QSslSocket *>(&m_socket))
        QObject::connect(tls, &QSslSocket::encryptedBytesWritten, tls, [this] { endOurDirection(); });
    // Real time, not the injected clock: this bounds a descriptor, no rule hangs on it.
    QTimer::singleShot(m_lingerTime, &m_socket, [this] { drop(); });
    m_socket.flush();
    endOurDirection();
}

qint64 SocketControl::unsent() const
{
    const auto *tls = qobject_cast<const QSslSocket *>(&m_socket);
    return m_socket.bytesToWrite() + (tls ? tls->encryptedBytesToWrite() : 0);
}

void SocketControl::endOurDirection()
{
    if (m_ended || !m_lingering || unsent() > 0)
        return;
    m_ended = true;
    ::shutdown(static_cast<int>(m_socket.socketDescriptor()), SHUT_WR);
}

} // namespace flowgate::net
