// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/net/servicefixture.h"
#include "tests/support/patience.h"
#include "tests/support/rawclient.h"

#include <QTest>

using namespace flowgate;
using namespace flowgate::tests;
using namespace std::chrono_literals;

/// What the server says to requests, over real sockets.
class TestHttpServer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void decidesOnTheHead_data();
    void decidesOnTheHead();
    void answers_data();
    void answers();
    void keepsTheConnection();
    void closesWhenAsked();
    void pipelinedInOrder();
    void manyInARow();
    void expectContinue();
    void upgradeLeavesTheBytes();
    void upgradeBehindAPost();
    void forgottenAnswer();
    void lateAnswerToADeadPeer();
    void routesAreReplaced();
    void portInUse();
    void noSuchAddress();
    void drains();
};

void TestHttpServer::decidesOnTheHead_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("value");
    const auto add = [](const char *name, const QByteArray &bytes, int status, const QByteArray &header = {},
                        const QByteArray &value = {}) {
        QTest::addRow("%s", name) << bytes << status << header << value;
    };
    add("T5 ER8 unknown path", post("/nothing", "x"), 404);
    add("T5 unknown path, upgrade", upgrade("/nothing"), 404);
    add("T5 path is not a prefix", post("/echo/more", "x"), 404);
    add("T5 HEAD", request("HEAD /socket HTTP/1.1"), 405, "Allow", "POST");
    add("T5 GET without upgrade", request("GET /socket HTTP/1.1"), 405, "Allow", "POST");
    add("T5 upgrade where there is none", upgrade("/echo"), 405, "Allow", "POST");
    add("T5 DELETE", request("DELETE /echo HTTP/1.1"), 405, "Allow", "POST");
    add("T5 other type", request("POST /echo HTTP/1.1", {"Content-Type: text/plain", "Content-Length: 0"}), 415);
    add("T5 other version",
        request("GET /socket HTTP/1.1", {"Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 12"}),
        426, "Sec-WebSocket-Version", "13");
    add("T5 no key",
        request("GET /socket HTTP/1.1", {"Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13"}),
        400);
    add("T6 ER6 bad token, upgrade", upgrade("/socket", {"Authorization: Bearer no"}), 401, "WWW-Authenticate",
        "Bearer");
    add("T6 bad token, POST", post("/socket", "x", {"Authorization: Bearer no"}), 401, "WWW-Authenticate", "Bearer");
    add("T33 deflate", post("/echo", "x", {"Content-Encoding: deflate"}), 415);
    add("T36 length over the limit, no body sent",
        request("POST /small HTTP/1.1", {"Content-Type: application/x-protobuf", "Content-Length: 1001"}), 413);
    add("T36 length far over the limit",
        request("POST /small HTTP/1.1", {"Content-Type: application/x-protobuf", "Content-Length: 99999999999"}), 413);
    add("T40 length and chunked", post("/echo", "x", {"Transfer-Encoding: chunked"}), 400);
    add("T40 gzip, chunked", request("POST /echo HTTP/1.1", {"Transfer-Encoding: gzip, chunked"}), 501);
    add("T40 bad chunk",
        request("POST /echo HTTP/1.1", {"Content-Type: application/x-protobuf", "Transfer-Encoding: chunked"},
                "zz\r\n"),
        400);
    add("T36 chunks over the limit",
        request("POST /small HTTP/1.1", {"Content-Type: application/x-protobuf", "Transfer-Encoding: chunked"},
                chunked(QByteArray(1001, 'x'), {100})),
        413);
    add("T40 expectation unknown", post("/echo", "x", {"Expect: tea"}), 417);
    add("head: garbage", "\x16\x03\x01 what\r\n\r\n", 400);
    add("head: too many lines", request("POST /echo HTTP/1.1", std::vector<QByteArray>(101, "A: b")), 431);
    add("head: too long", request("POST /echo HTTP/1.1", {"A: " + QByteArray(20'000, 'x')}), 431);
    add("head: HTTP/3.0", "GET / HTTP/3.0\r\n\r\n", 505);
}

void TestHttpServer::decidesOnTheHead()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, value);
    Service service;
    RawClient client;
    QVERIFY(client.connectTo(service.port));
    QVERIFY(client.send(bytes));
    const bool isHead = bytes.startsWith("HEAD");
    const auto response = client.readResponse(!isHead);
    QVERIFY(response.has_value());
    QCOMPARE(response->status, status);
    if (!header.isEmpty())
        QCOMPARE(response->header(header), value);
    QVERIFY(!response->header("Date").isEmpty());
    QVERIFY(client.endsInOrder()); // and no reset that would eat the answer
    client.close();
    QCOMPARE(service.upgrades(), 0);
    QCOMPARE(service.counters().requests, quint64(0));
    QTRY_COMPARE(service.open(), 0);
}

void TestHttpServer::answers_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("body");
    const QByteArray body = QByteArray("0123456789").repeated(50'000);
    const std::vector<QByteArray> isChunked{"Content-Type: application/x-protobuf", "Transfer-Encoding: chunked"};
    QTest::addRow("T30 plain body") << post("/echo", "hello") << QByteArray("hello");
    QTest::addRow("T30 empty body") << post("/echo", {}) << QByteArray();
    QTest::addRow("T2 query ignored") << post("/echo?token=x", "hello") << QByteArray("hello");
    QTest::addRow("T4 type with parameters")
        << request("POST /echo HTTP/1.1", {"content-type: APPLICATION/x-protobuf; charset=utf-8", "content-length: 2"},
                   "hi")
        << QByteArray("hi");
    QTest::addRow("T30 500 kB") << post("/echo", body) << body;
    QTest::addRow("T40 chunked, odd sizes")
        << request("POST /echo HTTP/1.1", isChunked, chunked(body, {1, 3, 70'000, 13})) << body;
    QTest::addRow("T40 chunk extensions")
        << request("POST /echo HTTP/1.1", isChunked, chunked("hello", {2}, ";a=b;c=\"d\"")) << QByteArray("hello");
    QTest::addRow("route that judges types itself")
        << request("POST /any HTTP/1.1", {"Content-Type: text/html", "Content-Length: 2"}, "hi") << QByteArray("hi");
}

void TestHttpServer::answers()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, body);
    Service service;
    RawClient client;
    QVERIFY(client.connectTo(service.port));
    QVERIFY(client.send(bytes));
    const auto response = client.readResponse();
    QVERIFY(response.has_value());
    QCOMPARE(response->status, 200);
    QCOMPARE(response->header("Content-Type"), QByteArray("application/x-protobuf"));
    QCOMPARE(response->header("Content-Length").toLongLong(), body.size());
    QVERIFY(response->body == body);
}

void TestHttpServer::keepsTheConnection()
{
    Service service;
    RawClient client;
    QVERIFY(client.connectTo(service.port));
    for (int round = 0; round < 5; ++round) {
        const QByteArray body = "round " + QByteArray::number(round);
        QVERIFY(client.send(post("/echo", body)));
        const auto response = client.readResponse();
        QVERIFY(response.has_value());
        QCOMPARE(response->body, body);
        QCOMPARE(response->header("Connection"), QByteArray("keep-alive"));
        // T41: the polling interval passes many times over, and the connection stays
        service.clock.advance(60s);
        QVERIFY(client.staysQuiet(30ms));
    }
    QCOMPARE(service.counters().accepted, quint64(1));
    service.clock.advance(121s);
    QVERIFY(client.endsInOrder());
    QCOMPARE(service.counters().timedOut, quint64(0));
}

void TestHttpServer::closesWhenAsked()
{
    Service service;
    RawClient one;
    QVERIFY(one.connectTo(service.port) && one.send(post("/echo", "x", {"Connection: close"})));
    const auto response = one.readResponse();
    QVERIFY(response.has_value());
    QCOMPARE(response->header("Connection"), QByteArray("close"));
    QVERIFY(one.endsInOrder());
    RawClient old;
    QVERIFY(old.connectTo(service.port));
    QVERIFY(old.send("POST /echo HTTP/1.0\r\nContent-Type: application/x-protobuf\r\nContent-Length: 2\r\n\r\nhi"));
    QCOMPARE(old.readResponse()->body, QByteArray("hi"));
    QVERIFY(old.endsInOrder());
}

void TestHttpServer::pipelinedInOrder()
{
    Service service;
    RawClient client;
    QVERIFY(client.connectTo(service.port));
    // The first answer is held back: those behind it must wait for it.
    QByteArray all = post("/held", "0");
    for (int i = 1; i < 50; ++i)
        all += i % 2 != 0 ? post("/echo", QByteArray(i * 100, 'a'))
                          : request("POST /echo HTTP/1.1",
                                    {"Content-Type: application/x-protobuf", "Transfer-Encoding: chunked"},
                                    chunked(QByteArray(i * 100, 'a'), {77}));
    QVERIFY(client.send(all));
    QTRY_COMPARE(service.held(), 1);
    QVERIFY(client.staysQuiet(30ms));
    service.answerHeld();
    for (int i = 0; i < 50; ++i) {
        const auto response = client.readResponse();
        QVERIFY(response.has_value());
        QCOMPARE(response->body.size(), i == 0 ? 1 : i * 100);
    }
}

void TestHttpServer::manyInARow()
{
    Service service;
    RawClient client;
    QVERIFY(client.connectTo(service.port));
    for (int i = 0; i < 100; ++i) { // T42: the next one right behind each answer
        QVERIFY(client.send(post("/echo", QByteArray::number(i))));
        QCOMPARE(client.readResponse()->body, QByteArray::number(i));
    }
    QCOMPARE(service.counters().requests, quint64(100));
}

void TestHttpServer::expectContinue()
{
    Service service;
    RawClient client;
    QVERIFY(client.connectTo(service.port));
    const QByteArray whole = post("/echo", "hello", {"Expect: 100-continue"});
    QVERIFY(client.send(whole.chopped(5)));
    QCOMPARE(client.readResponse()->status, 100);
    QVERIFY(client.send("hello"));
    QCOMPARE(client.readResponse()->body, QByteArray("hello"));
    // T36: too long is said instead of "continue"
    QVERIFY(client.send(request("POST /small HTTP/1.1", {"Content-Type: application/x-protobuf", "Content-Length: 1001",
                                                         "Expect: 100-continue"})));
    QCOMPARE(client.readResponse()->status, 413);
}

// The head in its plainest form, whatever the client wrote.
const QByteArray plain = "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                         "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

void TestHttpServer::upgradeLeavesTheBytes()
{
    Service service;
    RawClient client;
    QVERIFY(client.connectTo(service.port));
    const QByteArray sent = upgrade("/socket") + frame(Op::Binary, "early");
    const QByteArray bytes = plain + frame(Op::Binary, "early");
    for (const char byte : sent)
        QVERIFY(client.send(QByteArrayView(&byte, 1)));
    QTRY_COMPARE(service.upgrades(), 1);
    QByteArray unread;
    QTRY_VERIFY((unread += service.unread(0)).size() == bytes.size());
    QCOMPARE(unread, bytes);
    QCOMPARE(service.open(), 1); // it still counts in the caps
    service.dropUpgrades();
    QCOMPARE(service.open(), 0);
}

void TestHttpServer::upgradeBehindAPost()
{
    Service service;
    RawClient client;
    QVERIFY(client.connectTo(service.port));
    QVERIFY(client.send(post("/echo", "first") + upgrade("/socket")));
    QCOMPARE(client.readResponse()->body, QByteArray("first"));
    QTRY_COMPARE(service.upgrades(), 1);
    QCOMPARE(service.unread(0), plain);
}

void TestHttpServer::forgottenAnswer()
{
    Service service;
    RawClient client;
    QVERIFY(client.connectTo(service.port) && client.send(post("/held", "x")));
    QTRY_COMPARE(service.held(), 1);
    service.answerHeld(false);
    QCOMPARE(client.readResponse()->status, 500); // T31: never none
}

void TestHttpServer::lateAnswerToADeadPeer()
{
    Service service;
    RawClient client;
    QVERIFY(client.connectTo(service.port) && client.send(post("/held", "x")));
    QTRY_COMPARE(service.held(), 1);
    client.reset();
    QTRY_COMPARE(service.open(), 0);
    service.answerHeld();
    RawClient other;
    QVERIFY(other.connectTo(service.port) && other.send(post("/echo", "still here")));
    QCOMPARE(other.readResponse()->body, QByteArray("still here"));
}

void TestHttpServer::routesAreReplaced()
{
    Service service;
    service.onIo([](net::Server &server) {
        server.addRoute({.path = "/echo",
                         .admit = {},
                         .post = [](const net::HttpRequest &,
                                    const net::Responder &responder) { responder.answer({.status = 429}); },
                         .upgrade = {}});
    });
    RawClient client;
    QVERIFY(client.connectTo(service.port) && client.send(post("/echo", "x")));
    QCOMPARE(client.readResponse()->status, 429);
}

void TestHttpServer::portInUse()
{
    Service service;
    service.onIo([&](net::Server &server) {
        const net::ListenAddress taken{QHostAddress(QHostAddress::LocalHost), service.port};
        const auto result = server.listen(taken);
        QVERIFY(!result.has_value());
        QCOMPARE(result.error().kind, net::ListenError::Kind::InUse);
        QCOMPARE(result.error().address, taken);
        // another address beside it is fine
        const auto second = server.listen({QHostAddress(QHostAddress::LocalHost), 0});
        QVERIFY(second.has_value());
        QVERIFY(second->port != 0 && second->port != service.port);
        QCOMPARE(server.listening().size(), std::size_t(2));
    });
}

void TestHttpServer::noSuchAddress()
{
    Service service;
    service.onIo([&](net::Server &server) {
        const auto result = server.listen({QHostAddress(QStringLiteral("192.0.2.1")), 0});
        QVERIFY(!result.has_value());
        QCOMPARE(result.error().kind, net::ListenError::Kind::NoSuchAddress);
    });
}

void TestHttpServer::drains()
{
    Service service;
    std::atomic<int> drained{0};
    RawClient idle;
    RawClient busy;
    QVERIFY(idle.connectTo(service.port) && idle.send(post("/echo", "x")));
    QCOMPARE(idle.readResponse()->status, 200);
    QVERIFY(busy.connectTo(service.port) && busy.send(post("/held", "late")));
    QTRY_COMPARE(service.held(), 1);
    service.onIo([&](net::Server &server) {
        QObject::connect(&server, &net::Server::drained, &server, [&drained] { ++drained; });
        server.drain();
        server.drain();
    });
    QVERIFY(idle.endsInOrder());
    RawClient refused;
    QVERIFY(!refused.connectTo(service.port));
    QCOMPARE(drained.load(), 0);
    service.answerHeld();
    const auto response = busy.readResponse();
    QVERIFY(response.has_value());
    QCOMPARE(response->body, QByteArray("late"));
    QCOMPARE(response->header("Connection"), QByteArray("close"));
    QVERIFY(busy.endsInOrder());
    busy.close();
    QTRY_COMPARE(drained.load(), 1);
}

QTEST_GUILESS_MAIN(TestHttpServer)
#include "tst_httpserver.moc"
