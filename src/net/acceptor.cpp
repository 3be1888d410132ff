// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/server_p.h"

namespace flowgate::net {

Acceptor::Acceptor(Server &server, std::optional<QSslConfiguration> tls)
    : m_server(server)
    , m_tls(std::move(tls))
{
    setListenBacklogSize(4096); // the system cuts it to its own limit
    // Out of descriptors: Qt stops to accept for good. They come back as connections end.
    connect(this, &QTcpServer::acceptError, this,
            [this] { QTimer::singleShot(std::chrono::seconds(1), this, [this] { resumeAccepting(); }); });
}

void Acceptor::incomingConnection(qintptr descriptor)
{
    if (m_tls)
        m_server.d->acceptTls(descriptor, isOnLoopback(), *m_tls);
    else
        m_server.d->acceptPlain(descriptor, isOnLoopback());
}

} // namespace flowgate::net
