// SPDX-License-Identifier: GPL-3.0-or-later
// What the endpoint does not bear, over raw sockets against the real program: the answer, when to come again, what
// `status` counts, and the event that tells of it.
#include "net/gzip.h"
#include "tests/e2e/support/processes.h"
#include "tests/support/rawclient.h"

#include <QJsonArray>
#include <QTest>
#include <QUrl>

using namespace flowgate::tests;
using namespace std::chrono_literals;

namespace {

QString text(const char *latin1)
{
    return QString::fromLatin1(latin1);
}

/// A report by the letter: nothing but the uid.
QByteArray report(char which)
{
    return QByteArray("\x0a\x10", 2) + QByteArray(16, which);
}

/// A valid report with @p padding bytes in a field that nobody knows.
QByteArray padded(qsizetype padding)
{
    QByteArray bytes = report('a') + QByteArray("\xa2\x06", 2); // field 100
    qsizetype rest = padding;
    for (; rest > 0x7f; rest >>= 7)
        bytes += char(0x80 | (rest & 0x7f));
    return bytes + char(rest) + QByteArray(padding, 'p');
}

/// A field of bytes, shorter than 128.
QByteArray field(char number, const QByteArray &bytes)
{
    return QByteArray(1, char(number << 3 | 2)) + char(bytes.size()) + bytes;
}

/// A first report that describes this service.instance.id.
QByteArray describing(char which, const QByteArray &instanceId)
{
    const QByteArray attribute = field(1, "service.instance.id") + field(2, field(1, instanceId));
    return report(which) + QByteArray("\x10\x01\x20\x01", 4) + field(3, field(1, attribute));
}

/// One log line of its own telemetry.
QByteArray ownLog(const QByteArray &instanceId, const QByteArray &line)
{
    return "{\"resourceLogs\":[{\"resource\":{\"attributes\":[{\"key\":\"service.instance.id\",\"value\":"
           "{\"stringValue\":\"" +
           instanceId + "\"}}]},\"scopeLogs\":[{\"logRecords\":[{\"body\":{\"stringValue\":\"" + line + "\"}}]}]}]}";
}

/// What one row sends, and what must come of it.
struct Case
{
    QByteArray bytes;         ///< to a fresh connection
    int repeat = 1;           ///< on so many connections; only the last answer counts
    bool keepOpen = false;    ///< those before the last
    int status = 0;           ///< of the answer
    QByteArray retryAfter{};  ///< empty: none
    const char *kind = "";    ///< in `status`
    const char *setting = ""; ///< named in the event
};

constexpr qsizetype mebi = 1024 * 1024;

} // namespace

class TestLimits final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_daemon = std::make_unique<Daemon>();
        QVERIFY2(m_daemon->start({text("--listen"), text("0.0.0.0:0"), text("--tls"), text("no")}),
                 m_daemon->log().constData());
        m_guarded = m_daemon->portOn(text("0.0.0.0")); // this one asks for tokens
        QVERIFY(m_guarded != 0);
        QCOMPARE(refusals(), 0);
    }
    void cleanup() { m_daemon.reset(); }

    void http_data();
    void http();
    void largeMessages();
    void malformedMessages();
    void plainOnTls();
    void telemetryOfNobody();
    void bytesUnderWay();
    void slowReader();
    void noRoomForANewGateway();
    void failedAttempts();
    void idleConnectionsEnd();

private:
    QJsonObject status() { return m_daemon->ctl({text("status")}).json; }
    /// How many of a kind, or in all.
    int refusals(const char *kind = nullptr)
    {
        const QJsonObject counts = status().value(text("refusals")).toObject();
        int sum = kind && counts.value(text(kind)).isUndefined() ? -1000 : 0;
        for (auto entry = counts.begin(); entry != counts.end(); ++entry)
            sum += !kind || entry.key() == text(kind) ? entry.value().toInt() : 0;
        return sum;
    }
    bool set(const char *key, const char *value)
    {
        return m_daemon->ctl({text("settings"), text("set"), text(key), text(value)}).exit == 0;
    }
    /// Whether an event tells of it, with the setting's name and the address.
    bool isTold(const char *setting)
    {
        return eventually([&] {
            const QJsonArray events = m_daemon->ctl({text("events")}).json[text("items")].toArray();
            return std::ranges::any_of(events, [setting](const QJsonValue &event) {
                const QString what = event[text("text")].toString();
                return event[text("kind")].toString() == u"server_refused" && what.contains(text(setting)) &&
                       what.contains(u"127.0.0.1");
            });
        });
    }

    std::unique_ptr<Daemon> m_daemon;
    quint16 m_guarded = 0;
};

void TestLimits::http_data()
{
    QTest::addColumn<QList<QByteArray>>("settings");
    QTest::addColumn<Case>("what");
    using Settings = QList<QByteArray>;
    const QByteArray good = post("/v1/opamp", report('a'));
    QTest::addRow("ER5 connections in all") << Settings{"server.connections=10"}
                                            << Case{.bytes = good,
                                                    .repeat = 11,
                                                    .keepOpen = true,
                                                    .status = 503,
                                                    .retryAfter = "30",
                                                    .kind = "connections",
                                                    .setting = "server.connections "};
    QTest::addRow("ER5 connections from one address") << Settings{"server.connections_per_address=2"}
                                                      << Case{.bytes = good,
                                                              .repeat = 3,
                                                              .keepOpen = true,
                                                              .status = 429,
                                                              .retryAfter = "30",
                                                              .kind = "connections_per_address",
                                                              .setting = "server.connections_per_address"};
    QTest::addRow("ER5 connections, an upgrade") << Settings{"server.connections_per_address=1"}
                                                 << Case{.bytes = upgrade("/v1/opamp"),
                                                         .repeat = 2,
                                                         .keepOpen = true,
                                                         .status = 429,
                                                         .retryAfter = "30",
                                                         .kind = "connections_per_address",
                                                         .setting = "server.connections_per_address"};
    QTest::addRow("SEC6 a large head") << Settings{"server.head_size=1"}
                                       << Case{.bytes =
                                                   post("/v1/opamp", report('a'), {"X-Long: " + QByteArray(2000, 'x')}),
                                               .status = 431,
                                               .kind = "head_size",
                                               .setting = "server.head_size"};
    QTest::addRow("SEC6 a slow head") << Settings{"server.head_time=1s"}
                                      << Case{.bytes = good.first(30),
                                              .status = 408,
                                              .kind = "head_time",
                                              .setting = "server.head_time"};
    QTest::addRow("T36 a large body") << Settings{"server.body_size=1"}
                                      << Case{.bytes = post("/v1/opamp", padded(mebi)),
                                              .status = 413,
                                              .kind = "body_size",
                                              .setting = "server.body_size"};
    QTest::addRow("T36 a bomb") << Settings{"server.body_inflated=1"}
                                << Case{.bytes = post("/v1/opamp", flowgate::net::gzip(padded(mebi)),
                                                      {"Content-Encoding: gzip"}),
                                        .status = 413,
                                        .kind = "body_size",
                                        .setting = "server.body_inflated"};
    QTest::addRow("T36 large telemetry") << Settings{"telemetry.body_size=1"}
                                         << Case{.bytes = post("/v1/metrics", QByteArray(mebi + 1, 'x')),
                                                 .status = 413,
                                                 .kind = "body_size",
                                                 .setting = "telemetry.body_size"};
    QTest::addRow("ER5 bytes under way") << Settings{"server.bytes_in_flight=8"}
                                         << Case{.bytes = post("/v1/opamp", padded(9 * mebi)),
                                                 .status = 503,
                                                 .retryAfter = "30",
                                                 .kind = "bytes_in_flight",
                                                 .setting = "server.bytes_in_flight"};
    QTest::addRow("ER5 a new gateway") << Settings{"gateways.most=1"}
                                       << Case{.bytes = post("/v1/opamp", report('b')),
                                               .status = 503,
                                               .retryAfter = "300",
                                               .kind = "gateways",
                                               .setting = "gateways.most"};

    const auto wrong = [](const char *name, const QByteArray &bytes, int status, const char *kind, const char *advice) {
        QTest::addRow("%s", name) << Settings{}
                                  << Case{.bytes = bytes, .status = status, .kind = kind, .setting = advice};
    };
    const std::vector<QByteArray> isGzip{"Content-Encoding: gzip"};
    const std::vector<QByteArray> isText{"Content-Type: text/plain", "Content-Length: 0"};
    const char *path = "Use the path /v1/opamp ";
    const char *type = "Send application/x-protobuf";
    const char *malformed = "gRPC and HTTP/2 are not served";
    wrong("T5 another path", post("/opamp", report('a')), 404, "wrong_path", path);
    wrong("T5 a slash at the end", upgrade("/v1/opamp/"), 404, "wrong_path", path);
    wrong("T5 another path, OTLP", post("/v1/traces", "x"), 404, "wrong_path", path);
    wrong("T5 GET", request("GET /v1/opamp HTTP/1.1"), 405, "wrong_method", "Send OpAMP as a POST");
    wrong("T5 upgrade, OTLP", upgrade("/v1/metrics"), 405, "wrong_method", "OTLP as a POST");
    wrong("T5 another type", request("POST /v1/opamp HTTP/1.1", isText), 415, "wrong_content_type", type);
    wrong("T5 another type, OTLP", request("POST /v1/logs HTTP/1.1", isText), 415, "wrong_content_type", type);
    wrong("T33 another coding, OTLP", post("/v1/logs", "x", {"Content-Encoding: zstd"}), 415, "wrong_content_type",
          type);
    wrong("ER1 a body that does not parse", post("/v1/opamp", "hello"), 400, "malformed", malformed);
    wrong("ER1 a body that does not parse, OTLP", post("/v1/metrics", "hello"), 400, "malformed", malformed);
    wrong("T33 corrupt gzip", post("/v1/opamp", "hello", isGzip), 400, "malformed", malformed);
    wrong("T33 corrupt gzip, OTLP", post("/v1/logs", "hello", isGzip), 400, "malformed", malformed);
    wrong("gRPC", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, "malformed", malformed);
    wrong("TLS on the plain port", QByteArray::fromHex("1603010200010001fc0303") + QByteArray(506, 'r'), 400,
          "tls_on_plain", "Use ws:// instead of wss://");
}

void TestLimits::http()
{
    QFETCH(QList<QByteArray>, settings);
    QFETCH(Case, what);
    RawClient known; // is there before the limit
    QVERIFY(known.connectTo(m_daemon->port()) && known.send(post("/v1/opamp", report('a'))));
    QCOMPARE(known.readResponse()->status, 200);
    known.close();
    for (const QByteArray &setting : settings) {
        const qsizetype equals = setting.indexOf('=');
        QVERIFY(set(setting.first(equals).constData(), setting.sliced(equals + 1).constData()));
    }
    std::vector<RawClient> clients(static_cast<size_t>(what.repeat));
    std::optional<RawResponse> response;
    for (RawClient &client : clients) {
        QVERIFY(client.connectTo(m_daemon->port()));
        client.send(what.bytes);
        response = client.readResponse(false);
        QVERIFY(response.has_value());
        if (&client != &clients.back())
            QVERIFY2(response->status < 300, response->head.constData());
        if (!what.keepOpen && &client != &clients.back())
            client.close();
    }
    QCOMPARE(response->status, what.status);
    QCOMPARE(response->header("Retry-After"), what.retryAfter);
    QCOMPARE(refusals(what.kind), 1);
    QCOMPARE(refusals(), 1);
    QVERIFY(isTold(what.setting));
}

void TestLimits::largeMessages() // T15, T17
{
    QVERIFY(set("server.message_size", "1"));
    RawClient client;
    QVERIFY(client.connectTo(m_daemon->port()) && client.openWebSocket("/v1/opamp"));
    QVERIFY(client.send(frame(Op::Binary, QByteArray(1, '\0') + report('a'))));
    QCOMPARE(client.readData()->op, Op::Binary);
    client.send(frame(Op::Binary, QByteArray(1, '\0') + padded(mebi)));
    const auto close = client.readData();
    QVERIFY(close.has_value());
    QCOMPARE(close->closeCode(), quint16(1009));
    QCOMPARE(refusals("message_size"), 1);
    QVERIFY(isTold("server.message_size"));
}

void TestLimits::malformedMessages() // T12, T19
{
    RawClient client;
    QVERIFY(client.connectTo(m_daemon->port()) && client.openWebSocket("/v1/opamp"));
    QVERIFY(client.send(frame(Op::Binary, QByteArray(1, '\0') + report('a').chopped(1))));
    QCOMPARE(client.readData()->op, Op::Binary);
    QCOMPARE(refusals("malformed"), 1);
    QCOMPARE(refusals(), 1);
    QVERIFY(isTold("gRPC and HTTP/2 are not served"));
}

void TestLimits::plainOnTls()
{
    m_daemon = std::make_unique<Daemon>();
    QVERIFY2(m_daemon->start({text("--tls"), text("yes")}), m_daemon->log().constData());
    RawClient client;
    QVERIFY(client.connectTo(m_daemon->port()));
    client.send(post("/v1/opamp", report('a')));
    QVERIFY(!client.readResponse().has_value());
    QCOMPARE(refusals("plain_on_tls"), 1);
    QCOMPARE(refusals(), 1);
    QVERIFY(isTold("Use wss:// instead of ws://"));
}

/// Internal telemetry under another id than the uid finds its gateway; what finds none is counted, and said where one
/// looks for it.
void TestLimits::telemetryOfNobody()
{
    const auto send = [&](const QByteArray &bytes) {
        RawClient client;
        QVERIFY(client.connectTo(m_daemon->port()));
        client.send(bytes);
        QCOMPARE(client.readResponse()->status, 200);
    };
    const auto sendLog = [&](const QByteArray &instanceId, const QByteArray &line,
                             std::vector<QByteArray> headers = {}) {
        const QByteArray body = ownLog(instanceId, line);
        headers.push_back("Content-Type: application/json");
        headers.push_back("Content-Length: " + QByteArray::number(body.size()));
        send(request("POST /v1/logs HTTP/1.1", headers, body));
    };
    const auto logs = [&](const char *id) { return m_daemon->ctl({text("gateways"), text("logs"), text(id)}); };
    const char *a = "61616161-6161-6161-6161-616161616161";
    const char *b = "62626262-6262-6262-6262-626262626262";
    send(post("/v1/opamp", describing('a', "edge-7")));
    send(post("/v1/opamp", describing('b', "edge-8")));
    sendLog("edge-7", "described");
    sendLog("edge-9", "marked", {QByteArray("OpAMP-Instance-UID: ") + a});
    QTRY_VERIFY(logs(a).output.contains("described") && logs(a).output.contains("marked"));
    QCOMPARE(refusals(), 0);
    QVERIFY(logs(b).json[text("items")].toArray().isEmpty() && logs(b).json[text("unmatched")].isNull());

    sendLog("edge-9", "nobody's");
    sendLog("edge-8", "contradicts", {QByteArray("OpAMP-Instance-UID: ") + a});
    QCOMPARE(refusals("unmatched_telemetry"), 2);
    QCOMPARE(refusals(), 2);
    const QJsonObject told = status().value(text("telemetry")).toObject();
    QCOMPARE(told.value(text("unmatched")).toInt(), 2);
    const QJsonValue from = told.value(text("unmatched_from")).toArray().first();
    QCOMPARE(from[text("address")].toString(), text("127.0.0.1"));
    QCOMPARE(from[text("reason")].toString(), text("ambiguous"));
    QCOMPARE(from[text("instance_id")].toString(), text("edge-8"));
    const QJsonObject answer = logs(b).json;
    QVERIFY(answer[text("items")].toArray().isEmpty());
    QCOMPARE(answer[text("unmatched")][text("requests")].toInt(), 2);
    QCOMPARE(answer[text("unmatched")][text("its_address")].toBool(), true);
    QVERIFY(isTold("service.instance.id"));
}

void TestLimits::bytesUnderWay() // ER4: told so over the WebSocket, and then closed
{
    QVERIFY(set("server.bytes_in_flight", "8"));
    RawClient client;
    QVERIFY(client.connectTo(m_daemon->port()) && client.openWebSocket("/v1/opamp"));
    client.send(frame(Op::Binary, QByteArray(1, '\0') + padded(9 * mebi)).chopped(1)); // and never the rest
    const auto told = client.readData();
    QVERIFY(told.has_value());
    QVERIFY2(told->payload.contains(QByteArray::fromHex("80d88ee16f")),
             told->payload.toHex().constData()); // 30 s in nanoseconds
    const auto close = client.readData();
    QVERIFY(close.has_value());
    QCOMPARE(close->closeCode(), quint16(1013));
    QCOMPARE(refusals("bytes_in_flight"), 1);
    QVERIFY(isTold("server.bytes_in_flight"));
}

void TestLimits::slowReader() // X19
{
    QVERIFY(set("server.unsent", "1"));
    RawClient client;
    QVERIFY(client.connectTo(m_daemon->port(), 4096) && client.openWebSocket("/v1/opamp"));
    const QByteArray pings = frame(Op::Ping, QByteArray(125, 'p')).repeated(1000);
    int sent = 0;
    while (sent < 2000 && client.send(pings))
        ++sent;
    QVERIFY(sent < 2000);
    QCOMPARE(refusals("slow_reader"), 1);
    QVERIFY(isTold("server.unsent"));
}

void TestLimits::noRoomForANewGateway() // SEC6, ER4
{
    QVERIFY(set("gateways.most", "1"));
    const auto say = [](RawClient &client, char which) {
        client.send(frame(Op::Binary, QByteArray(1, '\0') + report(which)));
        const auto answer = client.readData();
        return answer ? answer->payload : QByteArray();
    };
    RawClient known, fresh;
    QVERIFY(known.connectTo(m_daemon->port()) && known.openWebSocket("/v1/opamp"));
    QVERIFY(fresh.connectTo(m_daemon->port()) && fresh.openWebSocket("/v1/opamp"));
    QVERIFY(!say(known, 'a').contains("no more gateways"));
    QVERIFY(say(fresh, 'b').contains("no more gateways"));
    QVERIFY(!say(known, 'a').contains("no more gateways"));
    QCOMPARE(at(status(), "gateways.total").toInt(), 1);
    QCOMPARE(refusals("gateways"), 1);
    QVERIFY(isTold("gateways.most"));
    QVERIFY(set("gateways.most", "default"));
    QVERIFY(!say(fresh, 'b').contains("no more gateways")); // on the same connection
    QCOMPARE(at(status(), "gateways.total").toInt(), 2);
}

void TestLimits::failedAttempts() // ER5, ER6
{
    QVERIFY(set("server.failed_attempts", "3") && set("server.failed_pause", "1h"));
    const QString made =
        m_daemon->ctl({text("tokens"), text("create"), text("lab")}).json.value(text("token")).toString();
    const QByteArray right = "Authorization: Bearer " + made.toLatin1();
    const auto ask = [&](const QByteArray &header) {
        RawClient client;
        if (!client.connectTo(m_guarded))
            return RawResponse{};
        client.send(post("/v1/opamp", report('b'), {header}));
        return client.readResponse().value_or(RawResponse{});
    };
    RawClient inside;
    QVERIFY(inside.connectTo(m_guarded) && inside.openWebSocket("/v1/opamp", {right}));
    for (int i = 0; i < 3; ++i)
        QCOMPARE(ask("Authorization: Bearer fgt_wrong").status, 401);
    const RawResponse refused = ask(right);
    QCOMPARE(refused.status, 429);
    QVERIFY(refused.header("Retry-After").toInt() > 3000);
    QVERIFY(inside.send(frame(Op::Binary, QByteArray(1, '\0') + report('a'))));
    QCOMPARE(inside.readData()->op, Op::Binary); // who is in stays
    QCOMPARE(refusals("not_admitted"), 3);
    QCOMPARE(refusals("failed_attempts"), 1);
    QCOMPARE(refusals(), 4);
    QVERIFY(isTold("server.failed_attempts"));
    const QByteArray page = m_daemon->ctl({text("status")}).output;
    QVERIFY2(!page.contains(made.toLatin1()), "the token is not in the status");
}

void TestLimits::idleConnectionsEnd() // T41: in order, between two requests; nobody is refused by that
{
    QVERIFY(set("server.idle_time", "5s"));
    RawClient client;
    QVERIFY(client.connectTo(m_daemon->port()) && client.send(post("/v1/opamp", report('a'))));
    QCOMPARE(client.readResponse()->status, 200);
    client.patience = 30s;
    QVERIFY(client.endsInOrder());
    QCOMPARE(refusals(), 0);
}

QTEST_GUILESS_MAIN(TestLimits)
#include "tst_limits.moc"
