// SPDX-License-Identifier: GPL-3.0-or-later
// Three real gateways on one machine: waves, a failure that stops at the first of them, one that was away, and one that
// comes later.
#include "tests/e2e/support/processes.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace flowgate::tests;

class TestGatewayFleet : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { needGatewayBinary(QStringLiteral("opampsupervisor")); }
    void rolloutsReachWhomTheyShould();

private:
    /// Listens nowhere, so that all three can run it at a time.
    static QByteArray config(const QByteArray &verbosity, const QByteArray &receiver = "nop")
    {
        return "receivers:\n  " + receiver + ": {}\nexporters:\n  debug: {verbosity: " + verbosity +
               "}\nservice:\n  pipelines:\n    logs: {receivers: [" + receiver + "], exporters: [debug]}\n";
    }
    static QStringList rollout(const QString &config, const QStringList &more = {})
    {
        return QStringList{QStringLiteral("rollouts"),   QStringLiteral("start"),
                           QStringLiteral("--config"),   config,
                           QStringLiteral("--selector"), QStringLiteral("env=lab"),
                           QStringLiteral("--waves"),    QStringLiteral("1,100%"),
                           QStringLiteral("--soak"),     QStringLiteral("1s"),
                           QStringLiteral("--timeout"),  QStringLiteral("120s"),
                           QStringLiteral("--wait")} +
               more;
    }
    static QJsonArray gateways(Daemon &daemon)
    {
        return daemon.ctl({QStringLiteral("gateways"), QStringLiteral("list")})
            .json.value(QStringLiteral("items"))
            .toArray();
    }
    static bool addConfig(Daemon &daemon, const QByteArray &text)
    {
        return daemon
                   .ctl({QStringLiteral("configs"), QStringLiteral("add"), QStringLiteral("base"), QStringLiteral("-")},
                        text)
                   .exit == 0;
    }
    static bool label(Daemon &daemon, const QString &id)
    {
        return daemon.ctl({QStringLiteral("gateways"), QStringLiteral("label"), id, QStringLiteral("env=lab")}).exit ==
               0;
    }
    static bool runs(Daemon &daemon, const QString &id, int version)
    {
        const QJsonObject gateway = daemon.gateway(id);
        return at(gateway, "config.state").toString() == u"in_sync" &&
               at(gateway, "config.wanted.version").toInt() == version &&
               at(gateway, "health.state").toString() == u"healthy";
    }
    /// As runs(), but waited for; a failure prints what the gateway looked like by then.
    static bool comesToRun(Daemon &daemon, const QString &id, int version)
    {
        if (eventually([&] { return runs(daemon, id, version); }))
            return true;
        qInfo("the gateway is seen as:\n%s", QJsonDocument(daemon.gateway(id)).toJson().constData());
        return false;
    }
    static QStringList steps(const CtlResult &result)
    {
        QStringList list;
        for (const QJsonValue target : result.json.value(QStringLiteral("targets")).toArray())
            list.append(target[QStringLiteral("step")].toString());
        list.sort();
        return list;
    }
};

void TestGatewayFleet::rolloutsReachWhomTheyShould()
{
    Daemon daemon;
    QVERIFY2(daemon.start(), daemon.log().constData());
    using Kind = RealGateway::Kind;
    RealGateway first(daemon.endpoint(), Kind::Validating);
    RealGateway second(daemon.endpoint(), Kind::Validating);
    RealGateway third(daemon.endpoint(), Kind::Validating);
    QStringList ids;
    for (RealGateway *real : {&first, &second, &third}) {
        QVERIFY(real->start());
        QString came;
        QVERIFY(eventually([&] {
            for (const QJsonValue one : gateways(daemon)) {
                if (const QString id = one[QStringLiteral("id")].toString(); !ids.contains(id))
                    came = id;
            }
            return !came.isEmpty();
        }));
        ids.append(came);
        QVERIFY(label(daemon, came));
    }

    // A good config: the first one is proven before the rest gets it.
    QVERIFY(addConfig(daemon, config("normal")));
    const CtlResult good = daemon.ctl(rollout(QStringLiteral("base")));
    QVERIFY2(good.exit == 0, (good.output + good.errors).constData());
    QCOMPARE(steps(good), QStringList(3, QStringLiteral("proven")));
    QCOMPARE(good.json.value(QStringLiteral("waves")).toArray().size(), 2);
    for (const QString &id : ids)
        QVERIFY(runs(daemon, id, 1));

    for (const QString &id : ids)
        QVERIFY(eventually([&] { return isAtRest(daemon, id); }));

    // A bad one halts at the first gateway, which gets its proven version back; the others never hear of it.
    QVERIFY(addConfig(daemon, config("normal", "nosuch")));
    const CtlResult bad = daemon.ctl(rollout(QStringLiteral("base"), {QStringLiteral("--force")}));
    QVERIFY2(bad.exit == 1, (bad.output + bad.errors).constData());
    QVERIFY(bad.errors.contains("nosuch") || bad.output.contains("nosuch"));
    int touched = 0;
    for (const QString &id : ids) {
        QVERIFY(comesToRun(daemon, id, 1));
        touched += at(daemon.gateway(id), "config.last_failed").isNull() ? 0 : 1;
    }
    QCOMPARE(touched, 1);

    // One is away: the others get the next version, it gets it when it returns.
    third.terminate();
    QVERIFY(eventually([&] { return at(daemon.gateway(ids[2]), "presence.state").toString() != u"connected"; }));
    QVERIFY(addConfig(daemon, config("detailed")));
    const CtlResult away = daemon.ctl(rollout(QStringLiteral("base")));
    QVERIFY2(away.exit == 0, (away.output + away.errors).constData());
    QCOMPARE(steps(away), QStringList({QStringLiteral("proven"), QStringLiteral("proven"), QStringLiteral("waiting")}));
    QVERIFY(third.start());
    QVERIFY(comesToRun(daemon, ids[2], 3));

    // A new one that matches gets it too.
    RealGateway fourth(daemon.endpoint(), Kind::Validating);
    QVERIFY(fourth.start());
    QVERIFY(eventually([&] { return gateways(daemon).size() == 4; }));
    for (const QJsonValue one : gateways(daemon)) {
        if (const QString id = one[QStringLiteral("id")].toString(); !ids.contains(id))
            ids.append(id);
    }
    QCOMPARE(at(daemon.gateway(ids[3]), "config.state").toString(), QStringLiteral("unmanaged"));
    QVERIFY(label(daemon, ids[3]));
    QVERIFY(comesToRun(daemon, ids[3], 3));
}

QTEST_GUILESS_MAIN(TestGatewayFleet)
#include "tst_gatewayfleet.moc"
