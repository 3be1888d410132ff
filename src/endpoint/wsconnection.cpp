// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoint/wsconnection.h"

#include "endpoint/peerof.h"
#include "endpoint/varint.h"

#include <QTcpSocket>
#include <QWebSocket>
#include <QWebSocketServer>

namespace flowgate::endpoint {

using By = domain::ConnectionEnd::By;
using domain::Refusal;

namespace {

constexpr quint16 unsupportedData = 1003;
constexpr quint16 policyViolation = 1008;
constexpr quint16 tryAgainLater = 1013;
// Taken from the system in one go, so that a peer with very many small messages keeps the thread from nobody for long.
constexpr qint64 readAtOnce = 1024;
constexpr qsizetype mostUlids = 64; // agents on one connection whose uids are remembered as text
constexpr int mostLate = 3;         // messages behind our Close that are looked at

QString notRead()
{
    return QStringLiteral("messages are not read");
}

/// The Close that ends a WebSocket which we did not close for a reason of our own. Qt answers a breach of the protocol
/// with a Close of these codes and does not tell it from one that the peer sent.
domain::ConnectionEnd endByClose(QWebSocketProtocol::CloseCode code, const QString &reason)
{
    const QString close = QStringLiteral("Close %1%2").arg(code).arg(reason.isEmpty() ? QString() : u' ' + reason);
    switch (code) {
    case QWebSocketProtocol::CloseCodeProtocolError:
    case QWebSocketProtocol::CloseCodeWrongDatatype:
    case QWebSocketProtocol::CloseCodeTooMuchData:
        return {By::Protocol, close};
    default:
        return {By::Peer, close};
    }
}

} // namespace

WsConnection::WsConnection(domain::ConnectionId id, net::Upgrade upgrade, EndpointContext &context)
    : m_context(context)
    , m_peer(peerOf(upgrade.head.headers, upgrade.peer, domain::Transport::WebSocket, id))
    , m_slot(std::move(upgrade.slot))
    , m_tcp(upgrade.socket)
    , m_control(upgrade.control)
    , m_handshake(new QWebSocketServer(QStringLiteral("flowgate"), QWebSocketServer::NonSecureMode, this))
    , m_poolKey("w" + QByteArray::number(id))
    , m_lease(context.budget)
    , m_handshakeDeadline(context.clock.awake() + context.settings.handshakeTimeout)
{
    m_tcp->setParent(this);
    // What Qt closes by itself (1002, 1009, the peer's Close) must still reach a peer that goes on sending.
    m_control->setClose(net::SocketControl::Close::Linger);
    m_control->setLingerTime(m_context.settings.closeTimeout);
    connect(m_tcp, &QAbstractSocket::disconnected, this, &WsConnection::gone);
    connect(m_handshake, &QWebSocketServer::newConnection, this, &WsConnection::takeSocket);
}

void WsConnection::start()
{
    m_handshake->handleConnection(m_tcp);
    // The head is there already, and nobody else would tell.
    Q_EMIT m_tcp->readyRead();
}

WsConnection::~WsConnection()
{
    disconnect(m_tcp, nullptr, this, nullptr);
    if (m_tcp)
        m_control->drop();
    delete m_socket;
    delete m_tcp;
}

void WsConnection::takeSocket()
{
    m_socket = m_handshake->nextPendingConnection();
    if (!m_socket)
        return;
    m_socket->setParent(this);
    m_handshake->deleteLater();
    const auto most = static_cast<quint64>(m_context.settings.limits.message);
    m_socket->setMaxAllowedIncomingMessageSize(most);
    m_socket->setMaxAllowedIncomingFrameSize(most);
    connect(m_socket, &QWebSocket::binaryFrameReceived, this, &WsConnection::noteFragment);
    connect(m_socket, &QWebSocket::binaryMessageReceived, this, &WsConnection::receive);
    connect(m_socket, &QWebSocket::textMessageReceived, this, &WsConnection::receiveText);
    connect(m_tcp, &QIODevice::readyRead, this, &WsConnection::heard);
    // Qt answers a Close, and any breach of the protocol, with its own Close: from here on nothing more may be sent.
    connect(m_socket, &QWebSocket::aboutToClose, this, &WsConnection::peerCloses);
    m_lastPing = m_context.clock.awake();
    takeTurns();
    Q_EMIT opened();
    if (m_tcp && m_tcp->bytesAvailable() > 0)
        Q_EMIT m_tcp->readyRead(); // frames that came together with the head
}

void WsConnection::peerCloses()
{
    if (std::exchange(m_closing, true))
        return; // it is our own Close that goes out
    noteBreach();
    m_end = endByClose(m_socket->closeCode(), m_socket->closeReason());
    m_left = true;
    leaveIfIdle();
}

void WsConnection::heard()
{
    m_unanswered = milliseconds::max();
    // Qt answers each ping, also of a peer that never reads.
    if (m_control->unsent() >= m_unsentOfOurs + m_context.settings.limits.unsent) {
        if (m_closing)
            return m_control->drop();
        noteSlowReader();
        return drop({By::Us, notRead()});
    }
    takeTurns();
    // Qt keeps a frame in the socket's buffer until it is complete.
    if (!m_closing && !reserve(m_fragments + static_cast<qsizetype>(m_tcp->bytesAvailable()))) {
        ++m_context.counters.unavailable;
        m_context.refused(Refusal::BytesInFlight, m_peer.address);
        // The rest of the message is not worth waiting for; when to come back is (ER4).
        reply(unavailable(m_onlyUid, m_context.settings.retryAfter), {});
        close(tryAgainLater, QStringLiteral("too many bytes in flight"));
        // Qt goes on to put together what comes until the peer's Close; the next piece makes it drop all of it.
        if (m_socket)
            m_socket->setMaxAllowedIncomingMessageSize(0);
    }
}

/// What Qt left in the buffer is the beginning of a frame that it wants as a whole: there must be room for more of it.
/// Not over TLS, where Qt may forget what it has decrypted already while there is no room.
void WsConnection::takeTurns()
{
    if (m_tcp && !m_peer.encrypted)
        m_tcp->setReadBufferSize(std::max(readAtOnce, 2 * m_tcp->bytesAvailable()));
}

void WsConnection::noteFragment(const QByteArray &fragment, bool isLast)
{
    m_fragments = isLast ? 0 : m_fragments + fragment.size();
}

bool WsConnection::reserve(qsizetype bytes)
{
    if (bytes <= m_context.settings.inlineBytes) {
        m_lease.release();
        return true;
    }
    return m_lease.growTo(bytes);
}

void WsConnection::receive(const QByteArray &message)
{
    if (m_closing)
        return noteLate(message);
    (void)reserve(m_fragments + static_cast<qsizetype>(m_tcp->bytesAvailable())); // less than before this message
    ++m_context.counters.webSocketMessages;
    if (message.size() > m_context.settings.inlineBytes || m_context.pool.isBusy(m_poolKey) || m_owed > 0)
        return queue(message);
    handle(decodeWebSocketMessage(message, m_context.settings.strictHeader));
}

/// What comes behind a Close counts for nothing, but that the peer is alive.
void WsConnection::noteLate(const QByteArray &message)
{
    if (!m_saidClose || m_late >= mostLate || message.size() > m_context.settings.inlineBytes)
        return;
    ++m_late;
    if (const DecodedReport report = decodeWebSocketMessage(message, m_context.settings.strictHeader))
        m_context.handler.heardAfterClose(id(), &*report);
}

void WsConnection::receiveText()
{
    if (m_closing)
        return;
    ++m_context.counters.webSocketMessages;
    answerMalformed({.kind = DecodeFailure::Kind::NotProtobuf,
                     .reason = QStringLiteral("OpAMP is binary; this was a text message"),
                     .wireUid = {}},
                    unsupportedData);
}

void WsConnection::queue(const QByteArray &message)
{
    auto lease = std::make_shared<net::ByteLease>(m_context.budget);
    const bool hasBytes = lease->growTo(message.size());
    const bool fits = m_owed == 0 && m_context.pool.jobs(m_poolKey) < m_context.settings.queuedMessages;
    const bool taken =
        fits && hasBytes &&
        m_context.pool.submit(
            m_poolKey,
            [message, strict = m_context.settings.strictHeader] { return decodeWebSocketMessage(message, strict); },
            [self = QPointer(this), lease](const DecodedReport &report) {
                if (self) {
                    self->handle(report);
                    self->answerOwed();
                    self->leaveIfIdle();
                }
            });
    if (taken)
        return;
    ++m_context.counters.unavailable;
    m_context.refused(hasBytes ? Refusal::Overload : Refusal::BytesInFlight, m_peer.address);
    ++m_owed;
    answerOwed();
}

void WsConnection::answerOwed()
{
    if (m_context.pool.isBusy(m_poolKey))
        return; // those before them come first
    for (; m_owed > 0; --m_owed)
        reply(unavailable(m_onlyUid, m_context.settings.retryAfter), {});
}

void WsConnection::handle(const DecodedReport &report)
{
    if (!report)
        return answerMalformed(report.error(), policyViolation);
    m_malformed = 0;
    noteUid(*report);
    reply(m_context.handler.handle(m_peer, *report), report->id);
}

void WsConnection::answerMalformed(const DecodeFailure &failure, quint16 closeCode)
{
    ++m_context.counters.malformed;
    m_context.refused(Refusal::Malformed, m_peer.address);
    reply(badRequest(failure, m_onlyUid), {});
    if (++m_malformed >= m_context.settings.malformedInRow)
        close(closeCode, QStringLiteral("too many malformed messages"));
}

void WsConnection::noteUid(const domain::AgentReport &report)
{
    if (report.wireUid != report.id.bytes() && m_ulids.size() < mostUlids)
        m_ulids.insert(report.wireUid, report.id);
    if (m_manyUids || report.wireUid == m_onlyUid)
        return;
    m_manyUids = !m_onlyUid.isEmpty();
    m_onlyUid = m_manyUids ? QByteArray() : report.wireUid;
}

void WsConnection::reply(const domain::ServerReply &reply, const domain::GatewayId &gateway)
{
    if (!isOpen())
        return; // it may have sent its Close right behind the message (T24)
    const FittedReply fitted = fittedReply(reply, m_context.settings.replyLimit - 1);
    if (fitted.tooLarge > 0) {
        ++m_context.counters.tooLarge;
        m_context.handler.replyTooLarge(m_peer, gateway, fitted.tooLarge);
    }
    // Without its config it is still the one reply that each message gets (S2).
    if (fitted.bytes)
        (void)write(*fitted.bytes);
}

bool WsConnection::push(const domain::ServerReply &reply)
{
    if (!isOpen())
        return false;
    const FittedReply fitted = fittedReply(reply, m_context.settings.replyLimit - 1);
    if (fitted.tooLarge == 0)
        return write(*fitted.bytes);
    ++m_context.counters.tooLarge;
    m_context.handler.replyTooLarge(m_peer, m_ulids.value(reply.wireUid, domain::GatewayId(reply.wireUid)),
                                    fitted.tooLarge);
    return false;
}

bool WsConnection::write(const QByteArray &protobuf)
{
    if (m_control->unsent() >= m_context.settings.limits.unsent) {
        noteSlowReader();
        close(tryAgainLater, notRead());
        return false;
    }
    m_socket->sendBinaryMessage(varintBytes(0) + protobuf);
    m_socket->flush();
    m_unsentOfOurs = m_control->unsent();
    return true;
}

/// Qt closes by itself what breaks the protocol. The peer's own Close may bring the same codes; hardly any client sends
/// them, and Qt does not say whose they are.
void WsConnection::noteBreach()
{
    switch (m_socket->closeCode()) {
    case QWebSocketProtocol::CloseCodeTooMuchData:
        return m_context.refused(Refusal::MessageSize, m_peer.address);
    case QWebSocketProtocol::CloseCodeProtocolError:
    case QWebSocketProtocol::CloseCodeWrongDatatype:
        return m_context.refused(Refusal::Malformed, m_peer.address);
    default:
        break;
    }
}

void WsConnection::noteSlowReader()
{
    ++m_context.counters.slowReaders;
    m_context.refused(Refusal::SlowReader, m_peer.address);
}

void WsConnection::close(quint16 code, const QString &reason)
{
    if (m_closing)
        return;
    m_closing = true;
    m_end = {By::Us, reason};
    if (!m_socket)
        return m_control->drop();
    m_saidClose = true;
    m_closeDeadline = m_context.clock.awake() + m_context.settings.closeTimeout;
    m_control->setClose(net::SocketControl::Close::HoldThenLinger);
    m_control->onLinger([this] { m_context.handler.heardAfterClose(id(), nullptr); });
    m_socket->close(static_cast<QWebSocketProtocol::CloseCode>(code), reason);
    m_left = true;
    // Not now: the caller may be in the middle of something.
    QMetaObject::invokeMethod(this, &WsConnection::leaveIfIdle, Qt::QueuedConnection);
}

/// Ends it without a Close.
void WsConnection::drop(const domain::ConnectionEnd &end)
{
    m_end = end;
    m_closing = true;
    m_control->drop();
}

void WsConnection::checkTimes(milliseconds now)
{
    if (m_gone)
        return;
    const EndpointSettings &settings = m_context.settings;
    if (now >= m_closeDeadline || (!m_socket && now >= m_handshakeDeadline))
        return m_control->drop();
    if (!isOpen() || settings.pingInterval.count() == 0)
        return;
    if (m_unanswered != milliseconds::max() && now >= m_unanswered + settings.pongTimeout) {
        ++m_context.counters.pongTimeouts;
        const auto seconds = std::chrono::ceil<std::chrono::seconds>(settings.pongTimeout);
        // Nobody is there to read a Close.
        return drop({By::Break, QStringLiteral("no answer to a ping within %1 s").arg(seconds.count())});
    }
    if (now >= m_lastPing + settings.pingInterval) {
        m_lastPing = now;
        m_unanswered = std::min(m_unanswered, now);
        m_socket->ping();
    }
}

void WsConnection::gone()
{
    m_gone = true;
    m_left = true;
    m_closing = true;
    m_lease.release();
    m_slot.reset();
    leaveIfIdle();
}

void WsConnection::leaveIfIdle()
{
    // What it brought before it left is handled first.
    if (!m_left || m_context.pool.isBusy(m_poolKey))
        return;
    if (!std::exchange(m_leftTold, true))
        Q_EMIT left(m_end);
    if (m_gone && !std::exchange(m_ended, true))
        Q_EMIT ended(this);
}

} // namespace flowgate::endpoint
