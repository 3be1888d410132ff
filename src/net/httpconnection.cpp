// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/httpconnection.h"

#include "net/headrules.h"
#include "net/responsewriter.h"
#include "net/server_p.h"

#include <QPointer>

namespace flowgate::net {
namespace {

constexpr qsizetype readAhead = 64 * 1024;
constexpr qint64 writeAhead = 64 * 1024; // unsent bytes at which the next request has to wait

/// ER5: 429 where the one address is to blame, 503 where all together are too many.
HttpResponse overCap(ConnectionCaps::Full full)
{
    const Header later{"Retry-After", "30"};
    return full == ConnectionCaps::Full::ForAddress ? refusal(429, "too many connections from this address", {later})
                                                    : refusal(503, "too many connections", {later});
}

} // namespace

HttpConnection::HttpConnection(Server &server, QTcpSocket *socket, SocketControl *control, PeerAddress peer,
                               ConnectionCaps::Place place)
    : m_server(server)
    , m_socket(socket)
    , m_control(control)
    , m_peer(std::move(peer))
    , m_place(std::move(place))
    , m_headLimits(server.limits().head)
{
    m_socket->setParent(this);
    m_socket->setReadBufferSize(std::max(readAhead, m_headLimits.bytes));
    connect(m_socket, &QAbstractSocket::disconnected, this, [this] { Q_EMIT ended(this); });
}

void HttpConnection::start()
{
    enter(State::Head, m_server.limits().headTimeout);
    connect(m_socket, &QIODevice::readyRead, this, [this] { advance(); });
    connect(m_socket, &QIODevice::bytesWritten, this, &HttpConnection::wrote);
    if (auto *tls = qobject_cast<QSslSocket *>(m_socket))
        connect(tls, &QSslSocket::encryptedBytesWritten, this, &HttpConnection::wrote);
    advance();
}

void HttpConnection::wrote()
{
    m_writeDeadline =
        m_control->unsent() > 0 ? m_server.clock().awake() + m_server.limits().writeTimeout : milliseconds::max();
    advance();
}

void HttpConnection::enter(State state, milliseconds timeout)
{
    m_state = state;
    m_deadline = timeout == milliseconds::max() ? timeout : m_server.clock().awake() + timeout;
}

void HttpConnection::advance()
{
    if (m_advancing) // an answer made inside of a route's post(): the loop below goes on by itself
        return;
    m_advancing = true;
    while (step()) {
    }
    m_advancing = false;
}

bool HttpConnection::step()
{
    switch (m_state) {
    case State::Idle:
        if (available() == 0 || m_control->unsent() > writeAhead)
            return false;
        enter(State::Head, m_server.limits().headTimeout);
        return true;
    case State::Head:
        return readHead();
    case State::Body:
        return readBody();
    case State::Answering:
    case State::Closing:
        break;
    }
    return false;
}

bool HttpConnection::readHead()
{
    // The head stays unread in the socket as long as it may be an upgrade, whose taker wants to read it.
    if (!m_input.isEmpty())
        m_input += m_socket->readAll();
    const QByteArray bytes = m_input.isEmpty() ? m_socket->peek(m_headLimits.bytes) : m_input;
    if (m_request == 0 && !m_peer.encrypted) {
        const FirstBytes first = firstBytes(bytes);
        if (first == FirstBytes::Unknown)
            return false;
        if (first == FirstBytes::Tls) {
            // In plain text: many TLS clients then say in their log that they reached a plain HTTP server.
            refuse(refusal(400, "this port does not speak TLS: use http:// or ws://"), m_server.m_counters.badHead,
                   domain::Refusal::TlsOnPlain);
            return false;
        }
    }
    auto parsed = parseHead(bytes, m_headLimits);
    if (std::holds_alternative<HeadIncomplete>(parsed))
        return false;
    if (const auto *error = std::get_if<HeadError>(&parsed)) {
        refuse(refusal(*error), m_server.m_counters.badHead, refusalKind(*error));
        return false;
    }
    auto &[head, consumed] = std::get<ParsedHead>(parsed);
    accept(std::move(head), consumed);
    return true;
}

void HttpConnection::accept(RequestHead head, qsizetype consumed)
{
    ServerCounters &counters = m_server.m_counters;
    m_head = std::move(head);
    ++m_request;
    if (!m_place.held)
        return refuse(overCap(m_place.full), counters.overCap, refusalFor(m_place.full));
    if (auto refused = judgeWeb(m_head, m_peer, m_server.d->webRules)) {
        const domain::Refusal kind = refusalKind(*refused);
        return refuse(*std::move(refused), counters.badRequest, kind);
    }
    m_route = m_server.d->route(m_head.path);
    if (!m_route)
        return refuse(refusal(404, "nothing is served under this path"), counters.notFound, domain::Refusal::WrongPath);
    const auto asked = judgeMethod(m_head, static_cast<bool>(m_route->upgrade));
    if (!asked)
        return refuse(asked.error(), counters.badRequest, refusalKind(asked.error()));
    if (*asked == Asked::Post) {
        if (auto refused = judgePost(m_head, m_route->contentType)) {
            const domain::Refusal kind = refusalKind(*refused);
            return refuse(*std::move(refused), counters.badRequest, kind);
        }
    }
    if (m_route->admit) {
        if (auto refused = m_route->admit(m_head, m_peer))
            return refuse(*std::move(refused), counters.notAdmitted, {});
        m_peer.admitted = true;
    }
    if (*asked == Asked::Upgrade)
        return handOver(*m_route, consumed);
    if (m_input.isEmpty()) {
        m_socket->skip(consumed);
        // Emptied as a whole: a socket whose buffer stays partly filled does not ask the system for more.
        m_input = m_socket->readAll();
    } else {
        m_input.remove(0, consumed);
    }
    beginBody();
}

void HttpConnection::handOver(const Route &route, qsizetype consumed)
{
    ++m_server.m_counters.upgrades;
    m_state = State::Closing;
    m_socket->disconnect(this);
    m_socket->setParent(nullptr);
    m_socket->setReadBufferSize(0);
    if (m_input.isEmpty())
        m_socket->skip(consumed);
    else
        m_input.remove(0, consumed); // it came in one go with a POST before it
    const QByteArray unread = plainUpgrade(m_head) + std::exchange(m_input, {});
    for (auto it = unread.crbegin(); it != unread.crend(); ++it)
        m_socket->ungetChar(*it);
    const std::shared_ptr<const Route> keep = m_route;
    route.upgrade({.head = std::move(m_head),
                   .peer = m_peer,
                   .socket = std::exchange(m_socket, nullptr),
                   .control = std::exchange(m_control, nullptr),
                   .slot = std::move(m_place.held)});
    Q_EMIT ended(this);
}

void HttpConnection::beginBody()
{
    m_body = std::make_unique<BodyReader>(m_head, m_route->bodyLimit);
    m_bodyBegun = m_server.clock().awake();
    enter(State::Body, m_server.limits().bodyTimeout);
    if (m_body->state() == BodyReader::State::NeedMore && m_head.expectsContinue() && available() == 0) {
        m_socket->write("HTTP/1.1 100 Continue\r\n\r\n");
        m_socket->flush();
    }
}

bool HttpConnection::readBody()
{
    ServerCounters &counters = m_server.m_counters;
    if (m_body->state() == BodyReader::State::NeedMore)
        m_input += m_socket->readAll();
    const qsizetype used = m_body->feed(m_input);
    m_input.remove(0, used);
    switch (m_body->state()) {
    case BodyReader::State::TooLarge:
        refuse(refusal(413, "the body is over the limit"), counters.tooLarge, domain::Refusal::BodySize);
        return false;
    case BodyReader::State::Malformed:
        refuse(refusal(400, "the chunked body is malformed"), counters.badBody, domain::Refusal::Malformed);
        return false;
    case BodyReader::State::Done:
    case BodyReader::State::NeedMore:
        break;
    }
    if (m_body->size() > m_server.limits().inlineBody) {
        if (!m_lease)
            m_lease = std::make_shared<ByteLease>(m_server.budget());
        if (!m_lease->growTo(m_body->size())) {
            refuse(refusal(503, "too many bytes are in flight", {{"Retry-After", "30"}}), counters.overBudget,
                   domain::Refusal::BytesInFlight);
            return false;
        }
    }
    if (m_body->state() == BodyReader::State::Done) {
        dispatch();
        return true;
    }
    if (used > 0)
        m_deadline = m_bodyBegun + m_server.limits().bodyTimeout +
                     milliseconds(1000 * m_body->size() / m_server.limits().bodyRate);
    return used > 0 && m_socket->bytesAvailable() > 0;
}

qint64 HttpConnection::available() const
{
    return m_input.size() + m_socket->bytesAvailable();
}

void HttpConnection::dispatch()
{
    ++m_server.m_counters.requests;
    enter(State::Answering, milliseconds::max());
    HttpRequest request{.head = m_head, .body = m_body->take(), .peer = m_peer, .held = std::move(m_lease)};
    m_body.reset();
    m_lease.reset();
    const std::shared_ptr<const Route> keep = m_route;
    QPointer<HttpConnection> self(this);
    keep->post(std::move(request), Responder([self, number = m_request](HttpResponse response) {
                   if (self)
                       self->answer(number, std::move(response));
               }));
}

void HttpConnection::answer(quint64 request, HttpResponse response)
{
    if (m_state != State::Answering || request != m_request)
        return;
    const bool keepAlive = m_head.keepAlive() && !response.close && !m_draining;
    write(std::move(response), keepAlive);
    if (!keepAlive)
        return close(SocketControl::Close::Linger);
    enter(State::Idle, m_server.limits().idleTimeout);
    advance();
}

void HttpConnection::count(quint64 &counter, domain::Refusal kind)
{
    ++counter;
    m_server.noteRefusal(kind, m_peer.text());
}

void HttpConnection::refuse(HttpResponse response, quint64 &counter, std::optional<domain::Refusal> kind)
{
    if (kind)
        count(counter, *kind);
    else
        ++counter;
    enter(State::Closing, milliseconds::max()); // first: writing reports back, and must find nothing to read on
    m_body.reset();
    m_lease.reset();
    write(std::move(response), false);
    close(SocketControl::Close::Linger);
}

void HttpConnection::write(HttpResponse response, bool keepAlive)
{
    const ResponseFraming framing{.keepAlive = keepAlive, .withoutBody = m_head.method == "HEAD"};
    m_socket->write(responseBytes(response, framing, m_server.clock().now()));
    m_socket->flush();
    if (m_control->unsent() > 0)
        m_writeDeadline = m_server.clock().awake() + m_server.limits().writeTimeout;
}

void HttpConnection::close(SocketControl::Close mode)
{
    enter(State::Closing, milliseconds::max());
    m_control->setClose(mode);
    // A big answer to a slow reader is bounded by the write timeout; the linger time starts behind it.
    m_control->setLingerTime(m_control->unsent() > 0 ? m_server.limits().writeTimeout : milliseconds(2'000));
    m_socket->close();
}

void HttpConnection::checkTimes(milliseconds now)
{
    if (!m_socket)
        return;
    if (now >= m_writeDeadline) {
        count(m_server.m_counters.timedOut, domain::Refusal::SlowReader);
        return drop();
    }
    if (now < m_deadline)
        return;
    switch (m_state) {
    case State::Idle:
        return close(SocketControl::Close::Now);
    case State::Head:
        if (available() == 0 && m_request == 0) {
            count(m_server.m_counters.timedOut, domain::Refusal::HeadTime);
            return drop(); // never said a word: nobody waits for a 408
        }
        return refuse(refusal(408, "the request did not arrive in time"), m_server.m_counters.timedOut,
                      domain::Refusal::HeadTime);
    case State::Body:
        return refuse(refusal(408, "the request did not arrive in time"), m_server.m_counters.timedOut,
                      domain::Refusal::BodyTime);
    case State::Answering:
    case State::Closing:
        return;
    }
}

void HttpConnection::drain()
{
    m_draining = true;
    if (m_socket && (m_state == State::Idle || (m_state == State::Head && available() == 0)))
        close(SocketControl::Close::Now);
}

} // namespace flowgate::net
