// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/gzip.h"
#include "tests/endpoint/endpointfixture.h"
#include "tests/support/certificates.h"
#include "tests/support/patience.h"

#include <QTest>

using namespace flowgate;
using namespace flowgate::tests;
using namespace std::chrono_literals;

namespace {

/// The status that these bytes get on a connection of their own; 0: none, -1: nobody listens.
int statusFrom(quint16 port, const QByteArray &bytes)
{
    RawClient client;
    if (!client.connectTo(port))
        return -1;
    client.send(bytes);
    const auto response = client.readResponse();
    return response ? response->status : 0;
}

} // namespace

/// OpAMP over plain HTTP.
class TestHttpExchange : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void oneReplyToEachPost();
    void bodies_data();
    void bodies();
    void refuses_data();
    void refuses();
    void compresses_data();
    void compresses();
    void bigReplyIsCompressedToo();
    void bombs();
    void replyLimit();
    void bothTransportsAtOnce();
    void twoAgentsOnOneConnection();
    void hundredInARow();
    void orderOfOneAgent();
    void poolIsFull();
    void unavailableIsA503_data();
    void unavailableIsA503();
    void limitsChangeLive();
    void otherRoutes();
    void overTls();
    void tellsAProxy_data();
    void tellsAProxy();
};

void TestHttpExchange::oneReplyToEachPost()
{
    Endpoint endpoint;
    RawClient client;
    QVERIFY(client.connectTo(endpoint.port) && client.send(post("/v1/opamp", report(uidA))));
    const auto response = client.readResponse();
    QVERIFY(response.has_value());
    QCOMPARE(response->status, 200);                                                  // T31
    QCOMPARE(response->header("Content-Type"), QByteArray("application/x-protobuf")); // T32, X4b: exactly
    QCOMPARE(response->header("Content-Length").toLongLong(), response->body.size()); // T32
    QVERIFY(response->header("Content-Encoding").isNull());                           // none was asked for
    const auto reply = parsed(response->body);                                        // T30: no header byte
    QVERIFY(reply.has_value());
    QCOMPARE(QByteArray::fromStdString(reply->instance_uid()), uidA);
    QCOMPARE(reply->capabilities(), 7u);
    const domain::Peer peer = endpoint.handler.peers().at(0);
    QCOMPARE(peer.transport, domain::Transport::Http);
    QCOMPARE(peer.connection, domain::ConnectionId(0));
    QCOMPARE(peer.reachedUs, QStringLiteral("127.0.0.1"));
    QCOMPARE(peer.address, QString::fromLatin1(client.localAddress()));
    QCOMPARE(endpoint.counters().httpRequests, quint64(1));
}

void TestHttpExchange::tellsAProxy_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<bool>("byProxy");
    QTest::addRow("none") << QByteArray("X-Other: x") << false;
    for (const char *header : {"X-Forwarded-For: 192.0.2.7", "x-forwarded-proto: https", "X-Forwarded-Host: gw",
                               "X-Real-IP: 192.0.2.7", "Forwarded: for=192.0.2.7", "Via: 1.1 proxy"})
        QTest::addRow("X11 %s", header) << QByteArray(header) << true;
}

void TestHttpExchange::tellsAProxy()
{
    QFETCH(QByteArray, header);
    QFETCH(bool, byProxy);
    Endpoint endpoint;
    RawClient client;
    QVERIFY(client.connectTo(endpoint.port) && client.send(post("/v1/opamp", report(uidA), {header})));
    QVERIFY(client.readResponse().has_value());
    QCOMPARE(endpoint.handler.peers().at(0).byProxy, byProxy);
}

void TestHttpExchange::bodies_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray small = report(uidA, 1);
    const QByteArray big = report(uidA, 1, 900'000);
    const std::vector<QByteArray> isChunked{"Content-Type: application/x-protobuf", "Transfer-Encoding: chunked"};
    const std::vector<QByteArray> isGzip{"Content-Encoding: gzip"};
    const QByteArray start = "POST /v1/opamp HTTP/1.1";
    QTest::addRow("T30 plain") << post("/v1/opamp", small);
    QTest::addRow("T30 big, through the pool") << post("/v1/opamp", big);
    QTest::addRow("T33 gzip") << post("/v1/opamp", net::gzip(small), isGzip);
    QTest::addRow("T33 gzip, identity named") << post("/v1/opamp", small, {"Content-Encoding: identity"});
    QTest::addRow("T33 small gzip of a big body") << post("/v1/opamp", net::gzip(big), isGzip);
    QTest::addRow("T35 with a uid header") << post("/v1/opamp", small, {"OpAMP-Instance-UID: nonsense"});
    QTest::addRow("T35 with another uid than the message's")
        << post("/v1/opamp", small, {"OpAMP-Instance-UID: 01a20a40-b847-7c64-a967-500bd08305ff"});
    QTest::addRow("T35 twice and empty") << post(
        "/v1/opamp", small, {"OpAMP-Instance-UID:", "OpAMP-Instance-UID: 01a20a40-b847-7c64-a967-500bd08305b3"});
    QTest::addRow("T40 chunked") << request(start, isChunked, chunked(small, {1, 5}, ";x=y"));
    QTest::addRow("T40 chunked and big") << request(start, isChunked, chunked(big, {1, 4096}));
    QTest::addRow("T40 chunked and gzipped")
        << request(start, {isChunked[0], isChunked[1], isGzip[0]}, chunked(net::gzip(big), {7}));
    QTest::addRow("S3 a ULID") << post("/v1/opamp", report("01ARZ3NDEKTSV4RRFFQ69G5FAV"));
}

void TestHttpExchange::bodies()
{
    QFETCH(QByteArray, bytes);
    Endpoint endpoint;
    RawClient client;
    QVERIFY(client.connectTo(endpoint.port) && client.send(bytes));
    const auto response = client.readResponse();
    QVERIFY(response.has_value());
    QCOMPARE(response->status, 200);
    const auto reply = parsed(response->body);
    QVERIFY(reply.has_value() && !reply->has_error_response());
    QVERIFY(reply->instance_uid().size() == 16 || reply->instance_uid() == "01ARZ3NDEKTSV4RRFFQ69G5FAV");
    QCOMPARE(endpoint.handler.count(), 1);
    QTRY_COMPARE(endpoint.bytesInFlight(), qsizetype(0));
}

void TestHttpExchange::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("isReply");         // the body is a ServerToAgent with the error in it
    QTest::addColumn<domain::Refusal>("kind"); // that it counts as
    const QByteArray packed = net::gzip(report(uidA));
    const std::vector<QByteArray> isGzip{"Content-Encoding: gzip"};
    const auto add = [](const char *name, const QByteArray &bytes, int status, bool isReply = false,
                        domain::Refusal kind = domain::Refusal::Malformed) {
        QTest::addRow("%s", name) << bytes << status << isReply << kind;
    };
    add("T30 header byte on HTTP", post("/v1/opamp", message(uidA)), 400, true);
    add("ER1 garbage", post("/v1/opamp", "\xff\xff\xff"), 400, true);
    add("ER1 truncated", post("/v1/opamp", report(uidA).chopped(2)), 400, true);
    add("ER1 big garbage", post("/v1/opamp", QByteArray(400'000, '\xff')), 400, true);
    add("ER1 no uid", post("/v1/opamp", report({}, 3)), 200, true);
    add("ER1 empty body", post("/v1/opamp", {}), 200, true);
    add("ER1 short uid", post("/v1/opamp", report(uidA.left(4))), 200, true);
    add("T33 truncated gzip", post("/v1/opamp", packed.chopped(4), isGzip), 400);
    add("T33 gzip header on a plain body", post("/v1/opamp", report(uidA), isGzip), 400);
    add("T33 corrupt gzip", post("/v1/opamp", packed.left(12) + "garbage", isGzip), 400);
    add("T33 deflate", post("/v1/opamp", report(uidA), {"Content-Encoding: deflate"}), 415, false,
        domain::Refusal::WrongContentType);
    add("T5 other type", request("POST /v1/opamp HTTP/1.1", {"Content-Type: application/json", "Content-Length: 0"}),
        415, false, domain::Refusal::WrongContentType);
    add("T5 GET", request("GET /v1/opamp HTTP/1.1"), 405, false, domain::Refusal::WrongMethod);
    add("T5 other path", post("/v2/opamp", report(uidA)), 404, false, domain::Refusal::WrongPath);
    add("T5 a slash at the end", post("/v1/opamp/", report(uidA)), 404, false, domain::Refusal::WrongPath);
}

void TestHttpExchange::refuses()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    QFETCH(bool, isReply);
    QFETCH(domain::Refusal, kind);
    Endpoint endpoint;
    RawClient client;
    QVERIFY(client.connectTo(endpoint.port) && client.send(bytes));
    const auto response = client.readResponse();
    QVERIFY(response.has_value());
    QCOMPARE(response->status, status);
    QCOMPARE(response->header("Content-Type") == "application/x-protobuf", isReply);
    if (isReply) {
        const auto reply = parsed(response->body);
        QVERIFY(reply.has_value());
        QCOMPARE(reply->error_response().type(), wire::ServerErrorResponseType_BadRequest);
        QVERIFY(!reply->error_response().error_message().empty());
        QCOMPARE(reply->capabilities(), 0u); // ER3
    }
    QCOMPARE(endpoint.handler.count(), 0);
    for (const domain::Refusal any : domain::allRefusals())
        QCOMPARE(endpoint.refused(any), quint64(any == kind ? 1 : 0));
}

void TestHttpExchange::compresses_data()
{
    QTest::addColumn<QByteArrayList>("headers");
    QTest::addColumn<bool>("expected");
    QTest::addRow("T34 gzip") << QByteArrayList{"Accept-Encoding: gzip"} << true;
    QTest::addRow("T34 several lines") << QByteArrayList{"Accept-Encoding: br", "accept-encoding: gzip;q=0.5"} << true;
    QTest::addRow("T34 forbidden on another line")
        << QByteArrayList{"Accept-Encoding: *", "Accept-Encoding: gzip;q=0"} << false;
    QTest::addRow("T34 identity") << QByteArrayList{"Accept-Encoding: identity"} << false;
}

void TestHttpExchange::compresses()
{
    QFETCH(QByteArrayList, headers);
    QFETCH(bool, expected);
    Endpoint endpoint;
    RawClient client;
    QVERIFY(client.connectTo(endpoint.port));
    QVERIFY(client.send(post("/v1/opamp", report(uidA), {headers.begin(), headers.end()})));
    const auto response = client.readResponse();
    QVERIFY(response.has_value());
    QCOMPARE(response->header("Content-Encoding") == "gzip", expected);
    QCOMPARE(response->header("Vary"), QByteArray("Accept-Encoding"));
    const QByteArray body = expected ? *net::gunzip(response->body, 1000) : response->body;
    QCOMPARE(QByteArray::fromStdString(parsed(body)->instance_uid()), uidA);
}

void TestHttpExchange::bigReplyIsCompressedToo()
{
    Endpoint endpoint;
    endpoint.handler.setAnswer(
        [](const domain::Peer &, const domain::AgentReport &report) { return configReply(report.wireUid, 2'000'000); });
    RawClient client;
    QVERIFY(client.connectTo(endpoint.port));
    QVERIFY(client.send(post("/v1/opamp", report(uidA), {"Accept-Encoding: gzip"}) + post("/v1/opamp", report(uidB))));
    const auto packed = client.readResponse();
    QVERIFY(packed.has_value());
    QCOMPARE(packed->header("Content-Encoding"), QByteArray("gzip"));
    QVERIFY(packed->body.size() < 100'000);
    QVERIFY(parsed(*net::gunzip(packed->body, 3'000'000))->has_remote_config());
    const auto plain = client.readResponse();
    QVERIFY(plain.has_value());
    QVERIFY(plain->body.size() > 2'000'000);
}

void TestHttpExchange::bombs()
{
    endpoint::EndpointSettings settings;
    settings.limits.body = settings.limits.inflated = 1'000'000;
    Endpoint endpoint(settings);
    const auto statusOf = [&](const QByteArray &bytes) { return statusFrom(endpoint.port, bytes); };
    const std::vector<QByteArray> isGzip{"Content-Encoding: gzip"};
    QCOMPARE(statusOf(post("/v1/opamp", net::gzip(QByteArray(50'000'000, '\0')), isGzip)), 413); // T36, ER7
    QCOMPARE(statusOf(post("/v1/opamp", report(uidA, 1, 1'000'000))), 413);
    QCOMPARE(statusOf(request("POST /v1/opamp HTTP/1.1",
                              {"Content-Type: application/x-protobuf", "Transfer-Encoding: chunked"},
                              chunked(QByteArray(1'000'001, 'x'), {65'536}))),
             413);
    QCOMPARE(endpoint.refused(domain::Refusal::BodySize), quint64(3));
    QCOMPARE(endpoint.handler.count(), 0);
    QCOMPARE(statusOf(post("/v1/opamp", net::gzip(report(uidA, 1, 900'000)), isGzip)), 200);
}

void TestHttpExchange::replyLimit()
{
    endpoint::EndpointSettings settings;
    settings.replyLimit = 1024;
    Endpoint endpoint(settings);
    endpoint.handler.setAnswer([](const domain::Peer &, const domain::AgentReport &report) {
        if (report.sequence != 2)
            return configReply(report.wireUid, 2000);
        domain::ServerReply huge = plainReply(report.wireUid);
        std::get<domain::NormalReply>(huge.body).newInstanceUid = QByteArray(2000, 'u');
        return huge;
    });
    RawClient client;
    QVERIFY(client.connectTo(endpoint.port) && client.send(post("/v1/opamp", report(uidA, 1))));
    const auto reduced = client.readResponse();
    QVERIFY(reduced.has_value());
    QCOMPARE(reduced->status, 200); // T37: a smaller one without the part that does not fit
    QVERIFY(!parsed(reduced->body)->has_remote_config());
    QVERIFY(client.send(post("/v1/opamp", report(uidA, 2))));
    QCOMPARE(client.readResponse()->status, 500); // nothing can be left out
    const auto tooLarge = endpoint.handler.tooLarge();
    QCOMPARE(tooLarge.size(), std::size_t(2));
    QCOMPARE(tooLarge[0].first, domain::GatewayId(uidA));
    QVERIFY(tooLarge[0].second >= 2000);
}

void TestHttpExchange::bothTransportsAtOnce()
{
    Endpoint endpoint; // T1
    RawClient socket;
    RawClient plain;
    QVERIFY(socket.connectTo(endpoint.port) && socket.openWebSocket("/v1/opamp") && plain.connectTo(endpoint.port));
    for (quint64 i = 0; i < 5; ++i) {
        QVERIFY(socket.send(frame(Op::Binary, message(uidA, i))) && plain.send(post("/v1/opamp", report(uidB, i))));
        QCOMPARE(QByteArray::fromStdString(nextReply(socket)->instance_uid()), uidA);
        QCOMPARE(QByteArray::fromStdString(parsed(plain.readResponse()->body)->instance_uid()), uidB);
    }
    QCOMPARE(endpoint.handler.count(), 10);
    plain.close(); // T39: the end of TCP means nothing on HTTP
    QVERIFY(socket.staysQuiet(30ms));
    QVERIFY(endpoint.handler.closed().empty());
}

void TestHttpExchange::twoAgentsOnOneConnection()
{
    Endpoint endpoint;
    RawClient client;
    QVERIFY(client.connectTo(endpoint.port));
    for (int round = 0; round < 3; ++round) { // T39
        for (const QByteArray &uid : {uidA, uidB}) {
            QVERIFY(client.send(post("/v1/opamp", report(uid))));
            QCOMPARE(QByteArray::fromStdString(parsed(client.readResponse()->body)->instance_uid()), uid);
        }
        endpoint.clock.advance(30s); // T41
    }
    for (int i = 0; i < 5; ++i) { // and one agent over many connections
        RawClient other;
        QVERIFY(other.connectTo(endpoint.port) && other.send(post("/v1/opamp", report(uidA))));
        QCOMPARE(other.readResponse()->status, 200);
    }
}

void TestHttpExchange::hundredInARow()
{
    Endpoint endpoint;
    RawClient client;
    QVERIFY(client.connectTo(endpoint.port));
    for (quint64 i = 0; i < 100; ++i) { // T42, S2
        QVERIFY(client.send(post("/v1/opamp", report(uidA, i))));
        QCOMPARE(client.readResponse()->status, 200);
    }
    QCOMPARE(endpoint.handler.count(), 100);
    QVERIFY(std::ranges::is_sorted(endpoint.handler.sequences()));
}

void TestHttpExchange::orderOfOneAgent()
{
    Endpoint endpoint;
    const std::vector<QByteArray> who{"OpAMP-Instance-UID: 01a20a40-b847-7c64-a967-500bd08305b3"};
    std::vector<RawClient> clients(6);
    // Alternating big (pool) and small (inline) ones over connections of their own: the agent's order holds.
    for (std::size_t i = 0; i < clients.size(); ++i) {
        QVERIFY(clients[i].connectTo(endpoint.port));
        QVERIFY(clients[i].send(post("/v1/opamp", report(uidA, i, i % 2 == 0 ? 3'000'000 : 0), who)));
        QTRY_COMPARE(endpoint.counters().httpRequests, quint64(i + 1));
    }
    for (RawClient &client : clients)
        QCOMPARE(client.readResponse()->status, 200);
    QVERIFY(std::ranges::is_sorted(endpoint.handler.sequences()));
}

void TestHttpExchange::poolIsFull()
{
    endpoint::EndpointSettings settings;
    settings.poolJobs = 0;
    Endpoint endpoint(settings);
    RawClient client;
    QVERIFY(client.connectTo(endpoint.port) && client.send(post("/v1/opamp", report(uidA, 1, 400'000))));
    const auto response = client.readResponse();
    QVERIFY(response.has_value());
    QCOMPARE(response->status, 503); // ER5
    QCOMPARE(response->header("Retry-After"), QByteArray("30"));
    QVERIFY(client.send(post("/v1/opamp", report(uidA, 2))));
    QCOMPARE(client.readResponse()->status, 200);
    QCOMPARE(endpoint.counters().unavailable, quint64(1));
    QCOMPARE(endpoint.refused(domain::Refusal::Overload), quint64(1));
}

void TestHttpExchange::unavailableIsA503_data()
{
    QTest::addColumn<std::optional<std::chrono::nanoseconds>>("retryAfter");
    QTest::addColumn<QByteArray>("header");
    using Time = std::optional<std::chrono::nanoseconds>;
    QTest::addRow("ER5 a time to wait") << Time(5min) << QByteArray("300");
    QTest::addRow("ER5 none is said: the recommended one") << Time() << QByteArray("30");
    QTest::addRow("ER5 whole seconds, not too early") << Time(40'001ms) << QByteArray("41");
}

/// A client of plain HTTP looks past an error in a 200 and would not send that message again.
void TestHttpExchange::unavailableIsA503()
{
    QFETCH(std::optional<std::chrono::nanoseconds>, retryAfter);
    QFETCH(QByteArray, header);
    Endpoint endpoint;
    endpoint.handler.setAnswer([&](const domain::Peer &, const domain::AgentReport &report) {
        return domain::ServerReply{
            report.wireUid, domain::ErrorReply{domain::ReplyError::Unavailable, QStringLiteral("full"), retryAfter}};
    });
    RawClient client;
    QVERIFY(client.connectTo(endpoint.port) && client.send(post("/v1/opamp", report(uidA, 1))));
    const auto response = client.readResponse();
    QVERIFY(response.has_value());
    QCOMPARE(response->status, 503);
    QCOMPARE(response->header("Retry-After"), header);
    const auto reply = parsed(response->body);
    QVERIFY(reply.has_value());
    QCOMPARE(reply->error_response().type(), wire::ServerErrorResponseType_Unavailable);
    endpoint.handler.setAnswer({});
    QVERIFY(client.send(post("/v1/opamp", report(uidA, 2)))); // the connection is as good as before
    QCOMPARE(client.readResponse()->status, 200);
}

/// T15, T36: what an operator sets holds without a restart.
void TestHttpExchange::limitsChangeLive()
{
    Endpoint endpoint;
    const std::vector<QByteArray> isGzip{"Content-Encoding: gzip"};
    const auto statusOf = [&](const QByteArray &bytes) { return statusFrom(endpoint.port, bytes); };
    QCOMPARE(statusOf(post("/v1/opamp", report(uidA, 1, 50'000))), 200);
    endpoint.onIo(
        [](endpoint::OpampEndpoint &it) { it.setLimits({.message = 20'000, .body = 40'000, .inflated = 45'000}); });
    QCOMPARE(statusOf(post("/v1/opamp", report(uidA, 2, 39'000))), 200);
    QCOMPARE(statusOf(post("/v1/opamp", report(uidA, 3, 41'000))), 413);
    QCOMPARE(statusOf(post("/v1/opamp", net::gzip(report(uidA, 4, 44'000)), isGzip)), 200);
    QCOMPARE(statusOf(post("/v1/opamp", net::gzip(report(uidA, 5, 46'000)), isGzip)), 413);
    RawClient socket;
    QVERIFY(socket.connectTo(endpoint.port) && socket.openWebSocket("/v1/opamp"));
    QVERIFY(socket.send(frame(Op::Binary, message(uidA, 6, 19'000))));
    QVERIFY(nextReply(socket).has_value());
    QVERIFY(socket.send(frame(Op::Binary, message(uidA, 7, 21'000))));
    const auto close = socket.readData();
    QVERIFY(close.has_value());
    QCOMPARE(close->closeCode(), quint16(1009));
}

void TestHttpExchange::otherRoutes()
{
    Endpoint endpoint;
    endpoint.onRoutes([](net::Server &server) { // as the telemetry layer adds its own
        for (const QByteArray &path : {QByteArray("/v1/metrics"), QByteArray("/v1/logs")})
            server.addRoute(
                {.path = path, .post = [](const net::HttpRequest &request, const net::Responder &responder) {
                     responder.answer({.status = 200, .body = request.head.path});
                 }});
    });
    RawClient client;
    QVERIFY(client.connectTo(endpoint.port));
    QVERIFY(client.send(post("/v1/metrics", "x") + post("/v1/logs", "x") + post("/v1/opamp", report(uidA))));
    QCOMPARE(client.readResponse()->body, QByteArray("/v1/metrics"));
    QCOMPARE(client.readResponse()->body, QByteArray("/v1/logs"));
    QVERIFY(parsed(client.readResponse()->body).has_value());
}

void TestHttpExchange::overTls()
{
    const Identity identity = makeIdentity("flowgate.test");
    Endpoint endpoint({}, {}, *net::tlsConfiguration(identity.certificate, identity.key));
    RawClient client;
    QVERIFY(client.connectTo(endpoint.port) && client.startTls());
    QVERIFY(client.send(post("/v1/opamp", report(uidA)) + post("/v1/opamp", report(uidA, 1, 900'000))));
    QCOMPARE(client.readResponse()->status, 200);
    QCOMPARE(client.readResponse()->status, 200);
    QVERIFY(endpoint.handler.peers().at(1).encrypted);
}

QTEST_GUILESS_MAIN(TestHttpExchange)
#include "tst_httpexchange.moc"
