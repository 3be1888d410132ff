// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/domain/fakefleet.h"

using namespace flowgate::tests;

/// What people and newer rollouts do to a rollout.
class TestRolloutActs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void resumesOnce()
    {
        FakeFleet fleet;
        fleet.add('a');
        fleet.add('b');
        fleet.start({{1, false}, {100, true}});
        fleet.reports('a', 'B', ApplyStatus::Failed, u"bad"_s);
        fleet.applies('a', 'A');
        fleet.wait(30);
        QCOMPARE(fleet.steps(), u"a: rolled_back, b: queued"_s);
        QCOMPARE(fleet.state(), u"halted"_s);
        QVERIFY(fleet.resume());
        QVERIFY(!fleet.resume()); // it runs
        QCOMPARE(fleet.steps(), u"a: offered, b: queued"_s);
        QCOMPARE(fleet.sentTo('a'), u"BAB"_s);
        fleet.reports('a', 'B', ApplyStatus::Failed, u"again"_s);
        QCOMPARE(fleet.steps(true), u"a: failed [again], b: queued"_s);
        QCOMPARE(fleet.sentTo('a'), u"BABA"_s);
        QVERIFY(fleet.resume());
        fleet.applies('a', 'B');
        fleet.wait(30);
        fleet.applies('b', 'B');
        fleet.wait(30);
        QCOMPARE(fleet.state(), u"succeeded"_s);
    }

    void resumesWhereNothingElseIsWantedOnly()
    {
        FakeFleet fleet;
        fleet.add('a');
        fleet.start();
        fleet.reports('a', 'B', ApplyStatus::Failed, u"bad"_s);
        fleet.applies('a', 'A');
        fleet.wait(30);
        fleet.takeOver('a', 'C'); // the newest rollout that covers a gateway wins
        QVERIFY(fleet.resume());
        QCOMPARE(fleet.steps(true), u"a: skipped [another version is wanted by now]"_s);
        QCOMPARE(fleet.wantedBy('a'), u'C');
    }

    void haltsByHand()
    {
        FakeFleet fleet;
        fleet.add('a');
        fleet.add('b');
        fleet.start({{1, false}, {100, true}});
        QVERIFY(fleet.halt());
        QVERIFY(!fleet.halt());
        fleet.applies('a', 'B');
        fleet.wait(300);
        QCOMPARE(fleet.steps(), u"a: proven, b: queued"_s);
        QCOMPARE(fleet.state(), u"halted"_s);
        QVERIFY(isSettled(fleet.rollout));
        QVERIFY(fleet.resume());
        QCOMPARE(fleet.steps(), u"a: proven, b: offered"_s);
    }

    void endsByHand()
    {
        FakeFleet fleet;
        fleet.add('a');
        fleet.add('b');
        fleet.start({{1, false}, {100, true}});
        QVERIFY(fleet.end());
        QCOMPARE(fleet.state(), u"cancelled"_s);
        QVERIFY(!fleet.end());
        fleet.applies('a', 'B');
        fleet.wait(300);
        QCOMPARE(fleet.steps(), u"a: proven, b: queued"_s);
        QVERIFY(!fleet.resume());
        QVERIFY(!fleet.halt());

        FakeFleet done;
        done.add('a', 'B');
        done.start();
        done.wait(30);
        QVERIFY(done.rollout.inForce);
        QVERIFY(done.end());
        QCOMPARE(done.state(), u"succeeded"_s);
        QVERIFY(!done.rollout.inForce);
        QVERIFY(!done.end());
    }

    void givesWayToNewerRollouts()
    {
        FakeFleet fleet;
        for (const char name : {'a', 'b', 'c', 'd'})
            fleet.add(name);
        fleet.disconnects('d');
        fleet.start({{1, false}, {100, true}});
        fleet.applies('a', 'B');
        fleet.wait(30);
        QVERIFY(supersede(fleet.rollout, {gatewayId('a'), gatewayId('b'), gatewayId('d'), gatewayId('x')}, fleet.now));
        QVERIFY(!supersede(fleet.rollout, {gatewayId('a'), gatewayId('b'), gatewayId('d')}, fleet.now));
        const QString newer = u"skipped [a newer rollout covers this gateway]"_s;
        QCOMPARE(fleet.steps(true), u"a: proven, b: "_s + newer + u", c: offered, d: "_s + newer);
        fleet.applies('c', 'B');
        fleet.wait(30);
        QCOMPARE(fleet.state(), u"succeeded"_s);
    }

    void noticesAnotherWish()
    {
        FakeFleet fleet;
        fleet.add('a');
        fleet.start();
        fleet.gateway('a').wanted = configRef('C');
        fleet.wait(1);
        QCOMPARE(fleet.steps(true), u"a: skipped [another version is wanted by now]"_s);
    }

    void provesLateArrivals()
    {
        FakeFleet fleet;
        fleet.add('a', 'B');
        fleet.start();
        fleet.wait(30);
        QCOMPARE(fleet.state(), u"succeeded"_s);
        for (const char name : {'x', 'y'}) {
            fleet.add(name, name == 'x' ? '\0' : 'A');
            RolloutTarget late;
            late.gateway = gatewayId(name);
            late.since = fleet.now;
            fleet.rollout.targets.push_back(late);
        }
        fleet.turns();
        QCOMPARE(fleet.steps(), u"a: proven, x: offered, y: offered"_s);
        fleet.applies('x', 'B');
        fleet.reports('y', 'B', ApplyStatus::Failed, u"bad"_s);
        fleet.wait(30);
        QCOMPARE(fleet.steps(), u"a: proven, x: proven, y: failed"_s);
        QCOMPARE(fleet.wantedBy('y'), u'A');
        QCOMPARE(fleet.state(), u"succeeded"_s); // it is not reopened
        QVERIFY(fleet.rollout.inForce);

        QVERIFY(fleet.end());
        fleet.add('z');
        RolloutTarget late;
        late.gateway = gatewayId('z');
        fleet.rollout.targets.push_back(late);
        fleet.turns();
        QCOMPARE(word(fleet.target('z').step), u"queued"_s); // nothing is in force any more
        QCOMPARE(fleet.wantedBy('z'), u'A');
    }

    void aStepOfTheWallClockIsNoTimeThatPassed_data()
    {
        QTest::addColumn<qint64>("step"); // s
        QTest::addRow("forward a day") << qint64(86'400);
        QTest::addRow("back a day") << qint64(-86'400);
    }

    void aStepOfTheWallClockIsNoTimeThatPassed()
    {
        QFETCH(qint64, step);
        FakeFleet fleet;
        fleet.add('a');
        fleet.start();
        fleet.wait(59);
        fleet.now += std::chrono::seconds(step);
        shiftDeadlines(fleet.rollout, std::chrono::seconds(step));
        fleet.turns();
        QCOMPARE(fleet.steps(), u"a: offered"_s);
        fleet.wait(1);
        QCOMPARE(fleet.steps(), u"a: unanswered"_s);
    }
};

QTEST_GUILESS_MAIN(TestRolloutActs)
#include "tst_rolloutacts.moc"
