// SPDX-License-Identifier: GPL-3.0-or-later
// The main job, with the real supervisor and Collector, by the programs that people use.
#include "tests/e2e/support/processes.h"

#include <QFile>
#include <QJsonArray>
#include <QSet>
#include <QTest>

using namespace flowgate::tests;
using Kind = RealGateway::Kind;

class TestRealGateway : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void isManaged_data();
    void isManaged();
    void rolloutSurvivesKill();
    void settlesToHeartbeats();
    void saysWhatItIsBuiltWith();
    void itsCollectorChecksConfigs();

private:
    static QStringList rollout(const QString &config, const QStringList &more = {})
    {
        return QStringList{QStringLiteral("rollouts"),   QStringLiteral("start"),
                           QStringLiteral("--config"),   config,
                           QStringLiteral("--selector"), QStringLiteral("all"),
                           QStringLiteral("--soak"),     QStringLiteral("2s"),
                           QStringLiteral("--timeout"),  QStringLiteral("120s")} +
               more;
    }
    static CtlResult addConfig(Daemon &daemon, const QByteArray &text)
    {
        return daemon.ctl(
            {QStringLiteral("configs"), QStringLiteral("add"), QStringLiteral("base"), QStringLiteral("-")}, text);
    }
};

void TestRealGateway::initTestCase()
{
    needGatewayBinary(QStringLiteral("opampsupervisor"));
}

void TestRealGateway::isManaged_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addRow("plain supervisor") << Kind::Plain;
    QTest::addRow("validating supervisor with a base config") << Kind::Validating;
}

void TestRealGateway::isManaged()
{
    QFETCH(Kind, kind);
    Daemon daemon;
    QVERIFY2(daemon.start(), daemon.log().constData());
    RealGateway real(daemon.endpoint(), kind);
    QVERIFY(real.start());

    // It appears, with who it is and what it can do.
    QJsonObject gateway;
    QVERIFY(eventually([&] {
        gateway = daemon.gateway();
        return at(gateway, "presence.state").toString() == u"connected";
    }));
    const QString id = gateway.value(QStringLiteral("id")).toString();
    const QJsonObject identifying = at(gateway, "attributes.identifying").toObject();
    QVERIFY(!identifying.value(QStringLiteral("service.name")).toString().isEmpty());
    QCOMPARE(identifying.value(QStringLiteral("service.instance.id")).toString(), id);
    QVERIFY(
        !at(gateway, "attributes.non_identifying").toObject().value(QStringLiteral("host.name")).toString().isEmpty());
    const QJsonArray capabilities = gateway.value(QStringLiteral("capabilities")).toArray();
    QVERIFY(capabilities.contains(QStringLiteral("AcceptsRemoteConfig")));
    QCOMPARE(capabilities.contains(QStringLiteral("ReportsAvailableComponents")), kind == Kind::Validating);

    // A good config: exit 0, and only after it was applied, is contained and healthy.
    const CtlResult added = addConfig(daemon, real.config("detailed"));
    QCOMPARE(added.exit, 0);
    QCOMPARE(added.json.value(QStringLiteral("version")).toInt(), 1);
    const CtlResult good = daemon.ctl(rollout(QStringLiteral("base"), {QStringLiteral("--wait")}));
    QVERIFY2(good.exit == 0, (good.output + good.errors).constData());
    QCOMPARE(good.json.value(QStringLiteral("state")).toString(), QStringLiteral("succeeded"));
    gateway = daemon.gateway(id);
    QCOMPARE(at(gateway, "config.state").toString(), QStringLiteral("in_sync"));
    QCOMPARE(at(gateway, "config.reported.status").toString(), QStringLiteral("applied"));
    QCOMPARE(at(gateway, "config.effective.contains_wanted").toBool(), true);
    QCOMPARE(at(gateway, "health.state").toString(), QStringLiteral("healthy"));
    const QJsonObject pipeline = daemon.ctl({QStringLiteral("gateways"), QStringLiteral("health"), id})
                                     .json.value(QStringLiteral("components"))
                                     .toObject()
                                     .value(QStringLiteral("pipeline:logs"))
                                     .toObject();
    QVERIFY(pipeline.value(QStringLiteral("components")).toObject().contains(QStringLiteral("receiver:otlp")));
    QProcess raw;
    const CtlResult effective = daemon.ctl({QStringLiteral("gateways"), QStringLiteral("effective"), id});
    QVERIFY2(effective.output.contains("verbosity: Detailed"), effective.output.constData());

    // What it runs can be taken into the library, and is what it runs.
    const CtlResult adopted =
        daemon.ctl({QStringLiteral("gateways"), QStringLiteral("adopt"), id, QStringLiteral("taken")});
    QVERIFY2(adopted.exit == 0, (adopted.output + adopted.errors).constData());
    const CtlResult same = daemon.ctl(
        {QStringLiteral("configs"), QStringLiteral("diff"), QStringLiteral("taken"), QStringLiteral("--gateway"), id});
    QVERIFY2(same.json.value(QStringLiteral("differences")).toArray().isEmpty(), same.output.constData());

    QVERIFY(eventually([&] { return isAtRest(daemon, id); }));

    // A config with a receiver that does not exist: exit 1, the reason, and the proven version runs on.
    QByteArray broken = real.config("basic");
    broken.replace("receivers:\n  otlp:\n", "receivers:\n  nosuch: {}\n  otlp:\n");
    broken.replace("receivers: [otlp]", "receivers: [otlp, nosuch]");
    QCOMPARE(addConfig(daemon, broken).json.value(QStringLiteral("version")).toInt(), 2);
    const CtlResult bad =
        daemon.ctl(rollout(QStringLiteral("base@2"), {QStringLiteral("--wait"), QStringLiteral("--force")}));
    QVERIFY2(bad.exit == 1, (bad.output + bad.errors).constData());
    QVERIFY(eventually([&] {
        gateway = daemon.gateway(id);
        return at(gateway, "config.state").toString() == u"in_sync" &&
               at(gateway, "health.state").toString() == u"healthy";
    }));
    QCOMPARE(at(gateway, "config.wanted.version").toInt(), 1);
    QCOMPARE(at(gateway, "config.last_failed.version").toInt(), 2);
    const QString reason = at(gateway, "config.last_failed.error").toString();
    // Only the validating supervisor is told why by its collector.
    QVERIFY2(reason.contains(kind == Kind::Validating ? QStringLiteral("nosuch") : QStringLiteral("exit")),
             qPrintable(reason));
    QVERIFY2(QString::fromUtf8(bad.output)
                 .contains(kind == Kind::Validating ? QStringLiteral("nosuch") : QStringLiteral("exit")),
             bad.output.constData());

    // Restart is proven by another start time.
    const QString startedBefore = at(daemon.gateway(id), "health.started_at").toString();
    const CtlResult restart =
        daemon.ctl({QStringLiteral("gateways"), QStringLiteral("restart"), id, QStringLiteral("--wait")});
    QVERIFY2(restart.exit == 0, (restart.output + restart.errors).constData());
    QVERIFY(at(daemon.gateway(id), "health.started_at").toString() > startedBefore);

    // A killed supervisor is lost; its return is the same gateway, with its history.
    real.kill();
    QVERIFY(eventually([&] { return at(daemon.gateway(id), "presence.state").toString() == u"lost"; }));
    QCOMPARE(at(daemon.gateway(id), "health.state").toString(), QStringLiteral("not_observed"));
    QVERIFY(real.start());
    QVERIFY(eventually([&] { return at(daemon.gateway(id), "presence.state").toString() == u"connected"; }));
    QSet<QString> presence;
    for (const QJsonValue span : daemon.ctl({QStringLiteral("gateways"), QStringLiteral("timeline"), id})
                                     .json.value(QStringLiteral("items"))
                                     .toArray()) {
        if (span.toObject().value(QStringLiteral("kind")).toString() == u"presence")
            presence.insert(span.toObject().value(QStringLiteral("state")).toString());
    }
    QVERIFY(presence.contains(QStringLiteral("lost")) && presence.contains(QStringLiteral("connected")));
    real.terminate();
    QVERIFY(eventually([&] { return at(daemon.gateway(id), "presence.state").toString() == u"left"; }));
}

void TestRealGateway::rolloutSurvivesKill()
{
    Daemon daemon;
    QVERIFY(daemon.start());
    RealGateway real(daemon.endpoint(), Kind::Validating);
    QVERIFY(real.start());
    QVERIFY(eventually([&] { return !daemon.gateway().isEmpty(); }));
    const QString gatewayId = daemon.gateway().value(QStringLiteral("id")).toString();
    QCOMPARE(addConfig(daemon, real.config("normal")).exit, 0);
    const CtlResult started = daemon.ctl(rollout(QStringLiteral("base")));
    QCOMPARE(started.exit, 0);
    const QString rolloutId = started.json.value(QStringLiteral("id")).toString();
    daemon.kill(); // the supervisor takes a while to say APPLIED: this is in the middle
    QVERIFY(daemon.start());
    const auto show = [&] { return daemon.ctl({QStringLiteral("rollouts"), QStringLiteral("show"), rolloutId}).json; };
    QVERIFY(!show().isEmpty());
    QVERIFY2(eventually([&] { return show().value(QStringLiteral("state")).toString() == u"succeeded"; }),
             daemon.ctl({QStringLiteral("rollouts"), QStringLiteral("show"), rolloutId}).output.constData());
    const QJsonObject gateway = daemon.gateway(gatewayId);
    QCOMPARE(at(gateway, "config.state").toString(), QStringLiteral("in_sync"));
    QCOMPARE(daemon.terminate(), 0);
}

void TestRealGateway::settlesToHeartbeats() // RC9
{
    Daemon daemon;
    QVERIFY(daemon.start());
    RealGateway real(daemon.endpoint(), Kind::Validating);
    QVERIFY(real.start());
    QVERIFY(eventually([&] { return at(daemon.gateway(), "health.state").toString() == u"healthy"; }));
    QCOMPARE(addConfig(daemon, real.config("normal")).exit, 0);
    QCOMPARE(daemon.ctl(rollout(QStringLiteral("base"), {QStringLiteral("--wait")})).exit, 0);
    const auto messages = [&] {
        return daemon.ctl({QStringLiteral("status")}).json.value(QStringLiteral("messages")).toInt();
    };
    // Some minute is quiet. There is nothing to wait for: the point is what does not come.
    int heard = 0;
    for (int minute = 0; minute == 0 || (minute < 3 && heard > 3); ++minute) {
        const int before = messages();
        QTest::qWait(60'000);
        heard = messages() - before;
    }
    QVERIFY2(heard >= 1 && heard <= 3, qPrintable(QStringLiteral("%1 messages in a minute").arg(heard)));
}

void TestRealGateway::saysWhatItIsBuiltWith()
{
    Daemon daemon;
    QVERIFY(daemon.start());
    RealGateway real(daemon.endpoint(), Kind::Validating);
    QVERIFY(real.start());
    CtlResult components;
    QVERIFY(eventually([&] {
        const QString id = daemon.gateway().value(QStringLiteral("id")).toString();
        components = daemon.ctl({QStringLiteral("gateways"), QStringLiteral("components"), id});
        return !id.isEmpty() && components.exit == 0;
    }));
    QVERIFY(at(components.json, "components.receivers.otlp.metadata").isObject());
    const auto check = [&](const QByteArray &text) {
        return daemon.ctl({QStringLiteral("configs"), QStringLiteral("check"), QStringLiteral("-"),
                           QStringLiteral("--gateway"), components.json.value(QStringLiteral("id")).toString()},
                          text);
    };
    const CtlResult good = check(real.config("detailed"));
    QVERIFY2(good.exit == 0, good.output.constData());
    const CtlResult bad = check(real.config("detailed") + "extensions: {kafkanothing: }\n");
    QCOMPARE(bad.exit, 1);
    QVERIFY2(bad.output.contains("is built without 'kafkanothing'"), bad.output.constData());
}

void TestRealGateway::itsCollectorChecksConfigs()
{
    Daemon daemon; // not started: nobody is asked but the binary
    const auto check = [&](const QByteArray &text) {
        return daemon.ctl({QStringLiteral("configs"), QStringLiteral("check"), QStringLiteral("-"),
                           QStringLiteral("--collector"), gatewayBinaries() + QStringLiteral("/otelcol")},
                          text);
    };
    const QByteArray good = "receivers:\n  otlp: {protocols: {grpc: }}\nexporters:\n  debug:\n    verbosity: normal\n"
                            "service: {pipelines: {logs: {receivers: [otlp], exporters: [debug]}}}\n";
    const CtlResult accepted = check(good);
    QVERIFY2(accepted.exit == 0, (accepted.output + accepted.errors).constData());
    QCOMPARE(at(accepted.json, "collector.outcome").toString(), QStringLiteral("accepted"));
    // What only the binary can know is found, with its place.
    const CtlResult refused = check(QByteArray(good).replace("normal", "shouting"));
    QCOMPARE(refused.exit, 1);
    const QJsonArray items = refused.json.value(QStringLiteral("items")).toArray();
    QVERIFY2(items.size() == 1, refused.output.constData());
    QCOMPARE(items.first()[QStringLiteral("line")].toInt(), 5);
    QCOMPARE(items.first()[QStringLiteral("path")].toString(), QStringLiteral("exporters::debug::verbosity"));
    // Its parser counts lines from 0, and ours says the same line.
    const CtlResult broken = check("receivers:\n  otlp: [\nexporters: {}\n");
    QSet<int> lines;
    for (const QJsonValue &item : broken.json.value(QStringLiteral("items")).toArray())
        lines.insert(item[QStringLiteral("line")].toInt());
    QVERIFY2(lines == QSet<int>{2}, broken.output.constData());
}

QTEST_GUILESS_MAIN(TestRealGateway)
#include "tst_realgateway.moc"
