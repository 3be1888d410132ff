// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/domain/fakefleet.h"

#include <limits>

using namespace flowgate::tests;

class TestWaves : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void assigns_data()
    {
        using W = std::vector<WaveSize>;
        using V = std::vector<int>;
        QTest::addColumn<int>("count");
        QTest::addColumn<W>("waves");
        QTest::addColumn<V>("assigned");
        const W usual{{1, false}, {50, true}, {100, true}};
        QTest::addRow("usual, 4") << 4 << usual << V{1, 2, 3, 3};
        QTest::addRow("usual, 1") << 1 << usual << V{1};
        QTest::addRow("usual, 2: half is the one that had it") << 2 << usual << V{1, 2};
        QTest::addRow("rounded up: half of 5 is 3") << 5 << usual << V{1, 2, 2, 3, 3};
        QTest::addRow("cumulative, not on top")
            << 10 << W{{20, true}, {50, true}, {100, true}} << V{1, 1, 2, 2, 2, 3, 3, 3, 3, 3};
        QTest::addRow("1 percent of 3 is one") << 3 << W{{1, true}, {100, true}} << V{1, 2, 2};
        QTest::addRow("what is left over is one more wave") << 4 << W{{2, false}} << V{1, 1, 2, 2};
        QTest::addRow("no waves: all at once") << 3 << W{} << V{1, 1, 1};
        QTest::addRow("descending entries reach nobody new") << 3 << W{{100, true}, {1, false}} << V{1, 1, 1};
        QTest::addRow("equal entries") << 3 << W{{1, false}, {1, false}, {100, true}} << V{1, 2, 2};
        QTest::addRow("more than there are") << 2 << W{{7, false}} << V{1, 1};
        QTest::addRow("over 100 percent") << 2 << W{{500, true}} << V{1, 1};
        QTest::addRow("nonsense") << 2 << W{{0, true}, {-5, false}, {-50, true}} << V{1, 1};
        QTest::addRow("hostile") << 2
                                 << W{{std::numeric_limits<int>::max(), true}, {std::numeric_limits<int>::min(), true}}
                                 << V{1, 1};
        QTest::addRow("nobody") << 0 << usual << V{};
        QTest::addRow("fewer than nobody") << -1 << usual << V{};
    }

    void assigns()
    {
        QFETCH(int, count);
        QFETCH(std::vector<WaveSize>, waves);
        QTEST(assignWaves(count, waves), "assigned");
    }

    void assignsLargeFleets()
    {
        const auto waves = assignWaves(10'000, {{1, false}, {1, true}, {50, true}, {100, true}});
        QCOMPARE(std::count(waves.begin(), waves.end(), 1), 1);
        QCOMPARE(std::count(waves.begin(), waves.end(), 2), 99);
        QCOMPARE(std::count(waves.begin(), waves.end(), 3), 4900);
        QCOMPARE(std::count(waves.begin(), waves.end(), 4), 5000);
        QVERIFY(std::is_sorted(waves.begin(), waves.end()));
    }

    void provesEachWaveBeforeTheNext()
    {
        FakeFleet fleet;
        for (const char name : {'a', 'b', 'c', 'd'})
            fleet.add(name);
        fleet.start({{1, false}, {50, true}, {100, true}});
        QCOMPARE(fleet.steps(), u"a: offered, b: queued, c: queued, d: queued"_s);
        fleet.applies('a', 'B');
        fleet.wait(29);
        QCOMPARE(fleet.steps(), u"a: soaking, b: queued, c: queued, d: queued"_s);
        fleet.wait(1);
        QCOMPARE(fleet.steps(), u"a: proven, b: offered, c: queued, d: queued"_s);
        fleet.applies('b', 'B');
        fleet.wait(30);
        QCOMPARE(fleet.steps(), u"a: proven, b: proven, c: offered, d: offered"_s);
        fleet.applies('c', 'B');
        fleet.wait(30);
        QCOMPARE(fleet.state(), u"running"_s);
        QVERIFY(!isSettled(fleet.rollout));
        fleet.applies('d', 'B');
        fleet.wait(30);
        QCOMPARE(fleet.state(), u"succeeded"_s);
        QVERIFY(fleet.rollout.inForce);
        QVERIFY(isSettled(fleet.rollout));
        QCOMPARE(fleet.sentTo('d'), u"B"_s);
    }

    void haltsAtTheFirstFailure()
    {
        FakeFleet fleet;
        for (const char name : {'a', 'b', 'c'})
            fleet.add(name);
        fleet.start({{2, false}, {100, true}});
        fleet.reports('a', 'B', ApplyStatus::Failed, u"bad"_s);
        QCOMPARE(fleet.state(), u"halted"_s);
        QCOMPARE(fleet.steps(), u"a: failed, b: offered, c: queued"_s);
        fleet.applies('b', 'B');
        fleet.wait(30);
        QCOMPARE(fleet.steps(), u"a: failed, b: proven, c: queued"_s); // what was sent is still watched
        QCOMPARE(fleet.sentTo('c'), QString());
        QVERIFY(!fleet.rollout.inForce);
    }

    void failsWhereNothingIsLeft()
    {
        FakeFleet fleet;
        fleet.add('a');
        fleet.start();
        fleet.reports('a', 'B', ApplyStatus::Failed);
        QCOMPARE(fleet.state(), u"failed"_s);
    }

    void passesWavesThatAreOffline()
    {
        FakeFleet fleet;
        fleet.add('a');
        fleet.add('b');
        fleet.disconnects('b');
        fleet.start({{1, false}, {100, true}});
        fleet.applies('a', 'B');
        fleet.wait(30);
        QCOMPARE(fleet.steps(), u"a: proven, b: waiting"_s);
        QCOMPARE(fleet.state(), u"succeeded"_s);
        fleet.wait(3600);
        fleet.connects('b');
        QCOMPARE(fleet.sentTo('b'), u"B"_s);
        fleet.applies('b', 'B');
        fleet.wait(30);
        QCOMPARE(fleet.steps(), u"a: proven, b: proven"_s);
    }

    void staysRunningWhereNobodyIsOnline()
    {
        FakeFleet fleet;
        for (const char name : {'a', 'b'}) {
            fleet.add(name);
            fleet.disconnects(name);
        }
        fleet.start({{1, false}, {100, true}});
        QCOMPARE(fleet.steps(), u"a: waiting, b: waiting"_s);
        QCOMPARE(fleet.state(), u"running"_s);
        QVERIFY(isSettled(fleet.rollout)); // `--wait` ends with nothing_online
        fleet.wait(3600);
        QCOMPARE(fleet.state(), u"running"_s);
        fleet.connects('b');
        QVERIFY(!isSettled(fleet.rollout));
        fleet.applies('b', 'B');
        fleet.wait(30);
        QCOMPARE(fleet.state(), u"succeeded"_s);
    }

    void failsWhereEverybodyIsSkipped()
    {
        FakeFleet fleet;
        fleet.add('a', 'A', without(Capability::AcceptsRemoteConfig));
        fleet.add('b');
        fleet.gateway('b').admission = Admission::Pending;
        fleet.add('c');
        fleet.gateway('c').outcomes.insert(configHash('B'), {OfferOutcome::State::Failed, at(), at(), u"bad port"_s});
        fleet.start({{1, false}, {100, true}});
        QCOMPARE(fleet.steps(true), u"a: skipped [does not accept remote configs], b: skipped [not approved], "
                                    u"c: skipped [failed here before: bad port]"_s);
        QCOMPARE(fleet.state(), u"failed"_s);
        QCOMPARE(fleet.wants, 0);
        QVERIFY(isSettled(fleet.rollout));
    }

    void goesOnPastSkippedWaves()
    {
        FakeFleet fleet;
        fleet.add('a', 'A', without(Capability::AcceptsRemoteConfig));
        fleet.add('b');
        fleet.start({{1, false}, {100, true}});
        QCOMPARE(fleet.steps(), u"a: skipped, b: offered"_s);
        QCOMPARE(fleet.rollout.wave, 2);
    }

    void endsWithoutTargets()
    {
        FakeFleet fleet;
        fleet.start();
        QCOMPARE(fleet.state(), u"failed"_s);
        QVERIFY(isSettled(fleet.rollout));
    }
};

QTEST_GUILESS_MAIN(TestWaves)
#include "tst_waves.moc"
