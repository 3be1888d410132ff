// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/domain/fakefleet.h"

using namespace flowgate::tests;

/// A rollout survives kill -9 at any point and goes on; our own downtime does not count.
class TestRolloutKill : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsNoDowntime_data()
    {
        QTest::addColumn<QString>("when");
        QTest::addRow("offered") << u"offered"_s;
        QTest::addRow("applying") << u"applying"_s;
        QTest::addRow("soaking") << u"soaking"_s;
    }

    void countsNoDowntime()
    {
        QFETCH(QString, when);
        FakeFleet fleet;
        fleet.add('a');
        fleet.add('b');
        fleet.start({{1, false}, {100, true}});
        fleet.wait(5);
        if (when == u"applying")
            fleet.reports('a', 'B', ApplyStatus::Applying);
        else if (when == u"soaking")
            fleet.applies('a', 'B');
        fleet.wait(20);
        fleet.killAndRestart(100'000);
        QVERIFY2(isUnderWay(fleet.target('a')), qPrintable(fleet.steps(true)));
        fleet.wait(50);
        fleet.connects('a');
        fleet.connects('b');
        QVERIFY2(isUnderWay(fleet.target('a')), qPrintable(fleet.steps(true)));
        QCOMPARE(fleet.sentTo('b'), QString()); // the next wave has not begun for it
        fleet.applies('a', 'B');
        fleet.wait(29);
        QCOMPARE(fleet.steps(), u"a: soaking, b: queued"_s);
        fleet.wait(1);
        QCOMPARE(fleet.steps(), u"a: proven, b: offered"_s);
    }

    void stillRunsOutOfTimeAfterwards()
    {
        FakeFleet fleet;
        fleet.add('a');
        fleet.start();
        fleet.wait(50);
        fleet.killAndRestart(1000);
        fleet.wait(59);
        QCOMPARE(fleet.steps(), u"a: offered"_s);
        fleet.wait(1);
        QCOMPARE(fleet.steps(), u"a: unanswered"_s);
    }

    void keepsTheSoaksAllowance()
    {
        // A long soak, a restart in the midst of it, then a blip: the soak begins anew, it does not fail.
        FakeFleet fleet;
        fleet.add('a');
        fleet.start({{100, true}}, [](Rollout &r) { r.options.soak = std::chrono::seconds(300); });
        fleet.applies('a', 'B');
        fleet.wait(100);
        restartDeadlines(fleet.rollout, fleet.now); // the machine slept
        fleet.wait(200);
        QCOMPARE(fleet.steps(), u"a: soaking"_s);
        fleet.isStarting('a');
        fleet.wait(2);
        QCOMPARE(fleet.steps(), u"a: applying"_s);
        fleet.isHealthy('a', true);
        fleet.wait(300);
        QCOMPARE(fleet.steps(), u"a: proven"_s);
    }

    void asksAgainForWhatWasNotCarriedOut()
    {
        // Killed between writing "offered" down and giving the gateway its wanted version.
        FakeFleet fleet;
        fleet.add('a');
        fleet.add('b');
        fleet.carriesOut = false;
        fleet.start({{1, false}, {100, true}});
        QCOMPARE(fleet.steps(), u"a: queued, b: queued"_s); // its turn came, and nothing is sent yet
        QVERIFY(isUnderWay(fleet.target('a')) && !isUnderWay(fleet.target('b')));
        QCOMPARE(fleet.wantedBy('a'), u'A');
        fleet.killAndRestart(10);
        QCOMPARE(fleet.wantedBy('a'), u'B');
        fleet.connects('a');
        fleet.connects('b');
        QCOMPARE(fleet.steps(), u"a: offered, b: queued"_s);
        QCOMPARE(fleet.sentTo('a'), u"B"_s);
        QCOMPARE(fleet.sentTo('b'), QString());
        fleet.applies('a', 'B');
        fleet.wait(30);
        QCOMPARE(fleet.steps(), u"a: proven, b: offered"_s);
    }

    void asksAgainForWhatWaits()
    {
        FakeFleet fleet;
        fleet.add('a');
        fleet.disconnects('a');
        fleet.carriesOut = false;
        fleet.start();
        QCOMPARE(fleet.steps(), u"a: waiting"_s);
        fleet.killAndRestart(10);
        fleet.connects('a');
        QCOMPARE(fleet.steps(), u"a: offered"_s);
        QCOMPARE(fleet.sentTo('a'), u"B"_s);
    }

    void asksAgainForTheWayBack()
    {
        FakeFleet fleet;
        fleet.add('a');
        fleet.start();
        fleet.carriesOut = false;
        fleet.applies('a', 'B'); // one turn, written down: soaking
        fleet.isHealthy('a', false, u"crashed"_s);
        QCOMPARE(fleet.steps(true), u"a: failed [unhealthy: crashed]"_s);
        QCOMPARE(fleet.wantedBy('a'), u'B');
        fleet.killAndRestart(10);
        QCOMPARE(fleet.wantedBy('a'), u'A');
        QCOMPARE(fleet.gateway('a').lastFailed->error, u"unhealthy: crashed"_s);
        fleet.connects('a');
        QCOMPARE(fleet.sentTo('a'), u"BA"_s);
        fleet.applies('a', 'A');
        fleet.wait(30);
        QCOMPARE(fleet.steps(), u"a: rolled_back"_s);
    }

    void keepsTheWavesWhenNobodyIsBackYet()
    {
        // Offered, not sent yet, killed: after the restart nobody is connected, which is no reason for the next wave.
        FakeFleet fleet;
        fleet.add('a');
        fleet.add('b');
        fleet.start({{1, false}, {100, true}});
        fleet.gateway('a').outcomes.remove(configHash('B'));
        fleet.target('a').sentAt.reset();
        fleet.killAndRestart(10);
        fleet.wait(170);
        QCOMPARE(fleet.steps(), u"a: offered, b: queued"_s);
        fleet.wait(11);
        QCOMPARE(fleet.steps(), u"a: waiting, b: waiting"_s); // they really are offline
    }

    void beginsOneWaveWhenNobodyIsBackYet()
    {
        // Killed between the operator's command and the first turn: the restart must not take all waves at once.
        FakeFleet fleet;
        fleet.add('a');
        fleet.add('b');
        fleet.isKilled = true;
        fleet.start({{1, false}, {100, true}});
        fleet.killAndRestart(10);
        QVERIFY(isUnderWay(fleet.target('a')) && !isUnderWay(fleet.target('b')));
        fleet.connects('b');
        fleet.connects('a');
        QCOMPARE(fleet.sentTo('b'), QString());
        fleet.reports('a', 'B', ApplyStatus::Failed, u"no such receiver"_s);
        QCOMPARE(fleet.steps(), u"a: failed, b: queued"_s);
        QCOMPARE(fleet.state(), u"halted"_s);
    }

    void giveWayAfterARestartToo()
    {
        FakeFleet fleet;
        fleet.add('a');
        fleet.start();
        fleet.killAndRestart(10);
        fleet.connects('a');
        fleet.takeOver('a', 'C');
        fleet.wait(5);
        QCOMPARE(fleet.steps(), u"a: skipped"_s);
        QCOMPARE(fleet.wantedBy('a'), u'C');
    }

    void addsNoSightingForEachRestart()
    {
        FakeFleet fleet;
        fleet.add('a');
        fleet.disconnects('a');
        fleet.start();
        for (int i = 0; i < 100; ++i)
            fleet.killAndRestart(10);
        QVERIFY(fleet.target('a').seen.size() < 5);
    }
};

QTEST_GUILESS_MAIN(TestRolloutKill)
#include "tst_rolloutkill.moc"
