// SPDX-License-Identifier: GPL-3.0-or-later
// A real supervisor is told how often to beat, which replaces all that it has of its connection. Seen of v0.149.0: it
// says goodbye, comes back at once on a new connection, counts from 0 with a full report, and reports no status of
// connection settings. The health in that report is an empty one, though its collector has run all the while, and stays
// so until the collector has something new to say. It keeps the offer over breaks of the network, not over a start of
// its own.
#include "tests/e2e/support/processes.h"

#include <QJsonArray>
#include <QTest>

using namespace flowgate::tests;

namespace {

QString text(const char *latin1)
{
    return QString::fromLatin1(latin1);
}

/// The kinds of the events about heartbeats, the oldest first.
QStringList told(Daemon &daemon)
{
    QStringList kinds;
    const QJsonArray items = daemon.ctl({text("events")}).json[text("items")].toArray();
    for (const QJsonValue event : items) {
        if (const QString kind = event[text("kind")].toString(); kind.startsWith(text("heartbeat_")))
            kinds.append(kind);
    }
    return kinds;
}

double messages(Daemon &daemon)
{
    return daemon.ctl({text("status")}).json[text("messages")].toDouble();
}

} // namespace

class TestHeartbeat final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { needGatewayBinary(text("opampsupervisor")); }

    void isKept_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<bool>("withToken");
        QTest::addRow("HB2 plain") << QStringList{} << false;
        QTest::addRow("X11 with a token, on our own certificate")
            << QStringList{text("--tls"), text("yes"), text("--require-token"), text("yes")} << true;
    }

    void isKept() // HB2, CS12, X11
    {
        QFETCH(QStringList, options);
        QFETCH(bool, withToken);
        Daemon daemon;
        QVERIFY2(daemon.start(options), daemon.log().constData());
        QString server;
        QString token;
        if (withToken) {
            token = daemon.ctl({text("tokens"), text("create"), text("lab"), text("--approve")})
                        .json[text("token")]
                        .toString();
            QVERIFY(!token.isEmpty());
            server =
                text("ca_file: %1/tls-cert.pem\n  headers:\n    Authorization: Bearer %2").arg(daemon.folder(), token);
        }
        const auto set = [&](const char *key, const char *value) {
            return daemon.ctl({text("settings"), text("set"), text(key), text(value)}).exit;
        };
        QCOMPARE(set("heartbeat.interval", "1s"), 0);
        RealGateway real(daemon.endpoint(), RealGateway::Kind::Validating, server);
        QVERIFY(real.start());
        QVERIFY(eventually([&] { return at(daemon.gateway(), "health.state").toString() == u"healthy"; }));
        const QString id = daemon.gateway()[text("id")].toString();

        QCOMPARE(set("heartbeat.gateways", "all"), 0);
        QVERIFY2(eventually([&] { return told(daemon).contains(text("heartbeat_passed")); }),
                 qPrintable(told(daemon).join(u' ')));
        QVERIFY(eventually([&] { return at(daemon.gateway(id), "health.state").toString() == u"healthy"; }));

        // It beats, on one connection. By itself it would say something each 30 s only.
        const QJsonValue since = at(daemon.gateway(id), "presence.since");
        const double before = messages(daemon);
        QVERIFY2(eventually([&] { return messages(daemon) >= before + 12; }), real.log().right(4000).constData());
        QCOMPARE(at(daemon.gateway(id), "presence.state").toString(), text("connected"));
        QCOMPARE(at(daemon.gateway(id), "presence.since"), since);

        // Configs reach it as ever.
        QCOMPARE(daemon.ctl({text("configs"), text("add"), text("base"), text("-")}, real.config("basic")).exit, 0);
        const CtlResult rollout =
            daemon.ctl(text("rollouts start --config base --selector all --soak 1s --timeout 120s --wait").split(u' '));
        QVERIFY2(rollout.exit == 0, rollout.output.constData());
        QCOMPARE(at(daemon.gateway(id), "config.state").toString(), text("in_sync"));

        // Our own start: it comes back by the offer, has it still, and is not told again.
        daemon.kill();
        QVERIFY2(daemon.start(options), daemon.log().constData());
        QVERIFY(eventually([&] { return at(daemon.gateway(id), "presence.state").toString() == u"connected"; }));
        const double anew = messages(daemon);
        QVERIFY(eventually([&] { return messages(daemon) >= anew + 12; }));
        QCOMPARE(told(daemon), (QStringList{text("heartbeat_tried"), text("heartbeat_passed")}));
        QVERIFY(token.isEmpty() || !daemon.log().contains(token.toUtf8())); // SEC5
    }
};

QTEST_GUILESS_MAIN(TestHeartbeat)
#include "tst_heartbeat.moc"
