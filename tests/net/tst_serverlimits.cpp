// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/net/servicefixture.h"
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
    void bodyThatGoesOnStays();
    void neverReadingPeer();
    void connectionsPerAddress();
    void capsCanBeChanged();
    void bytesInFlight();
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
}

void TestServerLimits::slowBody()
{
    Service service;
    RawClient client;
    QVERIFY(client.connectTo(service.port) && client.send(post("/echo", "hello").chopped(2)));
    QTRY_COMPARE(service.open(), 1);
    QVERIFY(client.staysQuiet(30ms));
    service.clock.advance(31s);
    QCOMPARE(client.readResponse()->status, 408);
    QVERIFY(client.endsInOrder());
}

void TestServerLimits::bodyThatGoesOnStays()
{
    Service service;
    RawClient client;
    const QByteArray bytes = post("/echo", "hello");
    QVERIFY(client.connectTo(service.port) && client.send(bytes.chopped(5)));
    for (const char byte : QByteArrayView("hello")) {
        QVERIFY(client.staysQuiet(50ms));
        service.clock.advance(20s);
        QVERIFY(client.send(QByteArrayView(&byte, 1)));
    }
    QCOMPARE(client.readResponse()->body, QByteArray("hello"));
}

void TestServerLimits::neverReadingPeer()
{
    Service service;
    RawClient client;
    QVERIFY(client.connectTo(service.port, 4096));
    const QByteArray bytes = post("/echo", QByteArray(200'000, 'x'));
    client.patience = 200ms;
    // It sends on and on and takes no answer: the server must stop to read, not pile up answers.
    int sent = 0;
    while (sent < 400 && client.send(bytes))
        ++sent;
    QVERIFY(sent < 400);
    QTRY_COMPARE(service.open(), 1);
    service.clock.advance(31s);
    QTRY_COMPARE(service.open(), 0);
    QCOMPARE(service.counters().timedOut, quint64(1));
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
        QCOMPARE(response->status, 503);
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
    service.onIo([](net::Server &server) { server.setConnectionCaps(10, 1); });
    QVERIFY(second.connectTo(service.port) && second.send(post("/echo", "x")));
    QCOMPARE(second.readResponse()->status, 503);
    QVERIFY(first.send(post("/echo", "x"))); // open ones stay
    QCOMPARE(first.readResponse()->status, 200);
    service.onIo([](net::Server &server) { server.setConnectionCaps(10, 2); });
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
