// SPDX-License-Identifier: GPL-3.0-or-later
// A real supervisor comes with a bootstrap token and is given one of its own. Seen of v0.149.0: it takes it as it takes
// every offer, by goodbye and a new connection, and has forgotten it when it is started anew.
#include "tests/e2e/support/processes.h"
#include "tests/support/certificates.h"

#include <QJsonArray>
#include <QTest>

using namespace flowgate::tests;

namespace {

QString text(const char *latin1)
{
    return QString::fromLatin1(latin1);
}

/// The tokens that count, as "name gateway".
QStringList live(Daemon &daemon)
{
    QStringList all;
    const QJsonArray items = daemon.ctl({text("tokens"), text("list")}).json[text("items")].toArray();
    for (const QJsonValue token : items) {
        if (token[text("state")].toString() == u"live")
            all.append(token[text("name")].toString() + u' ' + token[text("gateway")].toString());
    }
    return all;
}

} // namespace

class TestBootstrap final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { needGatewayBinary(text("opampsupervisor")); }

    void getsItsOwn_data()
    {
        QTest::addColumn<bool>("fromFiles");
        QTest::newRow("CS15 X11 on our own certificate") << false;
        QTest::newRow("CS15 X11 on one from files") << true;
    }

    void getsItsOwn() // CS11, CS15
    {
        QFETCH(bool, fromFiles);
        Daemon daemon;
        QTemporaryDir folder;
        QStringList options{text("--require-token"), text("yes")};
        QString trusted = daemon.folder() + text("/tls-cert.pem");
        if (fromFiles) {
            const Identity authority = makeIdentity("authority");
            const Identity server = makeIdentity("server", &authority);
            const auto written = [&folder](const char *name, const QByteArray &content) {
                QFile file(folder.filePath(text(name)));
                return file.open(QIODevice::WriteOnly) && file.write(content) == content.size() ? file.fileName()
                                                                                                : QString();
            };
            trusted = written("ca.pem", authority.certificate);
            options += {text("--tls-cert"), written("c.pem", server.certificate),
                        text("--tls-key"),  written("k.pem", server.key),
                        text("--tls-ca"),   trusted};
        } else {
            options += {text("--tls"), text("yes")};
        }
        QVERIFY2(daemon.start(options), daemon.log().constData());
        const QString bootstrap =
            daemon.ctl({text("tokens"), text("create"), text("site"), text("--bootstrap"), text("--approve")})
                .json[text("token")]
                .toString();
        QVERIFY(!bootstrap.isEmpty());
        RealGateway real(daemon.endpoint(), RealGateway::Kind::Validating,
                         text("ca_file: %1\n  headers:\n    Authorization: Bearer %2").arg(trusted, bootstrap));
        QVERIFY(real.start());
        // Its own token while it is connected with that; of one answer, as the next may be of another connection.
        const auto own = [&] {
            const QJsonObject gateway = daemon.gateway();
            const QString token = at(gateway, "presence.token").toString();
            const bool isHere = at(gateway, "presence.state").toString() == u"connected";
            return isHere && token.startsWith(text("site.")) ? token : QString();
        };
        QVERIFY2(eventually([&] { return !own().isEmpty(); }), real.log().right(4000).constData());
        QCOMPARE(at(daemon.gateway(), "presence.on_bootstrap").toBool(true), false);
        const QString id = daemon.gateway()[text("id")].toString();
        const QString first = own();
        QCOMPARE(live(daemon).size(), 2);
        QVERIFY(live(daemon).contains(first + u' ' + id));

        // Configs and telemetry come with its own.
        QVERIFY(eventually([&] { return at(daemon.gateway(id), "health.state").toString() == u"healthy"; }));
        QCOMPARE(daemon.ctl({text("configs"), text("add"), text("base"), text("-")}, real.config("basic")).exit, 0);
        const CtlResult rollout =
            daemon.ctl(text("rollouts start --config base --selector all --soak 1s --timeout 120s --wait").split(u' '));
        QVERIFY2(rollout.exit == 0, rollout.output.constData());

        // Our own start: its token counts still.
        daemon.kill();
        QVERIFY2(daemon.start(options), daemon.log().constData());
        QVERIFY(eventually([&] { return !own().isEmpty(); }));
        QCOMPARE(own(), first);

        // Its own start: it comes by the bootstrap token, and is given another one in place of the first.
        real.terminate();
        QVERIFY(eventually([&] { return at(daemon.gateway(id), "presence.state").toString() != u"connected"; }));
        QVERIFY(real.start());
        QVERIFY2(eventually([&] {
                     const QString now = own();
                     return !now.isEmpty() && now != first;
                 }),
                 real.log().right(4000).constData());
        QCOMPARE(daemon.gateway()[text("id")].toString(), id);
        QVERIFY(!live(daemon).contains(first + u' ' + id));
        QCOMPARE(live(daemon).size(), 2);
        QVERIFY(eventually([&] { return at(daemon.gateway(id), "config.state").toString() == u"in_sync"; }));
        QVERIFY(!daemon.log().contains(bootstrap.toUtf8())); // SEC5
        QVERIFY(!daemon.log().contains("fgt_"));
    }
};

QTEST_GUILESS_MAIN(TestBootstrap)
#include "tst_bootstrap.moc"
