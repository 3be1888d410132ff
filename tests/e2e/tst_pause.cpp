// SPDX-License-Identifier: GPL-3.0-or-later
// The control plane stands still for a while, as on a machine that is stopped or asleep, and goes on.
#include "tests/e2e/support/processes.h"

#include <QJsonArray>
#include <QTest>
#include <QTimer>

#include <csignal>

using namespace flowgate::tests;

namespace {

QString text(const char *latin1)
{
    return QString::fromLatin1(latin1);
}

} // namespace

class TestPause final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatNobodySawIsNotClaimed()
    {
        Daemon daemon;
        QVERIFY2(daemon.start(), daemon.log().constData());
        QProcess fleet;
        bindToParent(fleet);
        fleet.start(
            QStringLiteral(FLOWGATE_BIN "/flowgate-fleetsim"),
            {text("--endpoint"), daemon.endpoint(), text("--count"), text("3"), text("--heartbeat"), text("1s")});
        QVERIFY(eventually([&] { return count(daemon, "connected") == 3; }));

        // For a while it looks: three heartbeats of each.
        const double messages = daemon.ctl({text("status")}).json[text("messages")].toDouble();
        QVERIFY(
            eventually([&] { return daemon.ctl({text("status")}).json[text("messages")].toDouble() > messages + 9; }));
        daemon.signal(SIGSTOP);
        QEventLoop stopped; // longer than a busy machine may be late
        QTimer::singleShot(9'000, &stopped, &QEventLoop::quit);
        stopped.exec();
        daemon.signal(SIGCONT);
        QVERIFY(eventually([&] { return kindsOf(daemon).contains(text("not_observed")); }));
        QVERIFY(eventually([&] { return count(daemon, "connected") == 3; }));
        const QString id =
            daemon.ctl({text("gateways"), text("list")}).json[text("items")].toArray()[0][text("id")].toString();
        // Spans are gathered for a moment before they are written.
        QVERIFY2(eventually([&] { return presence(daemon, id) == u"connected not_observed connected"; }),
                 qPrintable(presence(daemon, id)));
        // The machine's own pause is an event; nothing is held against a gateway.
        const QStringList kinds = kindsOf(daemon);
        QCOMPARE(kinds.count(text("not_observed")), 1);
        for (const char *alarm : {"gateway_lost", "gateway_silent", "gateway_unhealthy"})
            QVERIFY2(!kinds.contains(text(alarm)), qPrintable(kinds.join(u' ')));
        fleet.kill();
        fleet.waitForFinished(flowgate::tests::patience);
        QCOMPARE(daemon.terminate(), 0);
    }

private:
    static QStringList kindsOf(Daemon &daemon)
    {
        QStringList kinds;
        for (const QJsonValue event : daemon.ctl({text("events")}).json[text("items")].toArray())
            kinds.append(event[text("kind")].toString());
        return kinds;
    }
    /// The states of its timeline, oldest first.
    static QString presence(Daemon &daemon, const QString &id)
    {
        QStringList states;
        for (const QJsonValue span :
             daemon.ctl({text("gateways"), text("timeline"), id}).json[text("items")].toArray()) {
            if (span[text("kind")].toString() == u"presence")
                states.append(span[text("state")].toString());
        }
        return states.join(u' ');
    }
    static int count(Daemon &daemon, const char *state)
    {
        const QJsonObject status = daemon.ctl({text("status")}).json;
        return at(status, "gateways.presence").toObject()[text(state)].toInt();
    }
};

QTEST_GUILESS_MAIN(TestPause)
#include "tst_pause.moc"
