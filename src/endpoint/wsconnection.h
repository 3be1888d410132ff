// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "endpoint/endpointcontext.h"
#include "endpoint/messages.h"
#include "net/serversocket.h"

#include <QObject>
#include <QPointer>
#include <QWebSocketProtocol>

class QWebSocket;
class QWebSocketServer;

namespace flowgate::endpoint {

/// One WebSocket, from the hand-over of its socket to the end: one reply a message, in order (S2), pings (HB4), limits
/// (T15, T18, X19), close handshake (T23, T24).
/// @thread io
class WsConnection final : public QObject
{
    Q_OBJECT
public:
    WsConnection(domain::ConnectionId id, net::Upgrade upgrade, EndpointContext &context);
    ~WsConnection() override;

    [[nodiscard]] domain::ConnectionId id() const { return m_peer.connection; }
    [[nodiscard]] const domain::Peer &peer() const { return m_peer; }
    [[nodiscard]] bool isOpen() const { return m_socket && !m_closing; }
    /// Begins with the WebSocket handshake; its head is unread in the socket.
    void start();
    /// See OpampEndpoint::send.
    [[nodiscard]] bool push(const domain::ServerReply &reply);
    /// Sends a Close frame and waits for the peer's, at most closeTimeout; before the 101 it just ends.
    void close(quint16 code, const QString &reason);
    /// Handshake, pings, close: whatever is due.
    void checkTimes(milliseconds now);

Q_SIGNALS:
    void opened();
    /// The peer said Close, we did, or it is gone, and every message that it brought before was handled. Comes once.
    void left(const flowgate::domain::ConnectionEnd &end);
    /// Left, and nothing remains of the socket either. Comes once.
    void ended(flowgate::endpoint::WsConnection *connection);

private:
    void takeSocket();
    void heard();
    void takeTurns();
    void noteFragment(const QByteArray &fragment, bool isLast);
    void receive(const QByteArray &message);
    void receiveText();
    void queue(const QByteArray &message);
    void handle(const DecodedReport &report);
    void answerMalformed(const DecodeFailure &failure, quint16 closeCode);
    void answerOwed();
    void noteUid(const domain::AgentReport &report);
    void reply(const domain::ServerReply &reply, const domain::GatewayId &gateway);
    [[nodiscard]] bool write(const QByteArray &protobuf);
    [[nodiscard]] bool reserve(qsizetype bytes);
    void noteBreach();
    void noteSlowReader();
    void noteLate(const QByteArray &message);
    void peerCloses();
    void drop(const domain::ConnectionEnd &end);
    void gone();
    void leaveIfIdle();

    EndpointContext &m_context;
    domain::Peer m_peer;
    std::shared_ptr<void> m_slot;
    QPointer<QTcpSocket> m_tcp;
    net::SocketControl *m_control; ///< valid as long as m_tcp is
    QWebSocketServer *m_handshake; ///< of its own: what it makes is surely this connection's
    QWebSocket *m_socket = nullptr;
    QByteArray m_poolKey;
    net::ByteLease m_lease; ///< for the part of a message that is here already
    qsizetype m_fragments = 0;
    qint64 m_unsentOfOurs = 0; ///< what was unsent when our last message was written
    int m_malformed = 0;       ///< in a row
    int m_owed = 0;            ///< messages that found no room, to be told so once those before them are answered
    QByteArray m_onlyUid;
    bool m_manyUids = false;
    QHash<QByteArray, domain::GatewayId> m_ulids; ///< of agents whose uid is text (X3)
    milliseconds m_handshakeDeadline;
    milliseconds m_lastPing{0};
    milliseconds m_unanswered = milliseconds::max(); ///< when the first ping without a word after it went out
    milliseconds m_closeDeadline = milliseconds::max();
    domain::ConnectionEnd m_end; ///< a break until something else is known
    int m_late = 0;              ///< messages behind our Close that were looked at
    bool m_saidClose = false;
    bool m_closing = false;
    bool m_gone = false;
    bool m_left = false;
    bool m_leftTold = false;
    bool m_ended = false;
};

} // namespace flowgate::endpoint
