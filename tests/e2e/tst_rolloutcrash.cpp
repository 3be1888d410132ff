// SPDX-License-Identifier: GPL-3.0-or-later
// kill -9 of the control plane in each state of a rollout, with processes: it goes on where it was, sends nothing that
// it has not sent for the same reason before, and comes to the end that it would have come to.
#include "tests/e2e/support/processes.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace flowgate::tests;

namespace {

constexpr auto good = "receivers: {otlp: {protocols: {grpc: {}}}}\n"
                      "exporters: {debug: {verbosity: %1}}\n"
                      "service: {pipelines: {logs: {receivers: [otlp], exporters: [debug]}}}\n";
/// A simulated gateway refuses it; nothing is judged before, since it is forced.
constexpr auto bad = "receivers: {nosuch: {}}\nexporters: {debug: {}}\n"
                     "service: {pipelines: {logs: {receivers: [nosuch], exporters: [debug]}}}\n";

} // namespace

class TestRolloutCrash final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void goesOn_data()
    {
        QTest::addColumn<QString>("version"); // that is rolled out: 2 is good, 3 is bad
        QTest::addColumn<QString>("act");     // of the operator, once wave 1 soaks; confirmed before the kill
        QTest::addColumn<QString>("step");    // of some target at which it is killed
        QTest::addColumn<QString>("state");   // of the rollout at which it is killed
        QTest::addColumn<QString>("then");    // what the operator does when it runs again
        QTest::addColumn<QString>("end");     // the state that it comes to
        QTest::addColumn<QString>("ends");    // steps of the targets then

        const QString none;
        const QString running = QStringLiteral("running");
        const QString succeeded = QStringLiteral("succeeded");
        const QString all = QStringLiteral("proven proven proven");
        const auto row = [&](const char *name, const char *version, const char *act, const char *step,
                             const QString &state, const char *then, const QString &end, const QString &ends) {
            QTest::addRow("%s", name) << QString::fromLatin1(version) << QString::fromLatin1(act)
                                      << QString::fromLatin1(step) << state << QString::fromLatin1(then) << end << ends;
        };
        row("offered", "2", "", "offered", running, "", succeeded, all);
        row("applying", "2", "", "applying", running, "", succeeded, all);
        row("soaking", "2", "", "soaking", running, "", succeeded, all);
        row("the first is proven", "2", "", "proven", running, "", succeeded, all);
        row("succeeded", "2", "", "", succeeded, "", succeeded, all);
        row("halted", "2", "halt", "", QStringLiteral("halted"), "resume", succeeded, all);
        row("rolled back", "2", "rollback", "", QStringLiteral("rolled_back"), "", QStringLiteral("rolled_back"), none);
        row("cancelled", "2", "end", "", QStringLiteral("cancelled"), "", QStringLiteral("cancelled"), none);
        row("failed", "3", "", "", QStringLiteral("halted"), "", QStringLiteral("halted"),
            QStringLiteral("rolled_back queued queued"));
    }

    void goesOn()
    {
        QFETCH(QString, version);
        QFETCH(QString, act);
        QFETCH(QString, step);
        QFETCH(QString, state);
        QFETCH(QString, then);
        QFETCH(QString, end);
        QFETCH(QString, ends);
        Daemon daemon;
        QVERIFY2(daemon.start(), daemon.log().constData());
        QProcess fleet;
        startFleet(fleet, daemon.endpoint());
        QVERIFY(eventually([&] { return connected(daemon) == 3; }));
        for (const QByteArray &text :
             {QByteArray(good).replace("%1", "basic"), QByteArray(good).replace("%1", "detailed"), QByteArray(bad)})
            QCOMPARE(daemon.ctl(words("configs add base -"), text).exit, 0);
        // A version that was proven everywhere, so that there is something to go back to.
        QCOMPARE(daemon.ctl(words("rollouts start --config base@1 --selector all --waves 100% --soak 0s --wait")).exit,
                 0);

        const CtlResult started = daemon.ctl(
            {QStringLiteral("rollouts"), QStringLiteral("start"), QStringLiteral("--selector"), QStringLiteral("all"),
             QStringLiteral("--waves"), QStringLiteral("1,100%"), QStringLiteral("--soak"), QStringLiteral("2s"),
             QStringLiteral("--force"), QStringLiteral("--config"), QStringLiteral("base@") + version});
        QCOMPARE(started.exit, 0);
        const QString rollout = started.json[QStringLiteral("id")].toString();
        if (!act.isEmpty()) {
            QVERIFY(eventually([&] { return hasStep(daemon, rollout, QStringLiteral("soaking")); }));
            QCOMPARE(daemon.ctl({QStringLiteral("rollouts"), act, rollout}).exit, 0);
        }
        QVERIFY2(eventually([&] {
                     return (step.isEmpty() || hasStep(daemon, rollout, step)) && stateOf(daemon, rollout) == state;
                 }),
                 QJsonDocument(shown(daemon, rollout)).toJson().constData());
        daemon.kill();
        QVERIFY2(daemon.start(), daemon.log().constData());
        // What the operator's command had confirmed is there at once. A turn of its own may have been shown before it
        // was on disk: it is taken again, and comes to the same end below.
        if (!act.isEmpty())
            QCOMPARE(stateOf(daemon, rollout), state);
        QVERIFY(eventually([&] { return connected(daemon) == 3; }));
        if (!then.isEmpty())
            QCOMPARE(daemon.ctl({QStringLiteral("rollouts"), then, rollout}).exit, 0);
        QVERIFY2(eventually([&] { return stateOf(daemon, rollout) == end; }),
                 QJsonDocument(shown(daemon, rollout)).toJson(QJsonDocument::Compact).constData());
        if (!ends.isEmpty())
            QVERIFY2(eventually([&] { return steps(daemon, rollout).join(u' ') == ends; }),
                     qPrintable(steps(daemon, rollout).join(u' ')));
        fleet.kill();
        fleet.waitForFinished();
        QCOMPARE(daemon.terminate(), 0);
    }

private:
    static QStringList words(const char *text) { return QString::fromLatin1(text).split(u' '); }

    static void startFleet(QProcess &fleet, const QString &endpoint)
    {
        bindToParent(fleet);
        fleet.start(QStringLiteral(FLOWGATE_BIN "/flowgate-fleetsim"),
                    {QStringLiteral("--endpoint"), endpoint, QStringLiteral("--count"), QStringLiteral("3"),
                     QStringLiteral("--seed"), QStringLiteral("3"), QStringLiteral("--apply"),
                     QStringLiteral("1500ms")});
    }
    static int connected(Daemon &daemon)
    {
        return at(daemon.ctl({QStringLiteral("status")}).json, "gateways.presence.connected").toInt();
    }
    static QJsonObject shown(Daemon &daemon, const QString &rollout)
    {
        return daemon.ctl({QStringLiteral("rollouts"), QStringLiteral("show"), rollout}).json;
    }
    static QString stateOf(Daemon &daemon, const QString &rollout)
    {
        return shown(daemon, rollout)[QStringLiteral("state")].toString();
    }
    static QStringList steps(Daemon &daemon, const QString &rollout)
    {
        QStringList list;
        for (const QJsonValue target : shown(daemon, rollout)[QStringLiteral("targets")].toArray())
            list.append(target[QStringLiteral("step")].toString());
        return list;
    }
    static bool hasStep(Daemon &daemon, const QString &rollout, const QString &step)
    {
        return steps(daemon, rollout).contains(step);
    }
};

QTEST_GUILESS_MAIN(TestRolloutCrash)
#include "tst_rolloutcrash.moc"
