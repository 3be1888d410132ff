// SPDX-License-Identifier: GPL-3.0-or-later
// Secrets are planted wherever some come in, and looked for wherever they have no business: the log at its most
// talkative and what a crash leaves on it, events, status.
#include "tests/e2e/support/processes.h"
#include "tests/support/patience.h"
#include "tests/support/rawclient.h"

#include <QTest>

#include <csignal>
#include <opamp.pb.h>

using namespace flowgate::tests;

namespace {

QString text(const char *latin1)
{
    return QString::fromLatin1(latin1);
}

/// Every secret has it, so that one search finds them all.
constexpr char mark[] = "pLaNtEd";

QByteArray secret(const char *where)
{
    return QByteArray(mark) + '-' + where;
}

QByteArray config(const QByteArray &planted)
{
    return "receivers: {nop: }\nexporters: {otlp: {endpoint: a.example:1, headers: {authorization: 'Bearer " + planted +
           "'}}}\nservice: {pipelines: {logs: {receivers: [nop], exporters: [otlp]}}}\n# password: " + planted + "\n";
}

/// What a gateway says that repeats secrets of its configs, in the ways that programs written in Go do.
std::string complaint()
{
    return ("cannot dial amqp://me:" + secret("config") + "@a.example:1: header \"authorization\": \"Bearer " +
            secret("effective") + "\" refused")
        .toStdString();
}

/// All that a supervisor reports, with a secret in each part that can hold one.
QByteArray report(quint64 number, bool complains = false)
{
    opamp::proto::v1::AgentToServer message;
    message.set_instance_uid(std::string(16, 'a'));
    message.set_sequence_num(number);
    message.set_capabilities(0x7dc7);
    auto &file = (*message.mutable_effective_config()->mutable_config_map()->mutable_config_map())[""];
    file.set_body(config(secret("effective")).toStdString());
    message.mutable_remote_config_status()->set_last_remote_config_hash("x");
    if (complains) {
        message.mutable_remote_config_status()->set_status(opamp::proto::v1::RemoteConfigStatuses_FAILED);
        message.mutable_remote_config_status()->set_error_message(complaint());
        message.mutable_connection_settings_status()->set_error_message(complaint());
        message.mutable_health()->set_last_error(complaint());
        auto &part = (*message.mutable_health()->mutable_component_health_map())["exporter:otlp"];
        part.set_last_error(complaint());
        part.set_status(complaint());
    }
    return QByteArray::fromStdString(message.SerializeAsString());
}

} // namespace

class TestPlantedSecrets final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void areNowhere() // SEC5
    {
        Daemon daemon;
        QVERIFY2(daemon.start({text("--log-level"), text("debug")}), daemon.log().constData());
        plantConfigs(daemon);
        talk(daemon.port());
        QTRY_VERIFY(!daemon.gateway().isEmpty());
        QTRY_VERIFY(at(daemon.gateway(), "config.effective.hash").isString());
        for (const QStringList &verb :
             {QStringList{text("events")}, QStringList{text("status")}, QStringList{text("gateways"), text("list")},
              QStringList{text("rollouts"), text("list")}, QStringList{text("configs"), text("list")}}) {
            const CtlResult answer = daemon.ctl(verb);
            QCOMPARE(answer.exit, 0);
            QVERIFY2(!answer.output.contains(mark), answer.output.constData());
        }
        daemon.signal(SIGABRT); // as a failed assertion ends it
        daemon.kill();
        QVERIFY2(daemon.log().size() > 1000, daemon.log().constData()); // it did talk
        QVERIFY2(!daemon.log().contains(mark), daemon.log().constData());
    }

    /// A gateway repeats what its desired and its effective config hold: nowhere but in those is it shown.
    void areInNoError()
    {
        Daemon daemon;
        QVERIFY2(daemon.start({text("--log-level"), text("debug")}), daemon.log().constData());
        QCOMPARE(daemon.ctl({text("configs"), text("add"), text("base"), text("-")}, config(secret("config"))).exit, 0);
        const auto say = [&](quint64 number, bool complains) {
            RawClient client;
            QVERIFY(client.connectTo(daemon.port()));
            client.send(post("/v1/opamp", report(number, complains)));
            QCOMPARE(client.readResponse()->status, 200);
        };
        say(0, false);
        QTRY_VERIFY(!daemon.gateway().isEmpty());
        QCOMPARE(daemon.ctl(QStringLiteral("rollouts start --config base --selector all --force").split(u' ')).exit, 0);
        say(1, true);
        say(2, true);
        const QString id = daemon.gateway()[text("id")].toString();
        sendLog(daemon.port(), id);
        const auto ask = [&](const char *verb) {
            return daemon.ctl(QString::fromLatin1(verb).replace(text("%1"), id).split(u' ')).output;
        };
        QTRY_VERIFY(ask("gateways logs %1").contains("[hidden]"));
        QTRY_VERIFY(ask("gateways show %1").contains("[hidden]"));
        daemon.kill();
        QVERIFY2(daemon.start({text("--log-level"), text("debug")}), daemon.log().constData());
        say(3, true); // before or after its configs were read: neither shows it
        for (const char *verb : {"events", "status", "gateways list", "gateways show %1", "gateways health %1",
                                 "gateways timeline %1", "gateways logs %1", "rollouts list"}) {
            const QByteArray output = ask(verb);
            QVERIFY2(!output.isEmpty() && !output.contains(mark), output.constData());
        }
        QVERIFY2(!daemon.log().contains(mark), daemon.log().constData());
        QVERIFY(ask("gateways effective %1").contains(secret("effective"))); // as it was received
    }

private:
    /// One log line of the gateway's own, with a secret in its text and in an attribute.
    static void sendLog(quint16 port, const QString &id)
    {
        const QByteArray text = "{\"stringValue\":\"refused: " + secret("effective") + "\"}";
        const QByteArray body =
            "{\"resourceLogs\":[{\"resource\":{\"attributes\":[{\"key\":\"service.instance.id\",\"value\":"
            "{\"stringValue\":\"" +
            id.toLatin1() + "\"}}]},\"scopeLogs\":[{\"logRecords\":[{\"body\":" + text +
            ",\"attributes\":[{\"key\":\"error\",\"value\":" + text + "}]}]}]}]}";
        RawClient client;
        QVERIFY(client.connectTo(port));
        client.send(request("POST /v1/logs HTTP/1.1",
                            {"Content-Type: application/json", "Content-Length: " + QByteArray::number(body.size())},
                            body));
        QCOMPARE(client.readResponse()->status, 200);
    }
    void plantConfigs(Daemon &daemon)
    {
        const auto add = [&](const char *name, const QByteArray &body) {
            return daemon.ctl({text("configs"), text("add"), text(name), text("-")}, body).exit;
        };
        QCOMPARE(add("base", config(secret("config"))), 0);
        QVERIFY(add("broken", "receivers: {nop: " + secret("broken") + "\n  ] : : {") >= 0);
        for (const char *name : {"base", "broken"})
            QVERIFY(daemon
                        .ctl({text("rollouts"), text("start"), text("--config"), text(name), text("--selector"),
                              text("all"), text("--force")})
                        .exit >= 0);
        QVERIFY(
            daemon
                .ctl({text("settings"), text("set"), text("collector.program"), QString::fromLatin1(secret("setting"))})
                .exit != -1);
    }
    /// Over each way in, what is right and what is not.
    void talk(quint16 port)
    {
        const QByteArray authorization = "Authorization: Bearer " + secret("token") + "\r\n";
        const auto post = [&](const QByteArray &path, const QByteArray &type, const QByteArray &body) {
            RawClient client;
            QVERIFY(client.connectTo(port));
            client.send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nCookie: " + secret("cookie") +
                        "\r\nContent-Type: " + type + "\r\n" + authorization +
                        "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
            QVERIFY(client.readResponse());
        };
        post("/v1/opamp", "application/x-protobuf", report(0));
        post("/v1/opamp", "application/x-protobuf", "\xff\xff" + secret("garbage"));
        post("/v1/logs", "application/json", "{\"resourceLogs\": \"" + secret("otlp"));
        post("/v1/metrics", "application/x-protobuf", secret("otlp"));
        post("/" + secret("path"), "text/plain", {});
        RawClient socket;
        QVERIFY(socket.connectTo(port));
        socket.send("GET /v1/opamp HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
                    authorization + "\r\n");
        const auto answer = socket.readResponse(false);
        QVERIFY(answer && answer->status == 101);
        for (const QByteArray &message : {QByteArray(1, '\0') + report(1), "\x7f" + secret("header")}) {
            socket.send(frame(Op::Binary, message));
            QVERIFY(socket.readData());
        }
        socket.send(frame(Op::Text, secret("text")));
        QVERIFY(socket.readData());
    }
};

QTEST_GUILESS_MAIN(TestPlantedSecrets)
#include "tst_plantedsecrets.moc"
