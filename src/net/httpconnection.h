// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/bodyreader.h"
#include "net/connectioncaps.h"
#include "net/server.h"
#include "net/serversocket.h"

#include <QObject>

namespace flowgate::net {

/// One accepted connection until it ends or is handed over: reads requests one after the other and answers each
/// before it reads the next, which keeps pipelined ones in order and lets a peer that never reads stall only itself.
/// @thread io
class HttpConnection final : public QObject
{
    Q_OBJECT
public:
    /// @param socket  becomes a child
    /// @param place   its place among the connections; none: over a cap, the first request is refused
    HttpConnection(Server &server, QTcpSocket *socket, SocketControl *control, PeerAddress peer,
                   ConnectionCaps::Place place);

    /// Starts to read; for a TLS socket that encrypts already.
    void start();
    /// Ends what takes too long.
    void checkTimes(milliseconds now);
    /// Closes when nothing is under way, else behind the answer.
    void drain();
    void drop() { m_control->drop(); }

Q_SIGNALS:
    void ended(flowgate::net::HttpConnection *connection);

private:
    enum class State { Idle, Head, Body, Answering, Closing };

    void advance();
    void wrote();
    [[nodiscard]] bool step();
    [[nodiscard]] bool readHead();
    [[nodiscard]] bool readBody();
    void accept(RequestHead head, qsizetype consumed);
    void handOver(const Route &route, qsizetype consumed);
    void beginBody();
    void dispatch();
    /// Answers without the rest of the request: what is unread is discarded and the connection ends.
    /// @param kind  nothing: whoever refused has counted it
    void refuse(HttpResponse response, quint64 &counter, std::optional<domain::Refusal> kind);
    /// Counts it, to be refused or dropped for @p kind.
    void count(quint64 &counter, domain::Refusal kind);
    void answer(quint64 request, HttpResponse response);
    void write(HttpResponse response, bool keepAlive);
    void close(SocketControl::Close mode);
    void enter(State state, milliseconds timeout);
    [[nodiscard]] qint64 available() const;

    Server &m_server;
    QTcpSocket *m_socket;
    SocketControl *m_control;
    PeerAddress m_peer;
    ConnectionCaps::Place m_place;
    const HeadLimits m_headLimits; ///< as the read buffer is made for
    State m_state = State::Head;
    milliseconds m_deadline{0};
    milliseconds m_bodyBegun{0};
    milliseconds m_writeDeadline = milliseconds::max();
    QByteArray m_input; ///< read from the socket and not used yet
    RequestHead m_head;
    std::shared_ptr<const Route> m_route;
    std::unique_ptr<BodyReader> m_body;
    std::shared_ptr<ByteLease> m_lease;
    quint64 m_request = 0; ///< counts requests, so that a late answer cannot go to the wrong one
    bool m_advancing = false;
    bool m_draining = false;
};

} // namespace flowgate::net
