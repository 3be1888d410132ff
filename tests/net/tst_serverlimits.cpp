// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/net/servicefixture.h"
#include "tests/support/patience.h"
#include "tests/support/rawclient.h"

#include <QTest>

using namespace flowgate;
using namespace flowgate::tests;
using namespace std::chrono_literals;

/// What the server does with peers that are slow, many or greedy.
class TestServerLimits : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void slowHead();
    void silentPeer();
    void slowBody();
    void slowBodyByteByByte();
    void largeBodyThatGoesOnStays();
    void neverReadingPeer();
    void connectionsPerAddress();
    void capsCanBeChanged();
    void bytesInFlight();
    void refusalsAreTold_data();
    void refusalsAreTold();
    void limitsChangeLive();
    void bigBodyToARefusalIsNotReset();
};

void TestServerLimits::slowHead()
{
    Service service;
    RawClient client;
    QVERIFY(client.connectTo(service.port) && client.send("POST /echo HT"));
    QTRY_COMPARE(service.open(), 1);
    service.clock.advance(9s);
    QVERIFY(client.send("TP/1.1\r\nHost: a\r\n")); // a byte now and then buys no time
    QVERIFY(client.staysQuiet(50ms));
    service.clock.advance(2s);
    const auto response = client.readResponse();
    QVERIFY(response.has_value());
    QCOMPARE(response->status, 408);
    QVERIFY(client.endsInOrder());
    QCOMPARE(service.counters().timedOut, quint64(1));
}

void TestServerLimits::silentPeer()
{
    Service service;
    RawClient client;
    QVERIFY(client.connectTo(service.port));
    QTRY_COMPARE(service.open(), 1);
    service.clock.advance(11s);
    QTRY_COMPARE(service.open(), 0);
    QVERIFY(client.readUntil("\r\n").isEmpty());
    QCOMPARE(service.refused(domain::Refusal::HeadTime), quint64(1));
}

void TestServerLimits::slowBody()
{
    Service service;
    RawClient client;
    QVERIFY(client.connectTo(service.port) && client.send(post("/echo", "hello").chopped(2)));
    QTRY_COMPARE(service.open(), 1);
    service.takesTurns();
    QVERIFY(client.staysQuiet(30ms));
    service.clock.advance(31s);
    QCOMPARE(client.readResponse()->status, 408);
    QVERIFY(client.endsInOrder());
}

// The time is for the whole body: a byte now and then buys none.
void TestServerLimits::slowBodyByteByByte()
{
    Service service;
    RawClient client;
    const QByteArray bytes = post("/echo", "hello");
    QVERIFY(client.connectTo(service.port) && client.send(bytes.chopped(5)));
    QTRY_COMPARE(service.open(), 1);
    for (const char byte : QByteArrayView("hell")) {
        service.takesTurns();
        service.clock.advance(8s);
        if (!client.send(QByteArrayView(&byte, 1)))
            break;
    }
    const auto response = client.readResponse();
    QVERIFY(response.has_value());
    QCOMPARE(response->status, 408);
    QCOMPARE(service.refused(domain::Refusal::BodyTime), quint64(1));
}

// A large one over a slow line has the time that it needs at the least rate.
void TestServerLimits::largeBodyThatGoesOnStays()
{
    net::ServerLimits limits;
    limits.bodyRate = 1000;
    limits.inlineBody = 0; // so that what came in is counted
    Service service(limits);
    RawClient client;
    const QByteArray part(20'000, 'x');
    QVERIFY(client.connectTo(service.port) && client.send(post("/echo", part.repeated(5)).chopped(5 * part.size())));
    QTRY_COMPARE(service.open(), 1);
    for (int i = 0; i < 5; ++i) {
        QVERIFY(client.send(part));
        if (i == 4)
            break;
        QTRY_VERIFY(service.bodyBytes() >= (i + 1) * part.size());
        service.clock.advance(18s);
    }
    QCOMPARE(client.readResponse()->body.size(), 5 * part.size());
}

void TestServerLimits::neverReadingPeer()
{
    Service service;
    RawClient client;
    QVERIFY(client.connectTo(service.port, 4096));
    const QByteArray bytes = post("/echo", QByteArray(200'000, 'x'));
    // It sends on and on and takes no answer: the server must stop to read, not pile up answers. It has stopped where
    // it had its turns and took nothing.
    const qsizetype most = 400 * bytes.size();
    qsizetype sent = 0;
    for (int turns = 0; turns < 5 && sent < most; ++turns) {
        while (const qsizetype put = client.sendSome(QByteArrayView(bytes).sliced(sent % bytes.size()))) {
            sent += put;
            turns = 0;
        }
        service.takesTurns();
    }
    QVERIFY(sent < most);
    QCOMPARE(service.open(), 1);
    service.clock.advance(31s);
    QTRY_COMPARE(service.open(), 0);
    QCOMPARE(service.counters().timedOut, quint64(1));
    QCOMPARE(service.refused(domain::Refusal::SlowReader), quint64(1));
}

void TestServerLimits::connectionsPerAddress()
{
    net::ServerLimits limits;
    limits.connectionsPerAddress = 3;
    Service service(limits);
    std::vector<RawClient> clients(3);
    for (RawClient &client : clients) {
        QVERIFY(client.connectTo(service.port) && client.send(post("/echo", "x")));
        QCOMPARE(client.readResponse()->status, 200);
    }
    for (const QByteArray &bytes : {post("/echo", "x"), upgrade("/socket")}) { // ER5: on both transports
        RawClient fourth;
        QVERIFY(fourth.connectTo(service.port));
        QVERIFY(fourth.staysQuiet(30ms)); // no answer before there is a question
        QVERIFY(fourth.send(bytes));
        const auto response = fourth.readResponse();
        QVERIFY(response.has_value());
        QCOMPARE(response->status, 429);
        QCOMPARE(response->header("Retry-After"), QByteArray("30"));
        QVERIFY(fourth.endsInOrder());
    }
    QCOMPARE(service.counters().overCap, quint64(2));
    clients.pop_back();
    QTRY_COMPARE(service.open(), 2);
    RawClient next;
    QVERIFY(next.connectTo(service.port) && next.send(post("/echo", "x")));
    QCOMPARE(next.readResponse()->status, 200);
}

void TestServerLimits::capsCanBeChanged()
{
    Service service;
    RawClient first;
    RawClient second;
    QVERIFY(first.connectTo(service.port) && first.send(post("/echo", "x")));
    QCOMPARE(first.readResponse()->status, 200);
    const auto allow = [&service](int perAddress) {
        service.onIo([perAddress](net::Server &server) {
            net::ServerLimits limits = server.limits();
            limits.connectionsPerAddress = perAddress;
            server.setLimits(limits);
        });
    };
    allow(1);
    QVERIFY(second.connectTo(service.port) && second.send(post("/echo", "x")));
    QCOMPARE(second.readResponse()->status, 429);
    QVERIFY(first.send(post("/echo", "x"))); // open ones stay
    QCOMPARE(first.readResponse()->status, 200);
    allow(2);
    QTRY_COMPARE(service.open(), 1);
    RawClient third;
    QVERIFY(third.connectTo(service.port) && third.send(post("/echo", "x")));
    QCOMPARE(third.readResponse()->status, 200);
}

void TestServerLimits::bytesInFlight()
{
    net::ServerLimits limits;
    limits.bytesInFlight = 1'000'000;
    Service service(limits);
    RawClient first;
    QVERIFY(first.connectTo(service.port) && first.send(post("/held", QByteArray(700'000, 'x'))));
    QTRY_COMPARE(service.held(), 1);
    RawClient second;
    QVERIFY(second.connectTo(service.port) && second.send(post("/echo", QByteArray(700'000, 'x'))));
    const auto refused = second.readResponse();
    QVERIFY(refused.has_value());
    QCOMPARE(refused->status, 503);
    QCOMPARE(refused->header("Retry-After"), QByteArray("30"));
    QCOMPARE(service.counters().overBudget, quint64(1));
    RawClient small;
    QVERIFY(small.connectTo(service.port) && small.send(post("/echo", QByteArray(100'000, 'x'))));
    QCOMPARE(small.readResponse()->status, 200); // small ones do not count
    service.answerHeld();
    QCOMPARE(first.readResponse()->status, 200);
    RawClient third;
    QVERIFY(third.connectTo(service.port) && third.send(post("/echo", QByteArray(700'000, 'x'))));
    QCOMPARE(third.readResponse()->status, 200); // the budget is free again
}

void TestServerLimits::refusalsAreTold_data()
{
    using domain::Refusal;
    QTest::addColumn<net::ServerLimits>("limits");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("seconds"); // that go by behind them
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("retryAfter");
    QTest::addColumn<Refusal>("kind");
    const QByteArray good = post("/echo", "hello");
    const QByteArray longHead = post("/echo", "x", {"X-Long: " + QByteArray(2000, 'y')});
    net::ServerLimits limits;
    limits.connectionsPerAddress = 0;
    QTest::addRow("ER5 too many from one address")
        << limits << good << 0 << 429 << QByteArray("30") << Refusal::ConnectionsPerAddress;
    limits = {};
    limits.connections = 0;
    QTest::addRow("ER5 too many in all") << limits << good << 0 << 503 << QByteArray("30") << Refusal::Connections;
    limits = {};
    limits.head.bytes = 1024;
    QTest::addRow("SEC6 a large head") << limits << longHead << 0 << 431 << QByteArray() << Refusal::HeadSize;
    QTest::addRow("SEC6 a large head is known before its end")
        << limits << longHead.first(1500) << 0 << 431 << QByteArray() << Refusal::HeadSize;
    limits = {};
    QTest::addRow("SEC6 a slow head") << limits << good.first(20) << 11 << 408 << QByteArray() << Refusal::HeadTime;
    QTest::addRow("SEC6 a body that stops")
        << limits << good.chopped(2) << 31 << 408 << QByteArray() << Refusal::BodyTime;
    QTest::addRow("T36 a large body") << limits << post("/small", QByteArray(1001, 'x')) << 0 << 413 << QByteArray()
                                      << Refusal::BodySize;
    limits.bytesInFlight = 300'000;
    QTest::addRow("ER5 too many bytes in flight")
        << limits << post("/echo", QByteArray(400'000, 'x')) << 0 << 503 << QByteArray("30") << Refusal::BytesInFlight;

    limits = {};
    const auto row = [&limits](const char *name, const QByteArray &bytes, int status, Refusal kind) {
        QTest::addRow("%s", name) << limits << bytes << 0 << status << QByteArray() << kind;
    };
    row("T5 ER8 another path", post("/nothing", "x"), 404, Refusal::WrongPath);
    row("T5 a slash at the end", post("/echo/", "x"), 404, Refusal::WrongPath);
    row("T5 another path, upgrade", upgrade("/nothing"), 404, Refusal::WrongPath);
    row("T5 GET", request("GET /echo HTTP/1.1"), 405, Refusal::WrongMethod);
    row("T5 upgrade where there is none", upgrade("/echo"), 405, Refusal::WrongMethod);
    row("T5 another type", request("POST /echo HTTP/1.1", {"Content-Type: text/plain", "Content-Length: 0"}), 415,
        Refusal::WrongContentType);
    row("T33 another coding", post("/echo", "x", {"Content-Encoding: deflate"}), 415, Refusal::WrongContentType);
    row("T5 another WebSocket version",
        request("GET /socket HTTP/1.1", {"Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 12"}),
        426, Refusal::Malformed);
    row("T40 an unknown expectation", post("/echo", "x", {"Expect: tea"}), 417, Refusal::Malformed);
    row("T40 chunks that do not parse",
        request("POST /echo HTTP/1.1", {"Content-Type: application/x-protobuf", "Transfer-Encoding: chunked"},
                "zz\r\n"),
        400, Refusal::Malformed);
    row("T40 length and chunked", post("/echo", "x", {"Transfer-Encoding: chunked"}), 400, Refusal::Malformed);
    row("a head that does not parse", "\x16\x03\x01 what\r\n\r\n", 400, Refusal::Malformed);
    row("gRPC: the HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, Refusal::Malformed);
    row("TLS on the plain port", QByteArray::fromHex("1603010200010001fc0303") + QByteArray(506, 'r'), 400,
        Refusal::TlsOnPlain);
}

/// Each limit has its answer, says when to come again where that helps, and is counted as what it is.
void TestServerLimits::refusalsAreTold()
{
    QFETCH(net::ServerLimits, limits);
    QFETCH(QByteArray, bytes);
    QFETCH(int, seconds);
    QFETCH(int, status);
    QFETCH(QByteArray, retryAfter);
    QFETCH(domain::Refusal, kind);
    Service service(limits);
    RawClient client;
    QVERIFY(client.connectTo(service.port));
    client.send(bytes);
    if (seconds > 0) {
        QTRY_COMPARE(service.counters().accepted, quint64(1));
        service.takesTurns(); // has read it by then
        QVERIFY(client.staysQuiet(30ms));
        service.clock.advance(std::chrono::seconds(seconds));
    }
    const auto response = client.readResponse();
    QVERIFY(response.has_value());
    QCOMPARE(response->status, status);
    QCOMPARE(response->header("Retry-After"), retryAfter);
    QVERIFY(client.endsInOrder());
    for (const domain::Refusal any : domain::allRefusals())
        QCOMPARE(service.refused(any), quint64(any == kind ? 1 : 0));
}

/// SEC6: what an operator sets holds without a restart.
void TestServerLimits::limitsChangeLive()
{
    Service service;
    const auto change = [&service](const std::function<void(net::ServerLimits &)> &how) {
        service.onIo([&how](net::Server &server) {
            net::ServerLimits limits = server.limits();
            how(limits);
            server.setLimits(limits);
        });
    };
    const QByteArray longHead = post("/echo", "x", {"X-Long: " + QByteArray(2000, 'y')});
    RawClient open;
    QVERIFY(open.connectTo(service.port) && open.send(longHead));
    QCOMPARE(open.readResponse()->status, 200);

    change([](net::ServerLimits &limits) { limits.head.bytes = 1024; });
    RawClient next;
    QVERIFY(next.connectTo(service.port) && next.send(longHead));
    QCOMPARE(next.readResponse()->status, 431);
    QVERIFY(open.send(longHead)); // an open one keeps what it was made with
    QCOMPARE(open.readResponse()->status, 200);

    service.onIo([](net::Server &server) { server.setBodyLimit("/echo", 10); });
    QVERIFY(open.send(post("/echo", "ten bytes.")));
    QCOMPARE(open.readResponse()->status, 200);
    RawClient large;
    QVERIFY(large.connectTo(service.port) && large.send(post("/echo", "eleven byte")));
    QCOMPARE(large.readResponse()->status, 413);

    change([](net::ServerLimits &limits) { limits.idleTimeout = 20s; });
    QVERIFY(open.send(post("/echo", "x")));
    QCOMPARE(open.readResponse()->status, 200);
    QVERIFY(service.open() > 0); // asked there: by now it has done with the answer
    service.clock.advance(19s);
    QVERIFY(open.staysQuiet(50ms));
    service.clock.advance(2s);
    QVERIFY(open.endsInOrder());

    change([](net::ServerLimits &limits) { limits.headTimeout = 2s; });
    RawClient slow;
    const quint64 before = service.counters().accepted;
    QVERIFY(slow.connectTo(service.port) && slow.send("POST"));
    QTRY_COMPARE(service.counters().accepted, before + 1);
    QVERIFY(slow.staysQuiet(30ms));
    service.clock.advance(3s);
    QCOMPARE(slow.readResponse()->status, 408);

    service.onIo([](net::Server &server) { server.setBodyLimit("/echo", 1'000'000); });
    change([](net::ServerLimits &limits) { limits.bytesInFlight = 300'000; });
    RawClient inFlight;
    QVERIFY(inFlight.connectTo(service.port) && inFlight.send(post("/echo", QByteArray(400'000, 'x'))));
    QCOMPARE(inFlight.readResponse()->status, 503);
}

void TestServerLimits::bigBodyToARefusalIsNotReset()
{
    Service service;
    RawClient client;
    QVERIFY(client.connectTo(service.port));
    // T36: the answer must arrive though the body is still on its way.
    client.send(post("/small", QByteArray(3'000'000, 'x')));
    const auto response = client.readResponse();
    QVERIFY(response.has_value());
    QCOMPARE(response->status, 413);
    QVERIFY(client.endsInOrder());
}

QTEST_GUILESS_MAIN(TestServerLimits)
#include "tst_serverlimits.moc"
