// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/clock.h"
#include "domain/refusal.h"
#include "net/bytebudget.h"
#include "net/http.h"
#include "net/listenaddress.h"
#include "net/webrules.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <vector>

namespace flowgate::net {

using domain::milliseconds;

/// What the server bears. Times are of the clock's awake().
struct ServerLimits
{
    HeadLimits head;
    int connections = 20'000;
    int connectionsPerAddress = 12'000; ///< a NAT or proxy may bring a whole fleet
    int handshakes = 1'000;             ///< TLS handshakes under way
    int handshakesPerAddress = 64;
    milliseconds headTimeout{10'000};            ///< from the first byte, or the connection, to the end of the head
    milliseconds bodyTimeout{30'000};            ///< for the whole body, and as long as it takes at bodyRate on top
    qsizetype bodyRate = 32 * 1024;              ///< bytes a second that a large body comes with at least
    milliseconds idleTimeout{120'000};           ///< of keep-alive connections between requests (T41)
    milliseconds handshakeTimeout{10'000};       ///< of TLS
    milliseconds writeTimeout{30'000};           ///< in which a peer takes nothing of an answer
    milliseconds drainTimeout{5'000};            ///< for answers under way at drain()
    milliseconds sweep{1'000};                   ///< how often the times above are looked at
    qsizetype inlineBody = 256 * 1024;           ///< bodies over it count in the budget
    qsizetype bytesInFlight = 512 * 1024 * 1024; ///< of such bodies, all connections together; over it 503
};

/// What came in and what was refused, since the start.
struct ServerCounters
{
    quint64 accepted = 0;    ///< connections
    quint64 requests = 0;    ///< complete requests handed to a route
    quint64 upgrades = 0;    ///< handed over
    quint64 overCap = 0;     ///< connection caps: 503 (or dropped during a TLS handshake)
    quint64 badHead = 0;     ///< 400, 431, 501, 505
    quint64 badBody = 0;     ///< chunking that does not parse
    quint64 notFound = 0;    ///< 404
    quint64 badRequest = 0;  ///< 405, 415, 426 and other decisions on the head
    quint64 notAdmitted = 0; ///< refused by a route's admit
    quint64 tooLarge = 0;    ///< 413
    quint64 overBudget = 0;  ///< 503 for bytes in flight
    quint64 timedOut = 0;    ///< head, body, handshake or write; idle ends are not counted
    quint64 handshakeFailed = 0;
};

class HttpConnection;
class Acceptor;

/// Listens on any number of addresses, plain or TLS, and serves routes.
///
/// 404 unknown path; 405 with Allow; 415 other content type or coding; 426/400 bad upgrade; all decided on the head,
/// before a body is read or an upgrade made (T5, T6). Answers go out in the order of the requests, pipelined ones too.
/// @thread io: the thread that it was made on
class Server final : public QObject
{
    Q_OBJECT
public:
    explicit Server(const domain::Clock &clock, ServerLimits limits = {}, QObject *parent = nullptr);
    ~Server() override;

    /// Adds what is served under route.path; replaces an earlier route of that path.
    void addRoute(Route route);
    /// Starts to listen; with @p tls only TLS is spoken there.
    /// @return the real address (a port 0 is resolved), or why not, naming the address
    [[nodiscard]] domain::Result<ListenAddress, ListenError> listen(const ListenAddress &address,
                                                                    std::optional<QSslConfiguration> tls = {});
    /// What is spoken from the next connection on, wherever TLS is; open connections stay as they are.
    void setTls(const QSslConfiguration &tls);
    struct Listening
    {
        ListenAddress address;
        bool encrypted = false;
    };
    [[nodiscard]] std::vector<Listening> listening() const;

    /// Other limits: of connections and heads from the next connection on, the rest at once. What is open, and what is
    /// held of the bytes in flight, stays. The sweep stays as it was.
    void setLimits(const ServerLimits &limits);
    /// Another Route::bodyLimit, from the next request on. Unknown paths are ignored.
    void setBodyLimit(const QByteArray &path, qsizetype bytes);

    /// Which web pages may reach us, from the next request on. Everywhere, before a route is looked for: 400 for a Host
    /// that no URL could name, 421 for one that is none of ours on a loopback listener, 403 for the Origin of another
    /// page.
    void setWebRules(const WebRules &rules);
    /// Whether the system tells whose a connection on this computer is (PeerAddress::user).
    [[nodiscard]] bool canTellUsers() const;

    /// Is told of each refusal of this server, and of its takers' (see noteRefusal()).
    void setRefusalSink(domain::RefusalSink sink) { m_refusalSink = std::move(sink); }
    /// Tells the sink, if there is one. For whoever serves a route and refuses on its own.
    /// @param peer  "192.0.2.7:51234"
    void noteRefusal(domain::Refusal kind, const QString &peer) const
    {
        if (m_refusalSink)
            m_refusalSink(kind, peer);
    }

    /// Stops listening, lets answers under way finish (at most drainTimeout), closes the rest; drained() follows.
    /// Upgraded connections are not touched: their takers close them.
    void drain();

    [[nodiscard]] qsizetype connectionCount() const; ///< upgraded ones included
    [[nodiscard]] const ServerCounters &counters() const { return m_counters; }
    [[nodiscard]] const ServerLimits &limits() const { return m_limits; }
    [[nodiscard]] const domain::Clock &clock() const { return m_clock; }
    /// Bytes in flight of big bodies; takers go on holding their share while they work on them.
    [[nodiscard]] const std::shared_ptr<ByteBudget> &budget() const { return m_budget; }

Q_SIGNALS:
    void drained();

private:
    friend class HttpConnection;
    friend class Acceptor;
    struct Private;

    const domain::Clock &m_clock;
    ServerLimits m_limits;
    ServerCounters m_counters;
    domain::RefusalSink m_refusalSink;
    std::shared_ptr<ByteBudget> m_budget;
    std::unique_ptr<Private> d;
};

} // namespace flowgate::net
