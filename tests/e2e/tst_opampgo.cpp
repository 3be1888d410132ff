// SPDX-License-Identifier: GPL-3.0-or-later
// A client that nobody here wrote, the opamp-go library, on both transports against flowgated as users run it.
#include "tests/e2e/support/lineclient.h"
#include "tests/e2e/support/processes.h"

#include <QJsonArray>
#include <QTest>

using namespace flowgate::tests;

namespace {

constexpr char firstConfig[] = "receivers: {nop: {}}\nexporters: {nop: {}}\n"
                               "service: {pipelines: {logs: {receivers: [nop], exporters: [nop]}}}\n";
constexpr char secondConfig[] = "receivers: {nop: {}}\nexporters: {nop: {}}\n"
                                "service: {pipelines: {traces: {receivers: [nop], exporters: [nop]}}}\n";

QStringList words(const char *text)
{
    return QString::fromLatin1(text).split(u' ');
}

} // namespace

class TestOpampGo : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void isServed_data();
    void isServed();
};

void TestOpampGo::initTestCase()
{
    needGatewayBinary(QStringLiteral("opampgo-client"));
}

void TestOpampGo::isServed_data()
{
    QTest::addColumn<QString>("scheme");
    QTest::addColumn<QStringList>("options");
    QTest::addRow("T1 WebSocket") << QStringLiteral("ws") << QStringList{};
    QTest::addRow("T7 WebSocket, compression wished")
        << QStringLiteral("ws") << QStringList{QStringLiteral("-compress")};
    QTest::addRow("T30 HTTP") << QStringLiteral("http") << QStringList{};
    QTest::addRow("T33 HTTP, gzip") << QStringLiteral("http") << QStringList{QStringLiteral("-compress")};
}

void TestOpampGo::isServed()
{
    QFETCH(QString, scheme);
    QFETCH(QStringList, options);
    Daemon daemon;
    QVERIFY2(daemon.start(), daemon.log().constData());
    LineClient client;
    options += {QStringLiteral("-heartbeat"), QStringLiteral("1s"), QStringLiteral("-name"), QStringLiteral("stranger"),
                QStringLiteral("%1://127.0.0.1:%2/v1/opamp").arg(scheme).arg(daemon.port())};
    QVERIFY(client.start(gatewayBinaries() + QStringLiteral("/opampgo-client"), options));
    QVERIFY(client.tell("health ok"));

    // Who it is.
    QVERIFY(eventually([&] { return at(daemon.gateway(), "health.state") == QStringLiteral("healthy"); }));
    QJsonObject gateway = daemon.gateway();
    QCOMPARE(at(gateway, "presence.state").toString(), QStringLiteral("connected"));
    QCOMPARE(at(gateway, "presence.transport").toString(), scheme);
    QCOMPARE(gateway.value(QStringLiteral("attributes"))
                 .toObject()
                 .value(QStringLiteral("identifying"))
                 .toObject()
                 .value(QStringLiteral("service.name"))
                 .toString(),
             QStringLiteral("stranger"));
    QVERIFY(gateway.value(QStringLiteral("capabilities")).toArray().contains(QStringLiteral("AcceptsRemoteConfig")));
    QCOMPARE(QString(gateway.value(QStringLiteral("id")).toString()).remove(u'-'),
             client.last(QStringLiteral("started")).value(QStringLiteral("instance_uid")).toString());
    QVERIFY(client.all(QStringLiteral("connect_failed")).isEmpty());

    // A config that it says it applied, under the name "" and with our hash (RC1, RC2).
    const QJsonObject first = daemon.ctl(words("configs add base -"), firstConfig).json;
    const QStringList start = words("rollouts start --config base --selector all --soak 1s --timeout 120s --wait");
    const CtlResult good = daemon.ctl(start);
    QVERIFY2(good.exit == 0, (good.errors + good.output).constData());
    QCOMPARE(at(good.json, "state").toString(), QStringLiteral("succeeded"));
    const QJsonObject received = client.last(QStringLiteral("remote_config"));
    QCOMPARE(received.value(QStringLiteral("hash")), first.value(QStringLiteral("hash")));
    QCOMPARE(received.value(QStringLiteral("files")).toObject(),
             (QJsonObject{{QString(), QLatin1String(firstConfig)}}));
    QCOMPARE(at(daemon.gateway(), "config.state").toString(), QStringLiteral("in_sync"));

    // One that it says it cannot run: the reason is kept. Nothing is put back by itself, as this client would say the
    // same of whatever comes next; the operator goes back to the proven one.
    QVERIFY(client.tell("next failed no such thing here"));
    QVERIFY(daemon.ctl(words("configs add base -"), secondConfig).exit == 0);
    const CtlResult bad = daemon.ctl(start + words("--no-rollback"));
    QCOMPARE(bad.exit, 1);
    QCOMPARE(at(bad.json, "state").toString(), QStringLiteral("failed"));
    gateway = daemon.gateway();
    QCOMPARE(at(gateway, "config.state").toString(), QStringLiteral("failed"));
    QCOMPARE(at(gateway, "config.last_failed.version").toInt(), 2);
    QVERIFY(at(gateway, "config.last_failed.error").toString().contains(QStringLiteral("no such thing here")));
    QVERIFY(client.tell("next applied"));
    const CtlResult back =
        daemon.ctl(words("rollouts start --config base@1 --selector all --soak 1s --timeout 120s --wait"));
    QVERIFY2(back.exit == 0, (back.errors + back.output).constData());
    gateway = daemon.gateway();
    QCOMPARE(at(gateway, "config.state").toString(), QStringLiteral("in_sync"));
    QCOMPARE(at(gateway, "config.wanted.version").toInt(), 1);

    // A command reaches it, and another start time is the proof (CM1, CM3).
    QCOMPARE(daemon
                 .ctl({QStringLiteral("gateways"), QStringLiteral("restart"), QStringLiteral("--wait"),
                       gateway.value(QStringLiteral("id")).toString()})
                 .exit,
             0);
    QVERIFY(eventually([&] { return !client.last(QStringLiteral("command")).isEmpty(); }));
    const QJsonValue interval = at(daemon.gateway(), "presence.poll_interval_s");
    QCOMPARE(interval.isDouble(), scheme == QStringLiteral("http"));
    QVERIFY(interval.isNull() || (interval.toDouble() > 0.1 && interval.toDouble() < 10));
    QVERIFY(client.all(QStringLiteral("server_error")).isEmpty());

    QCOMPARE(client.quit(), 0);
    if (scheme == QStringLiteral("ws")) // the library says no goodbye by HTTP
        QVERIFY(eventually([&] { return at(daemon.gateway(), "presence.state") == QStringLiteral("left"); }));
}

QTEST_GUILESS_MAIN(TestOpampGo)
#include "tst_opampgo.moc"
