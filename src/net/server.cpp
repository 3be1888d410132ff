// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/server.h"

#include "net/headrules.h"
#include "net/httpconnection.h"
#include "net/server_p.h"

#include <algorithm>

namespace flowgate::net {
namespace {

constexpr int refusalsAtOnce = 512;
constexpr int refusalsPerAddress = 64;

ListenError::Kind errorKind(QAbstractSocket::SocketError error)
{
    switch (error) {
    case QAbstractSocket::AddressInUseError:
        return ListenError::Kind::InUse;
    case QAbstractSocket::SocketAccessError:
        return ListenError::Kind::NotPermitted;
    case QAbstractSocket::SocketAddressNotAvailableError:
        return ListenError::Kind::NoSuchAddress;
    default:
        return ListenError::Kind::Other;
    }
}

QHostAddress withoutMapping(const QHostAddress &address)
{
    bool ok = false;
    const quint32 v4 = address.toIPv4Address(&ok);
    return ok ? QHostAddress(v4) : address;
}

/// @param users  is asked where the listener is on a loopback address
PeerAddress peerAddress(const QTcpSocket &socket, PeerUsers *users = nullptr)
{
    PeerAddress peer{.address = withoutMapping(socket.peerAddress()),
                     .port = socket.peerPort(),
                     .localAddress = withoutMapping(socket.localAddress()),
                     .localPort = socket.localPort(),
                     .encrypted = qobject_cast<const QSslSocket *>(&socket) != nullptr,
                     .onLoopback = users != nullptr};
    if (users)
        peer.user = users->of({peer.address, peer.port}, {peer.localAddress, peer.localPort});
    return peer;
}

} // namespace

Server::Private::Private(Server &server, const ServerLimits &limits)
    : q(server)
    , caps(limits.connections, limits.connectionsPerAddress)
    , refusals(refusalsAtOnce, refusalsPerAddress)
    , handshakeQueue(limits.handshakes, limits.handshakesPerAddress)
{
}

Server::Server(const domain::Clock &clock, ServerLimits limits, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_limits(limits)
    , m_budget(std::make_shared<ByteBudget>(limits.bytesInFlight))
    , d(std::make_unique<Private>(*this, m_limits))
{
    connect(&d->sweeper, &QTimer::timeout, this, [this] { d->sweep(); });
    d->sweeper.start(m_limits.sweep);
}

Server::~Server()
{
    for (const auto &acceptor : d->acceptors)
        acceptor->close();
    // Children, but they look at d while they go.
    const auto connections = std::exchange(d->connections, {});
    for (HttpConnection *connection : connections) {
        connection->disconnect(this);
        delete connection;
    }
    const auto handshakes = std::exchange(d->handshakes, {});
    for (auto it = handshakes.keyBegin(); it != handshakes.keyEnd(); ++it) {
        (*it)->disconnect(this);
        delete *it;
    }
}

void Server::addRoute(Route route)
{
    Q_ASSERT(route.post);
    const QByteArray path = route.path;
    d->routes.insert(path, std::make_shared<const Route>(std::move(route)));
}

domain::Result<ListenAddress, ListenError> Server::listen(const ListenAddress &address,
                                                          std::optional<QSslConfiguration> tls)
{
    auto acceptor = std::make_unique<Acceptor>(*this, std::move(tls));
    if (!acceptor->listen(address.host, address.port)) {
        return domain::unexpected(ListenError{
            .kind = errorKind(acceptor->serverError()), .address = address, .detail = acceptor->errorString()});
    }
    const ListenAddress real{.host = address.host, .port = acceptor->serverPort()};
    d->acceptors.push_back(std::move(acceptor));
    return real;
}

void Server::setTls(const QSslConfiguration &tls)
{
    for (const auto &acceptor : d->acceptors) {
        if (acceptor->isEncrypted())
            acceptor->setTls(tls);
    }
}

std::vector<Server::Listening> Server::listening() const
{
    std::vector<Listening> all;
    for (const auto &acceptor : d->acceptors) {
        if (acceptor->isListening())
            all.push_back({{acceptor->serverAddress(), acceptor->serverPort()}, acceptor->isEncrypted()});
    }
    return all;
}

void Server::setLimits(const ServerLimits &limits)
{
    m_limits = limits;
    d->caps.setLimits(limits.connections, limits.connectionsPerAddress);
    d->handshakeQueue.setLimits(limits.handshakes, limits.handshakesPerAddress);
    m_budget->setLimit(limits.bytesInFlight);
}

void Server::setBodyLimit(const QByteArray &path, qsizetype bytes)
{
    const auto found = d->routes.find(path);
    if (found == d->routes.end() || (*found)->bodyLimit == bytes)
        return;
    Route route = **found; // requests under way hold on to the old one
    route.bodyLimit = bytes;
    *found = std::make_shared<const Route>(std::move(route));
}

void Server::setWebRules(const WebRules &rules)
{
    d->webRules = rules;
}

bool Server::canTellUsers() const
{
    return d->users.canTell();
}

void Server::drain()
{
    if (d->draining)
        return;
    d->draining = true;
    d->drainDeadline = m_clock.awake() + m_limits.drainTimeout;
    for (const auto &acceptor : d->acceptors)
        acceptor->close();
    const auto handshakes = d->handshakes.keys();
    for (QSslSocket *socket : handshakes)
        socket->abort();
    const auto connections = d->connections;
    for (HttpConnection *connection : connections)
        connection->drain();
    d->checkDrained();
}

qsizetype Server::connectionCount() const
{
    return d->caps.open();
}

void Server::Private::acceptPlain(qintptr descriptor, bool onLoopback)
{
    auto socket = std::make_unique<ServerSocket<QTcpSocket>>();
    if (!socket->setSocketDescriptor(descriptor))
        return;
    SocketControl *control = socket.get();
    begin(socket.release(), control, onLoopback);
}

void Server::Private::acceptTls(qintptr descriptor, bool onLoopback, const QSslConfiguration &configuration)
{
    auto owned = std::make_unique<ServerSocket<QSslSocket>>();
    owned->setSslConfiguration(configuration);
    if (!owned->setSocketDescriptor(descriptor))
        return;
    const HandshakeQueue::Begun begun = handshakeQueue.begin(withoutMapping(owned->peerAddress()), q.m_clock.awake());
    if (begun.dropped)
        dropHandshake(*begun.dropped);
    if (!begun.key)
        return dropHandshake(owned.get(), q.m_counters.overCap);
    ServerSocket<QSslSocket> *socket = owned.release();
    socket->setParent(&q);
    handshakes.insert(socket, {q.m_clock.awake() + q.m_limits.handshakeTimeout, *begun.key});
    // The handshake begins with the first bytes, so that plain HTTP can be told from it.
    QObject::connect(socket, &QIODevice::readyRead, &q, [this, socket] { beginHandshake(socket); });
    QObject::connect(socket, &QSslSocket::encrypted, &q, [this, socket, onLoopback] {
        endHandshake(socket);
        QObject::disconnect(socket, nullptr, &q, nullptr);
        begin(socket, socket, onLoopback);
    });
    QObject::connect(socket, &QAbstractSocket::disconnected, &q, [this, socket] {
        if (endHandshake(socket))
            ++q.m_counters.handshakeFailed;
        socket->deleteLater();
    });
    beginHandshake(socket); // its first bytes may be here already, and nobody tells of them then
}

void Server::Private::beginHandshake(QSslSocket *socket)
{
    constexpr qsizetype enough = 8;
    const FirstBytes first = firstBytes(socket->peek(enough));
    if (first == FirstBytes::Unknown)
        return;
    QObject::disconnect(socket, &QIODevice::readyRead, &q, nullptr);
    handshakeQueue.spoke(handshakes.value(socket).key);
    if (first != FirstBytes::Http)
        return socket->startServerEncryption();
    q.noteRefusal(domain::Refusal::PlainOnTls, peerAddress(*socket).text());
    socket->abort(); // counted as a handshake that failed
}

void Server::Private::begin(QTcpSocket *socket, SocketControl *control, bool onLoopback)
{
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    socket->setSocketOption(QAbstractSocket::KeepAliveOption, 1);
    const PeerAddress peer = peerAddress(*socket, onLoopback ? &users : nullptr);
    ++q.m_counters.accepted;
    ConnectionCaps::Place place = caps.take(peer.address);
    std::shared_ptr<void> refusal = place.held ? nullptr : refusals.take(peer.address).held;
    if (draining || (!place.held && !refusal)) {
        ++q.m_counters.overCap;
        if (!draining)
            q.noteRefusal(refusalFor(place.full), peer.text());
        socket->abort();
        socket->deleteLater();
        return;
    }
    auto *connection = new HttpConnection(q, socket, control, peer, std::move(place));
    connection->setParent(&q);
    connections.insert(connection);
    QObject::connect(connection, &HttpConnection::ended, &q, [this, refusal](HttpConnection *ended) {
        if (connections.remove(ended)) {
            ended->deleteLater();
            checkDrained();
        }
    });
    connection->start();
}

void Server::Private::sweep()
{
    const milliseconds now = q.m_clock.awake();
    const auto open = connections; // what ends takes itself out
    for (HttpConnection *connection : open)
        connection->checkTimes(now);
    std::vector<QSslSocket *> late;
    for (auto it = handshakes.cbegin(); it != handshakes.cend(); ++it) {
        if (now >= it->deadline)
            late.push_back(it.key());
    }
    for (QSslSocket *socket : late) {
        endHandshake(socket);
        dropHandshake(socket, q.m_counters.timedOut);
        socket->deleteLater();
    }
    if (draining && now >= drainDeadline) {
        const auto rest = connections;
        for (HttpConnection *connection : rest)
            connection->drop();
    }
}

bool Server::Private::endHandshake(QSslSocket *socket)
{
    const auto handshake = handshakes.constFind(socket);
    if (handshake == handshakes.constEnd())
        return false;
    handshakeQueue.end(handshake->key);
    handshakes.erase(handshake);
    return true;
}

void Server::Private::dropHandshake(HandshakeQueue::Key key)
{
    QSslSocket *socket = nullptr;
    for (auto it = handshakes.cbegin(); it != handshakes.cend() && !socket; ++it) {
        if (it->key == key)
            socket = it.key();
    }
    if (!socket)
        return;
    endHandshake(socket);
    dropHandshake(socket, q.m_counters.overCap);
    socket->deleteLater();
}

void Server::Private::dropHandshake(QSslSocket *socket, quint64 &counter)
{
    ++counter;
    q.noteRefusal(domain::Refusal::Handshakes, peerAddress(*socket).text());
    socket->abort();
}

void Server::Private::checkDrained()
{
    if (!draining || drained || !connections.isEmpty())
        return;
    drained = true;
    // Queued: drain() itself may get here, before anyone could wait for the signal.
    QMetaObject::invokeMethod(&q, &Server::drained, Qt::QueuedConnection);
}

} // namespace flowgate::net
