// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/connectioncaps.h"
#include "net/handshakequeue.h"
#include "net/peerusers.h"
#include "net/server.h"

#include <QHash>
#include <QSet>
#include <QTcpServer>

class QSslSocket;

namespace flowgate::net {

/// One listening socket. Makes the sockets itself: QSslServer would count handshakes against its queue of 30, and
/// forty half-open ones then delay a newcomer by seconds.
/// @thread io
class Acceptor final : public QTcpServer
{
    Q_OBJECT
public:
    Acceptor(Server &server, std::optional<QSslConfiguration> tls);
    void setTls(const QSslConfiguration &tls) { m_tls = tls; }
    [[nodiscard]] bool isEncrypted() const { return m_tls.has_value(); }
    [[nodiscard]] bool isOnLoopback() const { return ListenAddress{serverAddress(), serverPort()}.isLoopback(); }

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    Server &m_server;
    std::optional<QSslConfiguration> m_tls;
};

/// A TLS handshake under way.
struct Handshake
{
    milliseconds deadline;
    HandshakeQueue::Key key;
};

struct Server::Private
{
    Private(Server &server, const ServerLimits &limits);

    [[nodiscard]] std::shared_ptr<const Route> route(const QByteArray &path) const { return routes.value(path); }
    void acceptPlain(qintptr descriptor, bool onLoopback);
    void acceptTls(qintptr descriptor, bool onLoopback, const QSslConfiguration &configuration);
    /// Starts TLS once there are bytes to tell by that it is TLS.
    void beginHandshake(QSslSocket *socket);
    /// It is over, however it ended. @return false if it was before
    bool endHandshake(QSslSocket *socket);
    /// One that went for a newcomer.
    void dropHandshake(HandshakeQueue::Key key);
    void begin(QTcpSocket *socket, SocketControl *control, bool onLoopback);
    void sweep();
    void checkDrained();
    /// A TLS handshake that is not waited for.
    void dropHandshake(QSslSocket *socket, quint64 &counter);

    Server &q;
    QHash<QByteArray, std::shared_ptr<const Route>> routes;
    std::vector<std::unique_ptr<Acceptor>> acceptors;
    ConnectionCaps caps;
    ConnectionCaps refusals; ///< over the cap, kept just to be told so
    HandshakeQueue handshakeQueue;
    QSet<HttpConnection *> connections;
    QHash<QSslSocket *, Handshake> handshakes;
    PeerUsers users;
    WebRules webRules;
    QTimer sweeper;
    milliseconds drainDeadline = milliseconds::max();
    bool draining = false;
    bool drained = false;
};

} // namespace flowgate::net
