// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/endpoint/endpointfixture.h"
#include "tests/support/certificates.h"
#include "tests/support/patience.h"

#include <QTest>

using namespace flowgate;
using namespace flowgate::tests;
using namespace std::chrono_literals;

namespace {

const QByteArray ulid = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

bool isBadRequest(const std::optional<wire::ServerToAgent> &reply)
{
    return reply && reply->has_error_response() &&
           reply->error_response().type() == wire::ServerErrorResponseType_BadRequest &&
           !reply->error_response().error_message().empty() && reply->flags() == 0 && reply->capabilities() == 0 &&
           !reply->has_remote_config();
}

} // namespace

/// Messages over a WebSocket and what they are answered.
class TestWsMessages : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void handshake();
    void oddUpgrades_data();
    void oddUpgrades();
    void path();
    void malformed_data();
    void malformed();
    void headers_data();
    void headers();
    void masks_data();
    void masks();
    void text();
    void breachOfTheProtocol();
    void malformedInARowCloses();
    void oneReplyEach();
    void uidsAreEchoed_data();
    void uidsAreEchoed();
    void twoAgentsOnOneSocket();
    void errorRepeatsTheOnlyUid();
    void fragmentedWithPings();
    void sizes_data();
    void sizes();
    void bigOnesKeepTheOrder();
    void tooManyQueued();
    void budget();
    void pushes();
    void tooLargeToSend();
    void overTls();
};

void TestWsMessages::handshake()
{
    Endpoint endpoint;
    RawClient client;
    QVERIFY(client.connectTo(endpoint.port));
    QVERIFY(client.send(upgrade("/v1/opamp", {"Sec-WebSocket-Extensions: permessage-deflate"})));
    const auto response = client.readResponse();
    QVERIFY(response.has_value());
    QCOMPARE(response->status, 101);
    QCOMPARE(response->header("Sec-WebSocket-Accept"), QByteArray("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
    QVERIFY(response->header("Sec-WebSocket-Extensions").isNull()); // T22, T16: no extension, nothing to inflate
    QVERIFY(client.send(frame(Op::Binary, message(uidA))));
    QVERIFY(nextReply(client).has_value());
    QTRY_COMPARE(endpoint.open(), 1);
    const auto peers = endpoint.handler.peers();
    QCOMPARE(peers.at(0).transport, domain::Transport::WebSocket);
    QCOMPARE(peers.at(0).address, QString::fromLatin1(client.localAddress()));
    QCOMPARE(peers.at(0).reachedUs, QStringLiteral("127.0.0.1"));
    QVERIFY(peers.at(0).connection != 0 && !peers.at(0).encrypted);
}

// T5: what the head's rules let in gets its 101, however it is written.
void TestWsMessages::oddUpgrades_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const auto row = [](const char *name, const QByteArray &before, const QByteArray &after) {
        QByteArray bytes = upgrade("/v1/opamp");
        QVERIFY(bytes.contains(before));
        QTest::addRow("%s", name) << bytes.replace(before, after);
    };
    row("Connection in two lines", "Connection: Upgrade", "Connection: keep-alive\r\nConnection: Upgrade");
    row("Upgrade as a list", "Upgrade: websocket", "Upgrade: h2c, websocket");
    row("Upgrade in two lines", "Upgrade: websocket", "Upgrade: h2c\r\nUpgrade: websocket");
    row("empty lines before", "GET", "\r\n\r\nGET");
    row("no blank behind the colon", "Host: ", "Host:");
    row("an empty value", "Host:", "X-A:\r\nHost:");
    row("an absolute target", "/v1/opamp", "ws://localhost:4320/v1/opamp");
    row("a query that is no URL's", "/v1/opamp", "/v1/opamp?%zz[{|}]");
    row("other bytes than text", "Host:", "X-A: \xff\xfe\r\nHost:");
    row("a line as long as it may be", "Host:", "X-A: " + QByteArray(8'000, 'a') + "\r\nHost:");
}

void TestWsMessages::oddUpgrades()
{
    QFETCH(QByteArray, bytes);
    Endpoint endpoint;
    RawClient client;
    QVERIFY(client.connectTo(endpoint.port) && client.send(bytes));
    const auto response = client.readResponse();
    QVERIFY(response.has_value());
    QCOMPARE(response->status, 101);
    QVERIFY(client.send(frame(Op::Binary, message(uidA))));
    QVERIFY(nextReply(client).has_value());
}

void TestWsMessages::path()
{
    endpoint::EndpointSettings settings;
    settings.path = "/fleet/opamp";
    Endpoint endpoint(settings);
    RawClient client;
    QVERIFY(client.connectTo(endpoint.port) && client.openWebSocket("/fleet/opamp?token=1")); // T2
    RawClient other;
    QVERIFY(other.connectTo(endpoint.port) && other.send(upgrade("/v1/opamp")));
    QCOMPARE(other.readResponse()->status, 404);
    endpoint.onIo([&](endpoint::OpampEndpoint &it) {
        QCOMPARE(it.endpoints(), QStringList{QStringLiteral("ws://127.0.0.1:%1/fleet/opamp").arg(endpoint.port)});
        it.setAdmission([](const net::RequestHead &, const net::PeerAddress &) {
            return std::optional(net::refusal(401, "no", {{"WWW-Authenticate", "Bearer"}}));
        });
    });
    RawClient refused; // T6: an HTTP status, never a 101
    QVERIFY(refused.connectTo(endpoint.port) && refused.send(upgrade("/fleet/opamp")));
    QCOMPARE(refused.readResponse()->status, 401);
}

void TestWsMessages::malformed_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const auto add = [](const char *name, const QByteArray &bytes) { QTest::addRow("%s", name) << bytes; };
    add("T12 header 1", QByteArray::fromHex("01") + report(uidA));
    add("T12 header 0x80 0x01", QByteArray::fromHex("8001") + report(uidA));
    add("T12 ten times ff", QByteArray(10, '\xff') + report(uidA));
    add("T12 eleven bytes", QByteArray(11, '\x80') + report(uidA));
    add("T12 unterminated", QByteArray(3, '\x80'));
    add("T14 no bytes at all", {});
    add("T14 header alone lacks a uid", QByteArray(1, '\0'));
    add("ER1 garbage", QByteArray(1, '\0') + "\xff\xff\xff\xff garbage");
    add("ER1 truncated", message(uidA).chopped(3));
    add("ER1 uid too short", message(uidA.left(15)));
    add("ER1 uid too long", message(uidA + "x"));
    add("ER1 no uid", QByteArray(1, '\0') + report({}, 5));
    add("X4 headerless and no report", "hello");
}

void TestWsMessages::malformed()
{
    QFETCH(QByteArray, bytes);
    Endpoint endpoint;
    RawClient client;
    QVERIFY(client.connectTo(endpoint.port) && client.openWebSocket("/v1/opamp"));
    QVERIFY(client.send(frame(Op::Binary, bytes)));
    QVERIFY(isBadRequest(nextReply(client)));
    QCOMPARE(endpoint.handler.count(), 0);
    QVERIFY(client.send(frame(Op::Binary, message(uidA)))); // T19: a good one still works
    const auto good = nextReply(client);
    QVERIFY(good.has_value() && !good->has_error_response());
    QCOMPARE(good->capabilities(), 7u);
    QCOMPARE(endpoint.counters().malformed, quint64(1));
    QCOMPARE(endpoint.refused(domain::Refusal::Malformed), quint64(1));
    QCOMPARE(endpoint.counters().webSocketMessages, quint64(2));
}

void TestWsMessages::headers_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("strict");
    QTest::addColumn<bool>("isGood");
    QByteArray unknown = message(uidA);
    unknown += QByteArray::fromHex("a2060161"); // field 100, one byte
    QTest::addRow("T11 header 0") << message(uidA) << false << true;
    QTest::addRow("T13 unknown trailing field") << unknown << false << true;
    QTest::addRow("X4 longer zero") << QByteArray::fromHex("8000") + report(uidA) << false << true;
    QTest::addRow("X4 headerless, lenient") << report(uidA) << false << true;
    QTest::addRow("X4 headerless, strict") << report(uidA) << true << false;
    QTest::addRow("X4 header 0, strict") << message(uidA) << true << true;
    QTest::addRow("X4 headerless without a good uid") << report(uidA.left(5)) << false << false;
}

void TestWsMessages::headers()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, strict);
    QFETCH(bool, isGood);
    endpoint::EndpointSettings settings;
    settings.strictHeader = strict;
    Endpoint endpoint(settings);
    RawClient client;
    QVERIFY(client.connectTo(endpoint.port) && client.openWebSocket("/v1/opamp"));
    QVERIFY(client.send(frame(Op::Binary, bytes)));
    const auto reply = nextReply(client); // checks that our own header is there in any case
    QVERIFY(reply.has_value());
    QCOMPARE(isBadRequest(reply), !isGood);
    QCOMPARE(endpoint.handler.count(), isGood ? 1 : 0);
}

void TestWsMessages::masks_data()
{
    QTest::addColumn<bool>("masked");
    QTest::addRow("T25 as RFC 6455 has it") << true;
    QTest::addRow("T25 unmasked: taken, as nothing comes of it") << false;
}

void TestWsMessages::masks()
{
    QFETCH(bool, masked);
    Endpoint endpoint;
    RawClient client;
    QVERIFY(client.connectTo(endpoint.port) && client.openWebSocket("/v1/opamp"));
    QVERIFY(client.send(frame(Op::Binary, message(uidA), {.masked = masked})));
    const auto answer = client.readData();
    QVERIFY(answer.has_value());
    QCOMPARE(answer->op, Op::Binary);
    QVERIFY(!answer->masked);
    QCOMPARE(endpoint.handler.count(), 1);
}

void TestWsMessages::text()
{
    Endpoint endpoint;
    RawClient client;
    QVERIFY(client.connectTo(endpoint.port) && client.openWebSocket("/v1/opamp"));
    QVERIFY(client.send(frame(Op::Text, "hello"))); // T10
    QVERIFY(isBadRequest(nextReply(client)));
    QCOMPARE(endpoint.refused(domain::Refusal::Malformed), quint64(1));
    QVERIFY(client.send(frame(Op::Binary, message(uidA))));
    QVERIFY(!isBadRequest(nextReply(client)));
    QCOMPARE(endpoint.handler.count(), 1);
}

void TestWsMessages::breachOfTheProtocol() // RFC 6455, 7.4.1: Qt closes by itself, and it counts
{
    Endpoint endpoint;
    RawClient client;
    QVERIFY(client.connectTo(endpoint.port) && client.openWebSocket("/v1/opamp"));
    QVERIFY(client.send(frame(Op::Binary, message(uidA), {.reserved = 4})));
    const auto close = client.readData();
    QVERIFY(close.has_value());
    QCOMPARE(close->closeCode(), quint16(1002));
    QCOMPARE(endpoint.refused(domain::Refusal::Malformed), quint64(1));
}

void TestWsMessages::malformedInARowCloses() // T19
{
    for (const auto &[bytes, code] :
         {std::pair(frame(Op::Binary, "\x01"), 1008), std::pair(frame(Op::Text, "x"), 1003)}) {
        Endpoint endpoint;
        RawClient client;
        QVERIFY(client.connectTo(endpoint.port) && client.openWebSocket("/v1/opamp"));
        for (int i = 0; i < 4; ++i) {
            QVERIFY(client.send(bytes));
            QVERIFY(isBadRequest(nextReply(client)));
        }
        QVERIFY(client.send(frame(Op::Binary, message(uidA)))); // ends the row
        QVERIFY(!isBadRequest(nextReply(client)));
        for (int i = 0; i < 5; ++i) {
            QVERIFY(client.send(bytes));
            QVERIFY(isBadRequest(nextReply(client)));
        }
        const auto close = client.readData();
        QVERIFY(close.has_value());
        QCOMPARE(close->closeCode(), quint16(code));
    }
}

void TestWsMessages::oneReplyEach()
{
    Endpoint endpoint;
    RawClient client;
    QVERIFY(client.connectTo(endpoint.port) && client.openWebSocket("/v1/opamp"));
    QByteArray all;
    for (quint64 i = 0; i < 200; ++i)
        all += frame(Op::Binary, message(uidA, i / 2)); // S2: duplicates too
    QVERIFY(client.send(all));
    for (int i = 0; i < 200; ++i)
        QVERIFY(nextReply(client).has_value());
    QVERIFY(client.staysQuiet(50ms));
    const auto sequences = endpoint.handler.sequences();
    QCOMPARE(sequences.size(), std::size_t(200));
    QVERIFY(std::ranges::is_sorted(sequences));
}

void TestWsMessages::uidsAreEchoed_data()
{
    QTest::addColumn<QByteArray>("uid");
    QTest::addRow("S3 16 bytes") << uidA;
    QTest::addRow("S3 26 characters of a ULID") << ulid;
}

void TestWsMessages::uidsAreEchoed()
{
    QFETCH(QByteArray, uid);
    Endpoint endpoint;
    RawClient client;
    QVERIFY(client.connectTo(endpoint.port) && client.openWebSocket("/v1/opamp"));
    QVERIFY(client.send(frame(Op::Binary, message(uid))));
    const auto reply = nextReply(client);
    QVERIFY(reply.has_value());
    QCOMPARE(QByteArray::fromStdString(reply->instance_uid()), uid);
    QVERIFY(endpoint.send(endpoint.handler.peers().at(0).connection, plainReply(uid)));
    const auto pushed = nextReply(client);
    QVERIFY(pushed.has_value());
    QCOMPARE(QByteArray::fromStdString(pushed->instance_uid()), uid);
}

void TestWsMessages::twoAgentsOnOneSocket()
{
    Endpoint endpoint;
    RawClient client;
    QVERIFY(client.connectTo(endpoint.port) && client.openWebSocket("/v1/opamp"));
    QVERIFY(client.send(frame(Op::Binary, message(uidA)) + frame(Op::Binary, message(uidB)))); // S15
    QCOMPARE(QByteArray::fromStdString(nextReply(client)->instance_uid()), uidA);
    QCOMPARE(QByteArray::fromStdString(nextReply(client)->instance_uid()), uidB);
    QVERIFY(client.send(frame(Op::Binary, QByteArray("\0\xff", 2))));
    const auto error = nextReply(client);
    QVERIFY(isBadRequest(error));
    QVERIFY(error->instance_uid().empty()); // ER1: whose it was cannot be known
}

void TestWsMessages::errorRepeatsTheOnlyUid()
{
    Endpoint endpoint;
    RawClient client;
    QVERIFY(client.connectTo(endpoint.port) && client.openWebSocket("/v1/opamp"));
    QVERIFY(client.send(frame(Op::Binary, message(uidA)) + frame(Op::Binary, QByteArray("\0\xff", 2))));
    QVERIFY(nextReply(client).has_value());
    const auto error = nextReply(client);
    QVERIFY(isBadRequest(error));
    QCOMPARE(QByteArray::fromStdString(error->instance_uid()), uidA); // ER1
}

void TestWsMessages::fragmentedWithPings()
{
    Endpoint endpoint;
    RawClient client;
    QVERIFY(client.connectTo(endpoint.port) && client.openWebSocket("/v1/opamp"));
    const QByteArray whole = message(uidA, 1, 1024 * 1024);
    QVERIFY(client.send(fragmented(whole, 4096, frame(Op::Ping, "between")))); // T21
    const auto pong = client.readFrame();
    QVERIFY(pong.has_value());
    QCOMPARE(pong->op, Op::Pong);
    QCOMPARE(pong->payload, QByteArray("between"));
    const auto reply = nextReply(client);
    QVERIFY(reply.has_value() && !reply->has_error_response());
    QTRY_COMPARE(endpoint.bytesInFlight(), qsizetype(0));
}

void TestWsMessages::sizes_data()
{
    QTest::addColumn<qsizetype>("frameSize");
    QTest::addColumn<int>("over");
    for (const int over : {0, 1}) {
        QTest::addRow("T15 one frame, %d over", over) << qsizetype(1'000'000) << over;
        QTest::addRow("T15 fragmented, %d over", over) << qsizetype(5000) << over;
    }
}

void TestWsMessages::sizes()
{
    QFETCH(qsizetype, frameSize);
    QFETCH(int, over);
    endpoint::EndpointSettings settings;
    settings.limits.message = 40'000;
    Endpoint endpoint(settings);
    RawClient client;
    QVERIFY(client.connectTo(endpoint.port) && client.openWebSocket("/v1/opamp"));
    const qsizetype without = message(uidA, 1, 30'000).size() - 30'000;
    const QByteArray whole = message(uidA, 1, settings.limits.message - without + over);
    QCOMPARE(whole.size(), settings.limits.message + over);
    // Much behind it, as from a client that has not noticed: the Close must arrive nevertheless.
    client.send(fragmented(whole, frameSize));
    if (over != 0)
        client.send(QByteArray(500'000, 'x'));
    if (over == 0) {
        QVERIFY(nextReply(client).has_value());
        return;
    }
    const auto close = client.readData();
    QVERIFY(close.has_value());
    QCOMPARE(close->closeCode(), quint16(1009)); // T17
    QCOMPARE(endpoint.refused(domain::Refusal::MessageSize), quint64(1));
    QCOMPARE(endpoint.handler.count(), 0);
    client.close();
    QTRY_COMPARE(endpoint.open(), 0);
}

void TestWsMessages::bigOnesKeepTheOrder()
{
    Endpoint endpoint;
    RawClient client;
    QVERIFY(client.connectTo(endpoint.port) && client.openWebSocket("/v1/opamp"));
    QByteArray all;
    for (quint64 i = 0; i < 30; ++i) // small ones behind big ones that go through the pool
        all += frame(Op::Binary, message(i % 2 != 0 ? uidB : uidA, i, i % 5 == 0 ? 600'000 : 0));
    QVERIFY(client.send(all));
    for (quint64 i = 0; i < 30; ++i) {
        const auto reply = nextReply(client);
        QVERIFY(reply.has_value());
        QCOMPARE(QByteArray::fromStdString(reply->instance_uid()), i % 2 != 0 ? uidB : uidA);
    }
    QVERIFY(std::ranges::is_sorted(endpoint.handler.sequences()));
    QTRY_COMPARE(endpoint.bytesInFlight(), qsizetype(0));
}

void TestWsMessages::tooManyQueued()
{
    endpoint::EndpointSettings settings;
    settings.queuedMessages = 3;
    Endpoint endpoint(settings);
    RawClient client;
    QVERIFY(client.connectTo(endpoint.port) && client.openWebSocket("/v1/opamp"));
    QVERIFY(client.send(frame(Op::Binary, message(uidA, 0))));
    QVERIFY(nextReply(client).has_value());
    QByteArray all = frame(Op::Binary, message(uidA, 1, 8'000'000));
    for (quint64 i = 2; i < 500; ++i)
        all += frame(Op::Binary, message(uidA, i));
    QVERIFY(client.send(all));
    int unavailable = 0;
    for (int i = 1; i < 500; ++i) { // S2: each has its one reply, also those that found no room
        const auto reply = nextReply(client);
        QVERIFY(reply.has_value());
        if (!reply->has_error_response())
            continue;
        ++unavailable;
        QCOMPARE(reply->error_response().type(), wire::ServerErrorResponseType_Unavailable); // ER4
        QCOMPARE(reply->error_response().retry_info().retry_after_nanoseconds(), 30'000'000'000u);
        QCOMPARE(QByteArray::fromStdString(reply->instance_uid()), uidA);
    }
    QCOMPARE(endpoint.counters().unavailable, quint64(unavailable));
    QCOMPARE(endpoint.refused(domain::Refusal::Overload), quint64(unavailable));
    QCOMPARE(endpoint.handler.count(), 500 - unavailable);
    QVERIFY(std::ranges::is_sorted(endpoint.handler.sequences()));
}

void TestWsMessages::budget()
{
    net::ServerLimits limits;
    limits.bytesInFlight = 1'000'000;
    Endpoint endpoint({}, limits);
    RawClient greedy; // half a message, and never the rest
    QVERIFY(greedy.connectTo(endpoint.port) && greedy.openWebSocket("/v1/opamp"));
    QVERIFY(greedy.send(frame(Op::Binary, message(uidA, 1, 900'000)).chopped(1)));
    QTRY_VERIFY(endpoint.bytesInFlight() > 800'000);
    RawClient second;
    QVERIFY(second.connectTo(endpoint.port) && second.openWebSocket("/v1/opamp"));
    second.send(frame(Op::Binary, message(uidB, 1, 900'000)).chopped(1));
    const auto told = nextReply(second);
    QVERIFY(told.has_value());
    QCOMPARE(told->error_response().type(), wire::ServerErrorResponseType_Unavailable); // ER4
    QCOMPARE(told->error_response().retry_info().retry_after_nanoseconds(), 30'000'000'000u);
    const auto refused = second.readData();
    QVERIFY(refused.has_value());
    QCOMPARE(refused->closeCode(), quint16(1013));
    QCOMPARE(endpoint.refused(domain::Refusal::BytesInFlight), quint64(1));
    greedy.reset();
    QTRY_COMPARE(endpoint.bytesInFlight(), qsizetype(0));
    RawClient third;
    QVERIFY(third.connectTo(endpoint.port) && third.openWebSocket("/v1/opamp"));
    QVERIFY(third.send(frame(Op::Binary, message(uidB, 1, 900'000))));
    QVERIFY(nextReply(third).has_value());
}

void TestWsMessages::pushes()
{
    Endpoint endpoint;
    RawClient client;
    QVERIFY(client.connectTo(endpoint.port) && client.openWebSocket("/v1/opamp"));
    QVERIFY(client.send(frame(Op::Binary, message(uidA))));
    QVERIFY(nextReply(client).has_value());
    const domain::ConnectionId id = endpoint.handler.peers().at(0).connection;
    QVERIFY(endpoint.send(id, configReply(uidA, 1'500'000))); // T20: at once, without a message from the agent
    const auto pushed = nextReply(client);
    QVERIFY(pushed.has_value());
    QCOMPARE(pushed->remote_config().config().config_map().at("").body().size(), std::size_t(1'500'000));
    QVERIFY(endpoint.send(id, {.wireUid = uidA, .body = domain::RestartCommand{}}));
    QVERIFY(nextReply(client)->has_command());
    QVERIFY(!endpoint.send(id + 1, configReply(uidA, 10)));
    client.reset();
    QTRY_COMPARE(endpoint.open(), 0);
    QVERIFY(!endpoint.send(id, configReply(uidA, 10)));
}

void TestWsMessages::tooLargeToSend()
{
    endpoint::EndpointSettings settings;
    settings.replyLimit = 1024;
    Endpoint endpoint(settings);
    RawClient client;
    QVERIFY(client.connectTo(endpoint.port) && client.openWebSocket("/v1/opamp"));
    endpoint.handler.setAnswer(
        [](const domain::Peer &, const domain::AgentReport &report) { return configReply(report.wireUid, 2000); });
    QVERIFY(client.send(frame(Op::Binary, message(ulid))));
    const auto reply = nextReply(client); // T18: nothing of the config, S2: and yet the one reply
    QVERIFY(reply.has_value());
    QVERIFY(!reply->has_remote_config() && !reply->has_error_response());
    QCOMPARE(reply->capabilities(), 7u);
    QVERIFY(!endpoint.send(endpoint.handler.peers().at(0).connection, configReply(ulid, 1500)));
    QVERIFY(client.staysQuiet(50ms));
    const auto tooLarge = endpoint.handler.tooLarge();
    QCOMPARE(tooLarge.size(), std::size_t(2));
    QVERIFY(tooLarge[0].second >= 2000 && tooLarge[1].second >= 1500);
    QCOMPARE(tooLarge[0].first.bytes().size(), qsizetype(16));
    QVERIFY(tooLarge[0].first == tooLarge[1].first); // the gateway, though the push only knew the ULID
    QCOMPARE(endpoint.open(), 1);
}

void TestWsMessages::overTls()
{
    const Identity identity = makeIdentity("flowgate.test");
    Endpoint endpoint({}, {}, *net::tlsConfiguration(identity.certificate, identity.key));
    RawClient client;
    QVERIFY(client.connectTo(endpoint.port) && client.startTls() && client.openWebSocket("/v1/opamp"));
    for (const qsizetype padding : {qsizetype(0), qsizetype(20'000), qsizetype(2'000'000)}) {
        QVERIFY(client.send(fragmented(message(uidA, 1, padding), 4096)));
        QVERIFY(nextReply(client).has_value());
    }
    QVERIFY(endpoint.handler.peers().at(0).encrypted);
    endpoint.onIo(
        [&](endpoint::OpampEndpoint &it) { QVERIFY(it.endpoints().at(0).startsWith(QLatin1String("wss://"))); });
    QVERIFY(endpoint.send(endpoint.handler.peers().at(0).connection, configReply(uidA, 1'500'000)));
    QVERIFY(nextReply(client)->has_remote_config());
}

QTEST_GUILESS_MAIN(TestWsMessages)
#include "tst_wsmessages.moc"
