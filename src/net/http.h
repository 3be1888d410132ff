// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/peer.h"
#include "net/requesthead.h"

#include <QHostAddress>

#include <functional>
#include <memory>

class QTcpSocket;

namespace flowgate::net {

class SocketControl;

/// Both ends of a connection.
struct PeerAddress
{
    QHostAddress address;
    quint16 port = 0;
    QHostAddress localAddress;
    quint16 localPort = 0;
    bool encrypted = false;
    bool onLoopback = false; ///< what it came in by listens on a loopback address (0.0.0.0 is none)
    domain::PeerUser user = domain::PeerUser::Unknown; ///< asked for where onLoopback
    bool admitted = false;                             ///< an earlier request of this connection was

    /// "127.0.0.1:51234", "[::1]:51234".
    [[nodiscard]] QString text() const;
};

/// One complete request.
struct HttpRequest
{
    RequestHead head;
    QByteArray body; ///< as received: chunking undone, Content-Encoding not (see contentcoding.h)
    PeerAddress peer;
    std::shared_ptr<void> held; ///< a big body's share of the bytes in flight: keep it while you keep the body
};

/// One answer. Date, Content-Length and Connection are added when it is written.
struct HttpResponse
{
    int status = 200;
    QByteArray body{};
    QByteArray contentType{}; ///< exactly as written; empty leaves the header out
    std::vector<Header> headers{};
    bool close = false; ///< close the connection behind it
};

/// A refusal: a plain text body with the reason.
[[nodiscard]] HttpResponse refusal(int status, const QByteArray &reason, std::vector<Header> headers = {});
/// "Not Found" for 404 and so on.
[[nodiscard]] QByteArray statusText(int status);

/// Takes the answer to one request. Copies share it; only the first answer() counts. If the last copy goes without
/// an answer, a 500 is sent, so that no request stays open (T31). Outlives the connection safely.
/// @thread io
class Responder
{
public:
    using Sink = std::function<void(HttpResponse)>;
    explicit Responder(Sink sink);
    void answer(HttpResponse response) const;

private:
    struct State;
    std::shared_ptr<State> m_state;
};

/// A request that may become a WebSocket. The head was checked (T5, T6); in its place plainUpgrade()
/// is unread in the socket.
struct Upgrade
{
    RequestHead head;
    PeerAddress peer;
    QTcpSocket *socket = nullptr;     ///< without a parent: whoever takes it owns it
    SocketControl *control = nullptr; ///< the same object's other side: how it closes
    std::shared_ptr<void> slot;       ///< keep while the connection lives: it counts in the caps
};

/// What is served under one path.
struct Route
{
    using Admission = std::function<std::optional<HttpResponse>(const RequestHead &, const PeerAddress &)>;

    QByteArray path;
    QByteArray contentType =
        "application/x-protobuf";           ///< of POSTs, parameters and case ignored (T4); else 415. Empty: any
    qsizetype bodyLimit = 64 * 1024 * 1024; ///< of a body as received; over it 413 (T36)
    /// Judges the head alone, before a body is read or an upgrade made (T6): a response refuses. May be empty.
    Admission admit{};
    /// One complete POST. Answer exactly once, now or later. Must be set.
    std::function<void(HttpRequest, Responder)> post{};
    /// A well-formed upgrade; empty where the path has no WebSocket.
    std::function<void(Upgrade)> upgrade{};
};

} // namespace flowgate::net
