// SPDX-License-Identifier: GPL-3.0-or-later
// A client that nobody here wrote, @elastic/opamp-client-node, against flowgated as users run it. Seen of version
// 0.5.0:
//   - It polls over HTTP only, takes neither gzip nor any Content-Type but application/x-protobuf to the letter, and
//     counts from 1.
//   - It reports a description and what became of a config, neither health nor an effective config: nothing can be
//   proven
//     of it, and a rollout says so and succeeds.
//   - It takes neither connection settings nor commands, and does not look at them.
//   - A request that fails is made again after half a minute or more, with what it held and a number of its own: each
//     failure is a gap, and the full state is asked for and comes.
//   - It says no goodbye: it is silent after a while.
#include "tests/e2e/support/lineclient.h"
#include "tests/e2e/support/processes.h"

#include <QJsonArray>
#include <QTest>

using namespace flowgate::tests;

namespace {

constexpr char config[] = "receivers: {nop: {}}\nexporters: {nop: {}}\n"
                          "service: {pipelines: {logs: {receivers: [nop], exporters: [nop]}}}\n";
constexpr char another[] = "receivers: {nop: {}}\nexporters: {nop: {}}\n"
                           "service: {pipelines: {traces: {receivers: [nop], exporters: [nop]}}}\n";

QString text(const char *latin1)
{
    return QString::fromLatin1(latin1);
}

QStringList words(const char *latin1)
{
    return text(latin1).split(u' ');
}

} // namespace

class TestOpampNode final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void isServed();
};

void TestOpampNode::initTestCase()
{
    needVariable("FLOWGATE_OPAMP_NODE");
}

void TestOpampNode::isServed() // T30, RC1, RC4, S8
{
    Daemon daemon;
    QVERIFY2(daemon.start(), daemon.log().constData());
    QCOMPARE(daemon.ctl(words("settings set gateways.http_silence 10s")).exit, 0);
    LineClient client;
    QVERIFY(client.start(text("node"), {qEnvironmentVariable("FLOWGATE_OPAMP_NODE") + text("/client.mjs"),
                                        text("http://127.0.0.1:%1/v1/opamp").arg(daemon.port())}));

    // Who it is, and by which of its uids.
    QVERIFY(eventually([&] { return at(daemon.gateway(), "presence.state").toString() == u"connected"; }));
    QJsonObject gateway = daemon.gateway();
    const QString id = gateway[text("id")].toString();
    QCOMPARE(at(gateway, "presence.transport").toString(), text("http"));
    QCOMPARE(gateway[text("name")].toString(), text("stranger-node"));
    QCOMPARE(gateway[text("capabilities")].toArray(),
             (QJsonArray{text("ReportsStatus"), text("AcceptsRemoteConfig"), text("ReportsRemoteConfig"),
                         text("ReportsHeartbeat")}));
    QCOMPARE(QString(id).remove(u'-'), client.last(text("started"))[text("instance_uid")].toString());
    QCOMPARE(at(gateway, "health.state").toString(), text("not_reported"));
    QCOMPARE(at(gateway, "config.state").toString(), text("unmanaged"));

    // A config with our hash, which it says it applied. That is all it can say.
    const QJsonObject added = daemon.ctl(words("configs add base -"), config).json;
    const QStringList start = words("rollouts start --config base --selector all --soak 1s --timeout 120s --wait");
    const CtlResult good = daemon.ctl(start);
    QVERIFY2(good.exit == 0, (good.errors + good.output).constData());
    QCOMPARE(at(good.json, "state").toString(), text("succeeded"));
    QCOMPARE(good.json[text("targets")][0][text("step")].toString(), text("unproven"));
    const QJsonObject received = client.last(text("remote_config"));
    QCOMPARE(received[text("hash")], added[text("hash")]);
    QCOMPARE(received[text("files")].toObject(), (QJsonObject{{QString(), text(config)}}));
    gateway = daemon.gateway(id);
    QCOMPARE(at(gateway, "config.state").toString(), text("applied"));
    QCOMPARE(at(gateway, "config.last_proven"), QJsonValue(QJsonValue::Null));

    // One that it says it cannot run.
    QVERIFY(client.tell("next failed no such thing here"));
    QCOMPARE(daemon.ctl(words("configs add base -"), another).exit, 0);
    const CtlResult bad = daemon.ctl(start + words("--no-rollback"));
    QCOMPARE(bad.exit, 1);
    gateway = daemon.gateway(id);
    QCOMPARE(at(gateway, "config.state").toString(), text("failed"));
    QVERIFY(at(gateway, "config.last_failed.error").toString().contains(text("no such thing here")));

    // We are gone for a while. It comes back with a gap in its numbers, and says all anew when it is asked.
    QVERIFY(client.all(text("failed")).isEmpty());
    daemon.kill();
    QVERIFY(eventually([&] { return !client.last(text("failed")).isEmpty(); }));
    QVERIFY2(daemon.start(), daemon.log().constData());
    QVERIFY(eventually([&] { return at(daemon.gateway(id), "presence.state").toString() == u"connected"; }));
    QCOMPARE(at(daemon.gateway(id), "config.state").toString(), text("failed")); // it is not offered again (X6a)
    const auto asked = [&](double flags) {
        const QList<QJsonObject> sent = client.all(text("sent"));
        return std::any_of(sent.begin(), sent.end(),
                           [&](const QJsonObject &one) { return one[text("flags")].toDouble() == flags; });
    };
    QVERIFY(eventually([&] { return asked(1); }));
    const auto sent = [&] { return client.all(text("sent")).size(); };
    const qsizetype before = sent();
    QVERIFY(eventually([&] { return sent() >= before + 3; }));
    QCOMPARE(client.last(text("sent"))[text("flags")].toDouble(), 0.0); // and is left in peace then (RC9)

    QCOMPARE(client.quit(), 0);
    QVERIFY(eventually([&] { return at(daemon.gateway(id), "presence.state").toString() == u"silent"; }));
}

QTEST_GUILESS_MAIN(TestOpampNode)
#include "tst_opampnode.moc"
