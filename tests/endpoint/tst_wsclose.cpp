// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/endpoint/endpointfixture.h"
#include "tests/support/certificates.h"
#include "tests/support/patience.h"

#include <QTest>

#include <atomic>

using namespace flowgate;
using namespace flowgate::tests;
using namespace std::chrono_literals;

namespace {

using End = domain::ConnectionEnd;

QByteArray goodbye(const QByteArray &uid)
{
    wire::AgentToServer message;
    message.set_instance_uid(uid.toStdString());
    message.mutable_agent_disconnect();
    return QByteArray(1, '\0') + bytesOf(message);
}

std::optional<QSslConfiguration> tlsIf(bool wanted)
{
    if (!wanted)
        return {};
    const Identity identity = makeIdentity("flowgate.test");
    return *net::tlsConfiguration(identity.certificate, identity.key);
}

} // namespace

/// How WebSockets end, and what is done with peers that do not keep up.
class TestWsClose : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void serverCloses_data();
    void serverCloses();
    void serverClosesWhileThePeerSends();
    void peerDoesNotAnswerTheClose();
    void messagesAfterOurCloseAreIgnored();
    void tellsHowItEnded_data();
    void tellsHowItEnded();
    void closeFromInsideTheHandler();
    void clientCloses_data();
    void clientCloses();
    void clientSaysGoodbyeAndCloses();
    void bigMessageThenClose();
    void peerVanishes_data();
    void peerVanishes();
    void protocolErrors_data();
    void protocolErrors();
    void stalledHandshake();
    void pingsAndPongTimeout();
    void slowHandlerStays();
    void sleepIsNoSilence();
    void neverReading_data();
    void neverReading();
    void pongsThatAreNotRead();
    void drainsAll();
    void endpointGoesFirst();
};

void TestWsClose::serverCloses_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<bool>("encrypted");
    for (const bool encrypted : {false, true}) {
        QTest::addRow("T23 1000%s", encrypted ? " over TLS" : "") << 1000 << encrypted;
        QTest::addRow("T23 1008%s", encrypted ? " over TLS" : "") << 1008 << encrypted;
    }
}

void TestWsClose::serverCloses()
{
    QFETCH(int, code);
    QFETCH(bool, encrypted);
    Endpoint endpoint({}, {}, tlsIf(encrypted));
    RawClient client;
    QVERIFY(client.connectTo(endpoint.port) && (!encrypted || client.startTls()));
    QVERIFY(client.openWebSocket("/v1/opamp") && client.send(frame(Op::Binary, message(uidA))));
    QVERIFY(nextReply(client).has_value());
    const domain::ConnectionId id = endpoint.handler.peers().at(0).connection;
    endpoint.onIo([&](endpoint::OpampEndpoint &it) {
        it.closeConnection(id, static_cast<quint16>(code), QStringLiteral("because"));
        it.closeConnection(id, 1001, QStringLiteral("again")); // once is enough
        it.closeConnection(id + 7, 1001, {});
    });
    const auto close = client.readData();
    QVERIFY(close.has_value());
    QCOMPARE(close->closeCode(), quint16(code));
    QCOMPARE(close->payload.mid(2), QByteArray("because"));
    // It is told at once, since nothing more is heard; TCP waits for the peer's Close.
    QTRY_COMPARE(endpoint.handler.closed(), std::vector{id});
    QCOMPARE(endpoint.handler.ends(), (std::vector<End>{{End::By::Us, QStringLiteral("because")}}));
    QVERIFY(client.staysQuiet(100ms));
    QCOMPARE(endpoint.sockets(), 1);
    QVERIFY(endpoint.handler.late().empty());
    QVERIFY(client.send(frame(Op::Close, close->payload)));
    QVERIFY(!client.readFrame().has_value());
    QVERIFY(client.endsInOrder());
    QTRY_COMPARE(endpoint.handler.late(), std::vector{FakeHandler::answeredClose});
    client.close();
    QTRY_COMPARE(endpoint.sockets(), 0);
    QCOMPARE(endpoint.handler.closed(), std::vector{id});
}

void TestWsClose::serverClosesWhileThePeerSends()
{
    Endpoint endpoint;
    RawClient client;
    QVERIFY(client.connectTo(endpoint.port) && client.openWebSocket("/v1/opamp"));
    QVERIFY(client.send(frame(Op::Binary, message(uidA))));
    QVERIFY(nextReply(client).has_value());
    endpoint.onIo([&](endpoint::OpampEndpoint &it) { it.closeConnection(1, 1008, QStringLiteral("revoked")); });
    const QByteArray more = frame(Op::Binary, message(uidA, 2, 10'000));
    for (int i = 0; i < 100; ++i)
        QVERIFY(client.send(more)); // no reset while it goes on
    const auto close = client.readData();
    QVERIFY(close.has_value());
    QCOMPARE(close->closeCode(), quint16(1008));
    QVERIFY(client.send(frame(Op::Close, close->payload)));
    QVERIFY(client.endsInOrder());
    QCOMPARE(endpoint.handler.count(), 1);
}

void TestWsClose::peerDoesNotAnswerTheClose()
{
    Endpoint endpoint;
    RawClient client;
    QVERIFY(client.connectTo(endpoint.port) && client.openWebSocket("/v1/opamp"));
    QTRY_COMPARE(endpoint.open(), 1);
    endpoint.onIo([&](endpoint::OpampEndpoint &it) { it.closeConnection(1, 1000, {}); });
    QCOMPARE(endpoint.open(), 0);
    QCOMPARE(endpoint.sockets(), 1);
    endpoint.clock.advance(4s);
    QTRY_COMPARE(endpoint.sockets(), 0);
    QTRY_COMPARE(endpoint.handler.closed(), std::vector<domain::ConnectionId>{1});
    QVERIFY(endpoint.handler.late().empty()); // silence is no sign of life
}

void TestWsClose::messagesAfterOurCloseAreIgnored()
{
    Endpoint endpoint;
    RawClient client;
    QVERIFY(client.connectTo(endpoint.port) && client.openWebSocket("/v1/opamp"));
    QTRY_COMPARE(endpoint.open(), 1);
    endpoint.onIo([&](endpoint::OpampEndpoint &it) { it.closeConnection(1, 1000, {}); });
    QByteArray more;
    for (quint64 number = 5; number < 10; ++number)
        more += frame(Op::Binary, message(uidA, number));
    QVERIFY(client.send(more + frame(Op::Close, closePayload(1000))));
    const auto close = client.readData();
    QVERIFY(close.has_value());
    QCOMPARE(close->op, Op::Close);
    QVERIFY(client.endsInOrder());
    QCOMPARE(endpoint.handler.count(), 0);
    // Not what they say, but that they came: a few of them.
    QCOMPARE(endpoint.handler.late(), (std::vector<qint64>{5, 6, 7, FakeHandler::answeredClose}));
}

void TestWsClose::tellsHowItEnded_data()
{
    using By = End::By;
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<bool>("resets");
    QTest::addColumn<End>("end");
    QTest::addRow("S14 reset") << QByteArray() << true << End{By::Break, {}};
    QTest::addRow("S14 end of TCP without Close") << QByteArray() << false << End{By::Break, {}};
    QTest::addRow("Close of the peer") << frame(Op::Close, closePayload(1000)) << false
                                       << End{By::Peer, QStringLiteral("Close 1000")};
    QTest::addRow("Close of the peer with a reason") << frame(Op::Close, closePayload(1001, "restart")) << false
                                                     << End{By::Peer, QStringLiteral("Close 1001 restart")};
    QTest::addRow("breach of the protocol") << frame(static_cast<Op>(3), "x") << false << End{By::Protocol, {}};
}

void TestWsClose::tellsHowItEnded()
{
    QFETCH(QByteArray, sent);
    QFETCH(bool, resets);
    QFETCH(End, end);
    Endpoint endpoint;
    RawClient client;
    QVERIFY(client.connectTo(endpoint.port) && client.openWebSocket("/v1/opamp"));
    QTRY_COMPARE(endpoint.open(), 1);
    QVERIFY(sent.isEmpty() || client.send(sent));
    if (!sent.isEmpty())
        QVERIFY(client.readData().has_value());
    resets ? client.reset() : client.close();
    QTRY_COMPARE(endpoint.handler.ends().size(), std::size_t(1));
    const End told = endpoint.handler.ends().front();
    QCOMPARE(told.by, end.by);
    if (end.by == End::By::Protocol)
        QVERIFY2(told.why.startsWith(QStringLiteral("Close 1002")), qPrintable(told.why)); // the rest is Qt's
    else
        QCOMPARE(told.why, end.why);
    QVERIFY(endpoint.handler.late().empty());
}

void TestWsClose::closeFromInsideTheHandler()
{
    Endpoint endpoint;
    RawClient client;
    QVERIFY(client.connectTo(endpoint.port) && client.openWebSocket("/v1/opamp"));
    endpoint::OpampEndpoint *there = nullptr;
    endpoint.onIo([&](endpoint::OpampEndpoint &it) { there = &it; });
    endpoint.handler.setAnswer([there](const domain::Peer &peer, const domain::AgentReport &report) {
        there->closeConnection(peer.connection, 1008, QStringLiteral("not you"));
        return plainReply(report.wireUid);
    });
    QVERIFY(client.send(frame(Op::Binary, message(uidA))));
    const auto close = client.readData();
    QVERIFY(close.has_value());
    QCOMPARE(close->closeCode(), quint16(1008));
    client.close();
    QTRY_COMPARE(endpoint.handler.closed().size(), std::size_t(1));
}

void TestWsClose::clientCloses_data()
{
    QTest::addColumn<bool>("encrypted");
    QTest::addRow("T24 plain") << false;
    QTest::addRow("T24 over TLS") << true;
}

void TestWsClose::clientCloses()
{
    QFETCH(bool, encrypted);
    Endpoint endpoint({}, {}, tlsIf(encrypted));
    RawClient client;
    QVERIFY(client.connectTo(endpoint.port) && (!encrypted || client.startTls()));
    QVERIFY(client.openWebSocket("/v1/opamp") && client.send(frame(Op::Close, closePayload(1000, "bye"))));
    const auto close = client.readData();
    QVERIFY(close.has_value());
    QCOMPARE(close->closeCode(), quint16(1000));
    QVERIFY(client.endsInOrder());
    // Known to be gone with the Close frame, though this peer keeps TCP open.
    QTRY_COMPARE(endpoint.handler.closed(), std::vector<domain::ConnectionId>{1});
    client.close();
    QTRY_COMPARE(endpoint.sockets(), 0);
    QCOMPARE(endpoint.handler.closed().size(), std::size_t(1));
}

void TestWsClose::clientSaysGoodbyeAndCloses()
{
    endpoint::EndpointSettings settings;
    settings.closeTimeout = 1h; // it ends at once, not when this is over
    Endpoint endpoint(settings);
    RawClient client;
    QVERIFY(client.connectTo(endpoint.port) && client.openWebSocket("/v1/opamp"));
    QVERIFY(client.send(frame(Op::Binary, goodbye(uidA)) + frame(Op::Close, closePayload(1000)))); // T24: back to back
    QVERIFY(nextReply(client).has_value());
    const auto close = client.readData();
    QVERIFY(close.has_value());
    QCOMPARE(close->closeCode(), quint16(1000));
    QTRY_COMPARE(endpoint.handler.closed().size(), std::size_t(1));
    QCOMPARE(endpoint.handler.disconnects(), 1);

    RawClient rude; // does not even wait for the answer
    QVERIFY(rude.connectTo(endpoint.port) && rude.openWebSocket("/v1/opamp"));
    QVERIFY(rude.send(frame(Op::Binary, goodbye(uidA)) + frame(Op::Close, closePayload(1000))));
    rude.close();
    QTRY_COMPARE(endpoint.handler.closed().size(), std::size_t(2));
    QCOMPARE(endpoint.handler.disconnects(), 2);
    client.close();
    QTRY_COMPARE(endpoint.sockets(), 0);
}

void TestWsClose::bigMessageThenClose()
{
    Endpoint endpoint;
    RawClient client;
    QVERIFY(client.connectTo(endpoint.port) && client.openWebSocket("/v1/opamp"));
    // Decoded in the pool while the Close is processed: it counts nevertheless, and before the end is told.
    QVERIFY(client.send(frame(Op::Binary, message(uidA, 9, 3'000'000)) + frame(Op::Close, closePayload(1000))));
    QTRY_COMPARE(endpoint.handler.closed().size(), std::size_t(1));
    QCOMPARE(endpoint.handler.sequences(), std::vector<quint64>{9});
    client.close();
    QTRY_COMPARE(endpoint.sockets(), 0);
    QTRY_COMPARE(endpoint.bytesInFlight(), qsizetype(0));
}

void TestWsClose::peerVanishes_data()
{
    QTest::addColumn<int>("way");
    QTest::addRow("S14 reset") << 0;
    QTest::addRow("S14 end of TCP") << 1;
    QTest::addRow("S14 in the middle of a frame") << 2;
    QTest::addRow("S14 before the upgrade is answered") << 3;
}

void TestWsClose::peerVanishes()
{
    QFETCH(int, way);
    Endpoint endpoint;
    RawClient client;
    QVERIFY(client.connectTo(endpoint.port));
    if (way == 3) {
        QVERIFY(client.send(upgrade("/v1/opamp")));
        client.reset();
    } else {
        QVERIFY(client.openWebSocket("/v1/opamp"));
        if (way == 2)
            QVERIFY(client.send(frame(Op::Binary, message(uidA, 0, 50'000)).chopped(10)));
        way == 0 ? client.reset() : client.close();
    }
    // In the last case the reset may win, and then there never was a connection.
    QTRY_VERIFY(endpoint.sockets() == 0 && (way == 3 || endpoint.handler.closed().size() == 1));
    RawClient next;
    QVERIFY(next.connectTo(endpoint.port) && next.openWebSocket("/v1/opamp"));
    QVERIFY(next.send(frame(Op::Binary, message(uidA))));
    QVERIFY(nextReply(next).has_value());
}

void TestWsClose::protocolErrors_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("code");
    QTest::addRow("RFC 6455 reserved opcode") << frame(static_cast<Op>(3), "x") << 1002;
    QTest::addRow("RFC 6455 reserved bit") << frame(Op::Binary, "x", {.reserved = 4}) << 1002;
    QTest::addRow("RFC 6455 continuation of nothing") << frame(Op::Continuation, "x") << 1002;
    QTest::addRow("RFC 6455 fragmented ping") << frame(Op::Ping, "x", {.fin = false}) << 1002;
    QTest::addRow("RFC 6455 ping over 125 bytes") << frame(Op::Ping, QByteArray(126, 'x')) << 1002;
    QTest::addRow("RFC 6455 message inside of a message")
        << frame(Op::Binary, "x", {.fin = false}) + frame(Op::Binary, "y") << 1002;
    QTest::addRow("RFC 6455 text that is not UTF-8") << frame(Op::Text, "\xff\xfe") << 1007;
    QTest::addRow("T17 a frame of 2^63 bytes")
        << QByteArray::fromHex("82ff7fffffffffffffff00000000") + QByteArray(1000, 'x') << 1009;
}

void TestWsClose::protocolErrors()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, code);
    Endpoint endpoint;
    RawClient client;
    QVERIFY(client.connectTo(endpoint.port) && client.openWebSocket("/v1/opamp"));
    QVERIFY(client.send(bytes));
    const auto close = client.readData();
    QVERIFY(close.has_value());
    QCOMPARE(close->closeCode(), quint16(code));
    client.close();
    QTRY_COMPARE(endpoint.handler.closed().size(), std::size_t(1));
    QTRY_COMPARE(endpoint.sockets(), 0);
    QCOMPARE(endpoint.handler.count(), 0);
}

void TestWsClose::stalledHandshake()
{
    Endpoint endpoint;
    RawClient client;
    // A head that our rules let pass and Qt's handshake refuses: the socket must not stay.
    QVERIFY(client.connectTo(endpoint.port));
    QVERIFY(client.send(upgrade("/v1/opamp", {"X-Long: " + QByteArray(9000, 'x')})));
    QTRY_VERIFY(endpoint.sockets() == 0 || endpoint.open() == 1);
    endpoint.clock.advance(11s);
    QTRY_VERIFY(endpoint.sockets() == 0 || endpoint.open() == 1);
}

void TestWsClose::pingsAndPongTimeout()
{
    Endpoint endpoint;
    RawClient client;
    QVERIFY(client.connectTo(endpoint.port) && client.openWebSocket("/v1/opamp"));
    QTRY_COMPARE(endpoint.open(), 1);
    for (int i = 0; i < 4; ++i) { // HB4: as long as it answers it stays
        endpoint.clock.advance(31s);
        const auto ping = client.readFrame();
        QVERIFY(ping.has_value());
        QCOMPARE(ping->op, Op::Ping);
        QVERIFY(client.send(frame(Op::Pong, ping->payload)));
        QVERIFY(client.staysQuiet(50ms));
    }
    endpoint.clock.advance(31s);
    QCOMPARE(client.readFrame()->op, Op::Ping);
    endpoint.clock.advance(59s); // a slow one has a minute
    QVERIFY(client.readFrame().has_value());
    QCOMPARE(endpoint.open(), 1);
    endpoint.clock.advance(2s);
    QTRY_COMPARE(endpoint.handler.closed().size(), std::size_t(1));
    QCOMPARE(endpoint.counters().pongTimeouts, quint64(1));
    QCOMPARE(endpoint.handler.ends(),
             (std::vector<End>{{End::By::Break, QStringLiteral("no answer to a ping within 60 s")}}));
}

void TestWsClose::slowHandlerStays()
{
    Endpoint endpoint;
    RawClient client;
    QVERIFY(client.connectTo(endpoint.port) && client.openWebSocket("/v1/opamp"));
    QTRY_COMPARE(endpoint.open(), 1);
    for (int i = 0; i < 6; ++i) { // HB3: messages prove life as well as pongs do
        endpoint.clock.advance(31s);
        QCOMPARE(client.readFrame()->op, Op::Ping);
        QVERIFY(client.send(frame(Op::Binary, message(uidA, static_cast<quint64>(i)))));
        const auto reply = client.readFrame();
        QVERIFY(reply.has_value());
        QCOMPARE(reply->op, Op::Binary);
    }
    QCOMPARE(endpoint.open(), 1);
}

void TestWsClose::sleepIsNoSilence()
{
    Endpoint endpoint;
    RawClient client;
    QVERIFY(client.connectTo(endpoint.port) && client.openWebSocket("/v1/opamp"));
    QTRY_COMPARE(endpoint.open(), 1);
    endpoint.clock.sleep(8h);
    endpoint.clock.stepWall(-1h);
    QVERIFY(client.staysQuiet(50ms));
    QCOMPARE(endpoint.open(), 1);
}

void TestWsClose::neverReading_data()
{
    QTest::addColumn<bool>("encrypted");
    QTest::addRow("X19 plain") << false;
    QTest::addRow("X19 over TLS") << true;
}

void TestWsClose::neverReading()
{
    QFETCH(bool, encrypted);
    endpoint::EndpointSettings settings;
    settings.limits.unsent = 500'000;
    Endpoint endpoint(settings, {}, tlsIf(encrypted));
    RawClient client;
    QVERIFY(client.connectTo(endpoint.port, 4096) && (!encrypted || client.startTls()));
    QVERIFY(client.openWebSocket("/v1/opamp"));
    QTRY_COMPARE(endpoint.open(), 1);
    int sent = 0;
    while (sent < 200 && endpoint.send(1, configReply(uidA, 300'000)))
        ++sent;
    QVERIFY(sent < 200); // what the system's buffers take, and then no more
    QCOMPARE(endpoint.counters().slowReaders, quint64(1));
    QCOMPARE(endpoint.refused(domain::Refusal::SlowReader), quint64(1));
    QCOMPARE(endpoint.open(), 0);
    endpoint.clock.advance(4s);
    QTRY_COMPARE(endpoint.sockets(), 0); // a Close that is not read either is not waited for
    QTRY_COMPARE(endpoint.handler.closed().size(), std::size_t(1));
}

/// X19: each ping is answered, and so a peer that reads nothing could fill our memory with the answers.
void TestWsClose::pongsThatAreNotRead()
{
    endpoint::EndpointSettings settings;
    settings.limits.unsent = 500'000;
    Endpoint endpoint(settings);
    RawClient client;
    QVERIFY(client.connectTo(endpoint.port, 4096) && client.openWebSocket("/v1/opamp"));
    QTRY_COMPARE(endpoint.open(), 1);
    const QByteArray pings = frame(Op::Ping, QByteArray(125, 'p')).repeated(1000);
    int sent = 0;
    while (sent < 2'000 && client.send(pings))
        ++sent;
    QVERIFY(sent < 2'000);
    QTRY_COMPARE(endpoint.sockets(), 0);
    QCOMPARE(endpoint.refused(domain::Refusal::SlowReader), quint64(1));
    QCOMPARE(endpoint.handler.ends(), (std::vector<End>{{End::By::Us, QStringLiteral("messages are not read")}}));
}

void TestWsClose::drainsAll()
{
    Endpoint endpoint;
    std::atomic<int> drained{0};
    std::vector<RawClient> clients(20);
    for (RawClient &client : clients)
        QVERIFY(client.connectTo(endpoint.port) && client.openWebSocket("/v1/opamp"));
    QTRY_COMPARE(endpoint.open(), 20);
    endpoint.onIo([&](endpoint::OpampEndpoint &it) {
        QObject::connect(&it, &endpoint::OpampEndpoint::drained, &it, [&drained] { ++drained; });
        it.drain();
        it.drain();
    });
    RawClient late;
    QVERIFY(late.connectTo(endpoint.port) && late.send(upgrade("/v1/opamp")));
    const auto refused = late.readResponse();
    QVERIFY(refused.has_value());
    QCOMPARE(refused->status, 503);
    for (RawClient &client : clients) {
        const auto close = client.readData();
        QVERIFY(close.has_value());
        QCOMPARE(close->closeCode(), quint16(1001)); // T23
        QCOMPARE(drained.load(), 0);
        QVERIFY(client.send(frame(Op::Close, close->payload)));
        QVERIFY(client.endsInOrder());
        client.close();
    }
    QTRY_COMPARE(drained.load(), 1);
    QCOMPARE(endpoint.handler.closed().size(), std::size_t(20));
    for (const End &end : endpoint.handler.ends())
        QCOMPARE(end.by, End::By::Us);
}

void TestWsClose::endpointGoesFirst()
{
    Endpoint endpoint;
    RawClient open;
    QVERIFY(open.connectTo(endpoint.port) && open.openWebSocket("/v1/opamp"));
    RawClient sending;
    QVERIFY(sending.connectTo(endpoint.port) && sending.openWebSocket("/v1/opamp"));
    QVERIFY(sending.send(frame(Op::Binary, message(uidA, 1, 3'000'000))));
    RawClient posting;
    QVERIFY(posting.connectTo(endpoint.port) && posting.send(post("/v1/opamp", report(uidA, 1, 3'000'000))));
    endpoint.stop();
    QVERIFY(!open.readFrame().has_value());
}

QTEST_GUILESS_MAIN(TestWsClose)
#include "tst_wsclose.moc"
