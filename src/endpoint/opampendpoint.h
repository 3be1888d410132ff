// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "endpoint/reporthandler.h"
#include "net/server.h"

#include <QObject>
#include <QStringList>

#include <functional>
#include <memory>

namespace flowgate::endpoint {

using domain::milliseconds;

/// How much of one agent is taken. In bytes.
struct MessageLimits
{
    qsizetype message = 64 * 1024 * 1024;  ///< one WebSocket message, header included (T15)
    qsizetype body = 64 * 1024 * 1024;     ///< of a POST, as received (T36)
    qsizetype inflated = 64 * 1024 * 1024; ///< of a POST, its content coding undone (T36)
    qsizetype unsent = 8 * 1024 * 1024; ///< that a WebSocket does not read, at which nothing more is queued: 1013 (X19)

    friend bool operator==(const MessageLimits &, const MessageLimits &) = default;
};

/// Times are of the clock's awake().
struct EndpointSettings
{
    QByteArray path = "/v1/opamp"; ///< both transports (T2)
    MessageLimits limits;
    qsizetype replyLimit = 64 * 1024 * 1024; ///< of one message to an agent, before compression (T18, T37)
    bool strictHeader = false;               ///< refuse WebSocket messages without the header byte (X4)
    int malformedInRow = 5;                  ///< so many malformed messages in a row close a WebSocket (T19)
    milliseconds handshakeTimeout{10'000};   ///< from hand-over to the 101 (X18)
    milliseconds pingInterval{30'000};       ///< (HB4); zero: no pings
    milliseconds pongTimeout{60'000};        ///< after a ping without a word from the peer
    milliseconds closeTimeout{3'000};        ///< wait for the peer's Close before TCP is dropped (T23)
    milliseconds sweep{1'000};               ///< how often the times above are looked at
    int queuedMessages = 64;                 ///< of one WebSocket, behind a big one in the pool; beyond: Unavailable
    qsizetype inlineBytes = 256 * 1024;      ///< messages over it are inflated and parsed in the pool
    int poolThreads = 2;
    int poolJobs = 1'000;            ///< that run or wait; beyond: Unavailable, 503
    milliseconds retryAfter{30'000}; ///< told with Unavailable and 503 (ER4, ER5)
};

/// Since the start.
struct EndpointCounters
{
    quint64 webSocketMessages = 0; ///< received, malformed ones included
    quint64 httpRequests = 0;      ///< received, malformed ones included
    quint64 malformed = 0;
    quint64 unavailable = 0;  ///< answered with Unavailable or 503 for lack of room
    quint64 tooLarge = 0;     ///< messages to agents that were not sent whole (T18, T37)
    quint64 slowReaders = 0;  ///< closed
    quint64 pongTimeouts = 0; ///< closed
};

/// Serves OpAMP on a net::Server: WebSocket and plain HTTP on one path (T1). Decodes, asks the handler, answers
/// each message with exactly one reply, in order (S2, T31).
/// @thread io: the server's thread
class OpampEndpoint final : public QObject
{
    Q_OBJECT
public:
    /// @p server and @p handler must outlive it. Adds its route to the server.
    OpampEndpoint(net::Server &server, ReportHandler &handler, EndpointSettings settings = {},
                  QObject *parent = nullptr);
    ~OpampEndpoint() override;

    /// Judges requests before any upgrade (T6), e.g. by token: a response refuses. Replaces an earlier one.
    void setAdmission(net::Route::Admission admission);

    /// Other limits: of a WebSocket's messages for those that open from now on, the rest at once.
    void setLimits(const MessageLimits &limits);

    /// Sends a message that was not asked for (T20).
    /// @return false if the connection is gone, closing or too slow, or the message is over the limit (T18; then
    ///         the handler was told); nothing of it is sent then
    bool send(domain::ConnectionId connection, const domain::ServerReply &reply);
    /// Starts the close handshake (T23): 1008 for policy, 1000 otherwise. Unknown connections are ignored.
    void closeConnection(domain::ConnectionId connection, quint16 code, const QString &reason);

    /// The same for every connection whose other end is one of those; also while it still shakes hands.
    void closeConnections(const std::function<bool(const domain::Peer &)> &isOne, quint16 code, const QString &reason);

    /// Close 1001 to all, then drained(); answers over HTTP are the server's to drain. New upgrades get 503.
    void drain();

    [[nodiscard]] qsizetype connectionCount() const; ///< WebSockets that are open
    [[nodiscard]] const EndpointCounters &counters() const;
    /// "ws://127.0.0.1:4320/v1/opamp" for each address that the server listens on.
    [[nodiscard]] QStringList endpoints() const;

Q_SIGNALS:
    void drained();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace flowgate::endpoint
