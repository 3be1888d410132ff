// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoint/opampendpoint.h"

#include "endpoint/endpointcontext.h"
#include "endpoint/httpexchange.h"
#include "endpoint/wsconnection.h"

#include <QHash>
#include <QPointer>
#include <QTimer>

namespace flowgate::endpoint {
namespace {

constexpr quint16 goingAway = 1001;

} // namespace

struct OpampEndpoint::Private
{
    [[nodiscard]] std::optional<net::HttpResponse> admit(const net::RequestHead &head, const net::PeerAddress &peer);
    void upgrade(OpampEndpoint &q, net::Upgrade upgrade);
    void checkDrained(OpampEndpoint &q);

    net::Server &server;
    EndpointContext context;
    net::Route::Admission admission{};
    QHash<domain::ConnectionId, WsConnection *> connections{};
    domain::ConnectionId lastId = 0;
    QTimer sweeper{};
    bool draining = false;
    bool drained = false;
};

std::optional<net::HttpResponse> OpampEndpoint::Private::admit(const net::RequestHead &head,
                                                               const net::PeerAddress &peer)
{
    if (draining)
        return net::refusal(503, "the server is shutting down", {{"Retry-After", "30"}});
    return admission ? admission(head, peer) : std::nullopt;
}

void OpampEndpoint::Private::upgrade(OpampEndpoint &q, net::Upgrade upgrade)
{
    const domain::ConnectionId id = ++lastId;
    auto *connection = new WsConnection(id, std::move(upgrade), context);
    connection->setParent(&q);
    connections.insert(id, connection);
    QObject::connect(connection, &WsConnection::left, &q,
                     [this, id](const domain::ConnectionEnd &end) { context.handler.connectionClosed(id, end); });
    QObject::connect(connection, &WsConnection::ended, &q, [this, &q, id](WsConnection *ended) {
        connections.remove(id);
        ended->deleteLater();
        checkDrained(q);
    });
    connection->start();
}

void OpampEndpoint::Private::checkDrained(OpampEndpoint &q)
{
    if (!draining || drained || !connections.isEmpty())
        return;
    drained = true;
    // Queued: drain() itself may get here, before anyone could wait for the signal.
    QMetaObject::invokeMethod(&q, &OpampEndpoint::drained, Qt::QueuedConnection);
}

OpampEndpoint::OpampEndpoint(net::Server &server, ReportHandler &handler, EndpointSettings settings, QObject *parent)
    : QObject(parent)
    , d(new Private{.server = server,
                    .context{.handler = handler,
                             .settings = std::move(settings),
                             .clock = server.clock(),
                             .budget = server.budget(),
                             .refused = [&server](domain::Refusal kind, const QString &peer) {
                                 server.noteRefusal(kind, peer);
                             }}})
{
    // The server may outlive us.
    const QPointer<OpampEndpoint> self(this);
    net::Route route;
    route.path = d->context.settings.path;
    route.bodyLimit = d->context.settings.limits.body;
    route.admit = [self](const net::RequestHead &head, const net::PeerAddress &peer) {
        return self ? self->d->admit(head, peer) : net::refusal(503, "the server is shutting down");
    };
    route.post = [self](net::HttpRequest request, net::Responder responder) {
        if (self)
            serveHttp(self->d->context, std::move(request), std::move(responder));
    };
    route.upgrade = [self](net::Upgrade upgrade) {
        if (self)
            self->d->upgrade(*self, std::move(upgrade));
    };
    server.addRoute(std::move(route));
    connect(&d->sweeper, &QTimer::timeout, this, [this] {
        const milliseconds now = d->context.clock.awake();
        const auto connections = d->connections; // what ends takes itself out
        for (WsConnection *connection : connections)
            connection->checkTimes(now);
    });
    d->sweeper.start(d->context.settings.sweep);
}

OpampEndpoint::~OpampEndpoint()
{
    const auto connections = std::exchange(d->connections, {});
    for (WsConnection *connection : connections) {
        connection->disconnect(this);
        delete connection;
    }
}

void OpampEndpoint::setAdmission(net::Route::Admission admission)
{
    d->admission = std::move(admission);
}

void OpampEndpoint::setLimits(const MessageLimits &limits)
{
    d->context.settings.limits = limits;
    d->server.setBodyLimit(d->context.settings.path, limits.body);
}

bool OpampEndpoint::send(domain::ConnectionId connection, const domain::ServerReply &reply)
{
    WsConnection *target = d->connections.value(connection);
    return target && target->push(reply);
}

void OpampEndpoint::closeConnection(domain::ConnectionId connection, quint16 code, const QString &reason)
{
    if (WsConnection *target = d->connections.value(connection))
        target->close(code, reason);
}

void OpampEndpoint::closeConnections(const std::function<bool(const domain::Peer &)> &isOne, quint16 code,
                                     const QString &reason)
{
    const auto connections = d->connections; // what ends takes itself out
    for (WsConnection *connection : connections) {
        if (isOne(connection->peer()))
            connection->close(code, reason);
    }
}

void OpampEndpoint::drain()
{
    if (std::exchange(d->draining, true))
        return;
    const auto connections = d->connections;
    for (WsConnection *connection : connections)
        connection->close(goingAway, QStringLiteral("the server is shutting down"));
    d->checkDrained(*this);
}

qsizetype OpampEndpoint::connectionCount() const
{
    return std::ranges::count_if(d->connections, &WsConnection::isOpen);
}

const EndpointCounters &OpampEndpoint::counters() const
{
    return d->context.counters;
}

QStringList OpampEndpoint::endpoints() const
{
    QStringList texts;
    for (const net::Server::Listening &listening : d->server.listening()) {
        texts.append(QStringLiteral("%1://%2%3")
                         .arg(listening.encrypted ? QStringLiteral("wss") : QStringLiteral("ws"),
                              listening.address.text(), QString::fromLatin1(d->context.settings.path)));
    }
    return texts;
}

} // namespace flowgate::endpoint
