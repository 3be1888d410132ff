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

QStringList words(const char *text)
{
    return QString::fromLatin1(text).split(u' ');
}

int connected(Daemon &daemon)
{
    return at(daemon.ctl({QStringLiteral("status")}).json, "gateways.presence.connected").toInt();
}

QJsonObject shown(Daemon &daemon, const QString &rollout)
{
    return daemon.ctl({QStringLiteral("rollouts"), QStringLiteral("show"), rollout}).json;
}

QString stateOf(Daemon &daemon, const QString &rollout)
{
    return shown(daemon, rollout)[QStringLiteral("state")].toString();
}

QStringList stepsIn(const QJsonObject &shown)
{
    QStringList list;
    for (const QJsonValue target : shown[QStringLiteral("targets")].toArray())
        list.append(target[QStringLiteral("step")].toString());
    return list;
}

/// A control plane with three simulated gateways that run base@1, and a rollout of another version.
struct Scene
{
    Daemon daemon;
    QProcess fleet;
    QString rollout;

    ~Scene()
    {
        fleet.kill();
        fleet.waitForFinished(flowgate::tests::patience);
    }

    /// @param slow  everything takes so many times as long
    bool begin(const QString &version, int slow)
    {
        const auto ms = [slow](int time) { return QStringLiteral("%1ms").arg(time * slow); };
        if (!daemon.start())
            return false;
        bindToParent(fleet);
        fleet.start(QStringLiteral(FLOWGATE_BIN "/flowgate-fleetsim"),
                    {QStringLiteral("--endpoint"), daemon.endpoint(), QStringLiteral("--count"), QStringLiteral("3"),
                     QStringLiteral("--seed"), QStringLiteral("3"), QStringLiteral("--validate"), ms(600),
                     QStringLiteral("--apply"), ms(1000)});
        if (!eventually([&] { return connected(daemon) == 3; }))
            return false;
        for (const QByteArray &text :
             {QByteArray(good).replace("%1", "basic"), QByteArray(good).replace("%1", "detailed"), QByteArray(bad)}) {
            if (daemon.ctl(words("configs add base -"), text).exit != 0)
                return false;
        }
        // A version that was proven everywhere, so that there is something to go back to.
        if (daemon.ctl(words("rollouts start --config base@1 --selector all --waves 100% --soak 0s --wait")).exit != 0)
            return false;
        rollout = daemon
                      .ctl({QStringLiteral("rollouts"), QStringLiteral("start"), QStringLiteral("--selector"),
                            QStringLiteral("all"), QStringLiteral("--waves"), QStringLiteral("1,100%"),
                            QStringLiteral("--soak"), ms(1000), QStringLiteral("--force"), QStringLiteral("--config"),
                            QStringLiteral("base@") + version})
                      .json[QStringLiteral("id")]
                      .toString();
        return !rollout.isEmpty();
    }
    /// Waits for the moment of the kill. False: it went by and nobody saw it.
    bool comesTo(const QString &act, const QString &step, const QString &state)
    {
        if (!act.isEmpty() && !(sees(QStringLiteral("soaking"), QStringLiteral("running")) &&
                                daemon.ctl({QStringLiteral("rollouts"), act, rollout}).exit == 0))
            return false;
        return sees(step, state);
    }

private:
    bool sees(const QString &step, const QString &state)
    {
        bool isSeen = false;
        (void)eventually([&] {
            const QJsonObject now = shown(daemon, rollout);
            const QString stateNow = now[QStringLiteral("state")].toString();
            isSeen = stateNow == state && (step.isEmpty() || stepsIn(now).contains(step));
            const bool isOver = stateNow == u"succeeded";
            return isSeen || isOver;
        });
        return isSeen;
    }
};

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
        row("rolling back", "2", "rollback", "", QStringLiteral("rolling_back"), "", QStringLiteral("rolled_back"),
            QStringLiteral("rolled_back skipped skipped"));
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
        // What it must be killed in is seen by asking again and again. Where a busy machine asks too rarely, it is done
        // over, at half the pace.
        std::unique_ptr<Scene> scene;
        for (int slow = 1; !scene; slow *= 2) {
            QVERIFY2(slow <= 16, "that moment is never seen");
            scene = std::make_unique<Scene>();
            QVERIFY(scene->begin(version, slow));
            if (!scene->comesTo(act, step, state))
                scene.reset();
        }
        Daemon &daemon = scene->daemon;
        const QString rollout = scene->rollout;
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
            QVERIFY2(eventually([&] { return stepsIn(shown(daemon, rollout)).join(u' ') == ends; }),
                     qPrintable(stepsIn(shown(daemon, rollout)).join(u' ')));
        QCOMPARE(daemon.terminate(), 0);
    }
};

QTEST_GUILESS_MAIN(TestRolloutCrash)
#include "tst_rolloutcrash.moc"
