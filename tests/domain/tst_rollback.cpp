// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/domain/fakefleet.h"

using namespace flowgate::tests;

namespace {

bool hasSeen(const RolloutTarget &target, const QString &what)
{
    return std::any_of(target.seen.begin(), target.seen.end(), [&](const Sighting &s) { return s.what == what; });
}

} // namespace

/// The ways back.
class TestRollback : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void provesWhatIsPutBack()
    {
        FakeFleet fleet;
        fleet.add('a');
        fleet.start();
        fleet.wait(2);
        fleet.reports('a', 'B', ApplyStatus::Failed, u"bad"_s);
        QCOMPARE(fleet.sentTo('a'), u"BA"_s); // at once
        QCOMPARE(fleet.wantedBy('a'), u'A');
        QCOMPARE(fleet.steps(), u"a: failed"_s);
        QVERIFY(!isSettled(fleet.rollout));
        fleet.wait(5);
        fleet.applies('a', 'A');
        QCOMPARE(word(fleet.gateway('a').config.state), u"in_sync"_s);
        fleet.wait(29);
        QCOMPARE(fleet.steps(), u"a: failed"_s); // a proof takes the soak, this one too
        fleet.wait(1);
        QCOMPARE(fleet.steps(true), u"a: rolled_back [bad]"_s);
        QVERIFY(isSettled(fleet.rollout));
        QCOMPARE(fleet.state(), u"failed"_s);
        QCOMPARE(fleet.gateway('a').lastFailed->ref, configRef('B', 2));
        QCOMPARE(fleet.gateway('a').lastProven, configRef('A'));
        fleet.wait(3600);
        QCOMPARE(fleet.sentTo('a'), u"BA"_s); // X6a: B is not sent again
    }

    void givesUpOnTheWayBack_data()
    {
        QTest::addColumn<std::function<void(FakeFleet &)>>("play");
        QTest::addColumn<qint64>("after"); // s
        const auto row = [](const char *name, qint64 after, const std::function<void(FakeFleet &)> &play) {
            QTest::addRow("%s", name) << play << after;
        };
        row("no answer", 60, [](FakeFleet &) {});
        row("it fails too", 0, [](FakeFleet &f) { f.reports('a', 'A', ApplyStatus::Failed, u"also"_s); });
        row("applied, and the collector stays down", 60, [](FakeFleet &f) {
            f.reports('a', 'A', ApplyStatus::Applied);
            f.isHealthy('a', false, u"exited"_s);
        });
        row("it does not stay healthy", 120, [](FakeFleet &f) {
            f.applies('a', 'A');
            f.wait(20);
            f.isHealthy('a', false, u"exited"_s);
        });
        row("somebody else decides", 0, [](FakeFleet &f) { f.takeOver('a', 'C'); });
        row("gone", 60, [](FakeFleet &f) { f.disconnects('a'); });
    }

    void givesUpOnTheWayBack()
    {
        QFETCH(std::function<void(FakeFleet &)>, play);
        QFETCH(qint64, after);
        FakeFleet fleet;
        fleet.add('a');
        fleet.start();
        fleet.reports('a', 'B', ApplyStatus::Failed, u"bad"_s);
        const WallTime begun = fleet.now;
        play(fleet);
        if (after > 0) {
            fleet.wait(after - 1 - (fleet.now - begun).count() / 1000);
            QVERIFY(!isSettled(fleet.rollout));
            fleet.wait(1);
        }
        QVERIFY(isSettled(fleet.rollout));
        QCOMPARE(fleet.steps(true), u"a: failed [bad]"_s);
        QVERIFY(hasSeen(fleet.target('a'), u"not_back"_s));
    }

    void knowsNoWayBack_data()
    {
        QTest::addColumn<char>("runs");
        QTest::addColumn<bool>("putBack");
        QTest::addRow("no proven version") << '\0' << true;
        QTest::addRow("it is the proven one") << 'B' << true;
        QTest::addRow("--no-rollback") << 'A' << false;
    }

    void knowsNoWayBack()
    {
        QFETCH(char, runs);
        QFETCH(bool, putBack);
        FakeFleet fleet;
        fleet.add('a', runs);
        if (runs == 'B')
            fleet.gateway('a').remoteConfig.reset(); // lost its storage
        fleet.start({{100, true}}, [=](Rollout &r) { r.options.putBack = putBack; });
        QCOMPARE(fleet.sentTo('a'), u"B"_s);
        fleet.reports('a', 'B', ApplyStatus::Failed, u"bad"_s);
        fleet.wait(3600);
        QCOMPARE(fleet.steps(true), u"a: failed [bad]"_s);
        QCOMPARE(fleet.sentTo('a'), u"B"_s); // nothing more, never an empty map
        QCOMPARE(fleet.wantedBy('a'), u'B');
        QCOMPARE(word(fleet.gateway('a').config.state), u"failed"_s);
        QCOMPARE(hasSeen(fleet.target('a'), u"no_proven_version"_s), putBack);
        QVERIFY(isSettled(fleet.rollout));
    }

    void remembersAFailureLongAfterTheProof()
    {
        FakeFleet fleet;
        fleet.add('a');
        fleet.start();
        fleet.applies('a', 'B');
        fleet.wait(3600);
        fleet.reports('a', 'B', ApplyStatus::Failed, u"late"_s);
        fleet.wait(3600);
        QCOMPARE(fleet.steps(), u"a: proven"_s);
        QCOMPARE(fleet.state(), u"succeeded"_s);
        QCOMPARE(word(fleet.gateway('a').config.state), u"failed"_s);
        QCOMPARE(fleet.wantedBy('a'), u'B'); // no automatic way back
    }

    void takesBackWhatWaitsWhenStopped_data()
    {
        QTest::addColumn<QString>("stop");
        QTest::addColumn<QString>("step");
        QTest::addRow("a failure") << u"fail"_s << u"queued"_s;
        QTest::addRow("halt") << u"halt"_s << u"queued"_s;
        QTest::addRow("end") << u"end"_s << u"skipped"_s;
        QTest::addRow("roll back") << u"rollback"_s << u"skipped"_s;
    }

    void takesBackWhatWaitsWhenStopped()
    {
        // The first failure halts the rollout: a gateway that returns later must not get the config all the same.
        QFETCH(QString, stop);
        QFETCH(QString, step);
        FakeFleet fleet;
        fleet.add('a');
        fleet.add('b');
        fleet.disconnects('b');
        fleet.start();
        QCOMPARE(fleet.steps(), u"a: offered, b: waiting"_s);
        QCOMPARE(fleet.wantedBy('b'), u'B');
        if (stop == u"fail")
            fleet.reports('a', 'B', ApplyStatus::Failed, u"bad"_s);
        else if (stop == u"halt")
            QVERIFY(fleet.halt());
        else if (stop == u"end")
            QVERIFY(fleet.end());
        else
            QVERIFY(fleet.rollBack());
        QCOMPARE(fleet.wantedBy('b'), u'A');
        fleet.wait(60);
        fleet.connects('b');
        QCOMPARE(fleet.sentTo('b'), QString()); // X7: it reports A, and A is wanted
        QCOMPARE(word(fleet.target('b').step), step);
    }

    void offlineAndNeverProvenGetsNothingWhenStopped()
    {
        FakeFleet fleet;
        fleet.add('a');
        fleet.add('b', '\0'); // runs nothing of ours yet
        fleet.disconnects('b');
        fleet.start();
        QCOMPARE(fleet.wantedBy('b'), u'B');
        fleet.reports('a', 'B', ApplyStatus::Failed, u"bad"_s);
        QVERIFY(!fleet.gateway('b').wanted);
        fleet.connects('b');
        QCOMPARE(fleet.sentTo('b'), QString());
        QCOMPARE(word(fleet.gateway('b').config.state), u"unmanaged"_s);
        QVERIFY(fleet.resume());
        QCOMPARE(fleet.sentTo('b'), u"B"_s); // a person says so
    }

    void rollsBackByHand()
    {
        FakeFleet fleet;
        fleet.add('a');
        fleet.add('b', '\0'); // had none before: stays
        fleet.start();
        fleet.applies('a', 'B');
        fleet.applies('b', 'B');
        fleet.wait(30);
        QCOMPARE(fleet.state(), u"succeeded"_s);
        QVERIFY(fleet.rollBack());
        QVERIFY(!fleet.rollBack());
        QCOMPARE(fleet.state(), u"rolling_back"_s); // sent is not back
        QVERIFY(!fleet.rollout.inForce);
        QVERIFY(!isSettled(fleet.rollout));
        QCOMPARE(fleet.sentTo('a'), u"BA"_s);
        QCOMPARE(fleet.sentTo('b'), u"B"_s);
        fleet.applies('a', 'A');
        fleet.wait(29);
        QCOMPARE(fleet.steps(true),
                 u"a: rolling_back, b: failed [no_proven_version: no earlier version was proven here]"_s);
        fleet.wait(1);
        QCOMPARE(fleet.steps(), u"a: rolled_back, b: failed"_s);
        QCOMPARE(fleet.state(), u"failed"_s); // b still has it
        QVERIFY(isSettled(fleet.rollout));
        QVERIFY(!fleet.resume()); // what was rolled back is not rolled out again
        // The next failure must go back to A, not to what the operator rolled back from.
        QCOMPARE(fleet.gateway('a').lastProven, configRef('A'));
        QCOMPARE(fleet.gateway('a').outcomes[configHash('B')].state == OfferOutcome::State::Failed, false);
    }

    void rollsBackWhatIsUnderWay()
    {
        FakeFleet fleet;
        fleet.add('a');
        fleet.add('b');
        fleet.start({{1, false}, {100, true}});
        QVERIFY(fleet.rollBack());
        QCOMPARE(fleet.steps(true),
                 u"a: rolling_back [rolled back before it was proven], b: skipped [rolled back before it was sent]"_s);
        QCOMPARE(fleet.sentTo('a'), u"B"_s); // as far as it says it never left A (X7)
        fleet.wait(3);
        fleet.reports('a', 'B', ApplyStatus::Applying);
        QCOMPARE(fleet.sentTo('a'), u"BA"_s); // now it does
        fleet.applies('a', 'A');
        fleet.wait(30);
        QCOMPARE(word(fleet.target('a').step), u"rolled_back"_s);
        QVERIFY(fleet.gateway('a').outcomes[configHash('B')].state != OfferOutcome::State::Failed); // it did not fail
    }

    void endsRollbackAsWhatWasSeen_data()
    {
        QTest::addColumn<std::function<void(FakeFleet &)>>("play"); // a and b run B, proven; a goes back at once
        QTest::addColumn<QString>("steps");                         // 300 s later
        QTest::addColumn<QString>("state");
        const auto row = [](const char *name, const QString &steps, const QString &state,
                            const std::function<void(FakeFleet &)> &play) {
            QTest::addRow("%s", name) << play << steps << state;
        };
        const QString back = u"a: rolled_back, b: "_s;
        row("each went back", back + u"rolled_back"_s, u"rolled_back"_s, [](FakeFleet &f) { f.applies('b', 'A'); });
        row("one takes no notice", back + u"failed [did not go back: no answer within 60 s]"_s, u"failed"_s,
            [](FakeFleet &) {});
        row("one reports the version that it has",
            back + u"failed [did not go back: it reported APPLIED for another config (42424242) and nothing about "
                   u"this one within 60 s]"_s,
            u"failed"_s, [](FakeFleet &f) {
                f.wait(1);
                f.reports('b', 'B', ApplyStatus::Applied);
            });
        row("the version before fails", back + u"failed [did not go back: the version before failed, too: bad]"_s,
            u"failed"_s, [](FakeFleet &f) { f.reports('b', 'A', ApplyStatus::Failed, u"bad"_s); });
        row("it crashes again and again", back + u"failed [did not go back: restarted 3 times while it was watched]"_s,
            u"failed"_s, [](FakeFleet &f) {
                f.applies('b', 'A');
                for (int i = 0; i < 3; ++i)
                    f.restarts('b');
            });
        row("offline: it waits, and so does the rollout", back + u"waiting [offline; rolled back when it returns]"_s,
            u"rolling_back"_s, [](FakeFleet &f) { f.disconnects('b'); });
        row("offline, and back later", back + u"rolled_back"_s, u"rolled_back"_s, [](FakeFleet &f) {
            f.disconnects('b');
            f.wait(500);
            QCOMPARE(word(f.target('b').step), u"waiting"_s);
            QVERIFY(isSettled(f.rollout)); // nothing more can happen by itself
            f.connects('b');
            QCOMPARE(word(f.target('b').step), u"rolling_back"_s);
            f.applies('b', 'A');
        });
        row("one that cannot report what a proof needs",
            back + u"unproven [rolled back, not proven: the gateway does not report: health]"_s, u"rolled_back"_s,
            [](FakeFleet &f) {
                f.gateway('b').capabilities = without(Capability::ReportsHealth);
                f.applies('b', 'A');
            });
        row("a newer rollout comes", back + u"failed [did not go back: a newer rollout covers this gateway]"_s,
            u"failed"_s, [](FakeFleet &f) { f.takeOver('b', 'C'); });
        row("the gateway was forgotten", back + u"skipped [the gateway was forgotten]"_s, u"rolled_back"_s,
            [](FakeFleet &f) { f.forget('b'); });
        row("ended by a person",
            u"a: failed [did not go back: ended by a person], b: failed [did not go back: "
            u"ended by a person]"_s,
            u"failed"_s, [](FakeFleet &f) { QVERIFY(f.end()); });
        row("we were killed meanwhile", back + u"rolled_back"_s, u"rolled_back"_s, [](FakeFleet &f) {
            f.killAndRestart(1000);
            f.wait(50);
            QCOMPARE(f.state(), u"rolling_back"_s);
            f.connects('a');
            f.connects('b');
            f.applies('b', 'A');
        });
    }

    void endsRollbackAsWhatWasSeen()
    {
        QFETCH(std::function<void(FakeFleet &)>, play);
        QFETCH(QString, steps);
        QFETCH(QString, state);
        FakeFleet fleet;
        fleet.add('a');
        fleet.add('b');
        fleet.start();
        fleet.applies('a', 'B');
        fleet.applies('b', 'B');
        fleet.wait(30);
        QVERIFY(fleet.rollBack());
        fleet.applies('a', 'A');
        play(fleet);
        fleet.wait(300);
        QCOMPARE(fleet.steps(true), steps);
        QCOMPARE(fleet.state(), state);
        QVERIFY(isSettled(fleet.rollout));
    }

    void rollsBackUnanswered()
    {
        FakeFleet fleet;
        fleet.add('a');
        fleet.start();
        fleet.wait(60);
        QCOMPARE(fleet.steps(), u"a: unanswered"_s);
        QVERIFY(fleet.rollBack());
        QCOMPARE(fleet.sentTo('a'), QString(u"B"_s)); // A is what it reports: nothing to send (X7)
        fleet.wait(30);
        QCOMPARE(fleet.steps(), u"a: rolled_back"_s);
    }

    void rollsBackOnlyWhatIsStillItsOwn()
    {
        FakeFleet fleet;
        fleet.add('a');
        fleet.add('b');
        fleet.start();
        fleet.applies('a', 'B');
        fleet.wait(10);
        fleet.takeOver('b', 'C'); // under way here
        fleet.wait(20);
        QCOMPARE(fleet.steps(), u"a: proven, b: skipped"_s);
        fleet.takeOver('a', 'C'); // proven here
        const int wants = fleet.wants;
        QVERIFY(fleet.rollBack());
        fleet.wait(5);
        QCOMPARE(fleet.wantedBy('a'), u'C');
        QCOMPARE(fleet.wantedBy('b'), u'C');
        QCOMPARE(fleet.wants, wants);
        QVERIFY(isSettled(fleet.rollout));
    }

    void asksOnceMoreForTheWayBackByHand()
    {
        FakeFleet fleet;
        fleet.add('a');
        fleet.start();
        fleet.reports('a', 'B', ApplyStatus::Failed, u"bad"_s);
        fleet.reports('a', 'A', ApplyStatus::Failed, u"port taken for a moment"_s);
        QVERIFY(isSettled(fleet.rollout));
        QCOMPARE(fleet.sentTo('a'), u"BA"_s);
        QVERIFY(fleet.rollBack());
        QCOMPARE(fleet.sentTo('a'), u"BAA"_s);
        fleet.applies('a', 'A');
        fleet.wait(30);
        QCOMPARE(fleet.steps(), u"a: rolled_back"_s);
    }

    void failsWhatFailedBeforeAnyTurn()
    {
        // It came back, was sent the config and refused it before the rollout looked again.
        FakeFleet fleet;
        fleet.add('a');
        fleet.disconnects('a');
        fleet.start();
        fleet.wait(10);
        Gateway &gateway = fleet.gateway('a');
        gateway.presence.state = PresenceState::Connected;
        gateway.outcomes.insert(configHash('B'), {OfferOutcome::State::Failed, fleet.now, fleet.now, u"bad"_s});
        reportStatus(gateway, configHash('B'), ApplyStatus::Failed, fleet.now, u"bad"_s);
        fleet.turns();
        QCOMPARE(fleet.steps(true), u"a: failed [bad]"_s);
        QCOMPARE(fleet.wantedBy('a'), u'A');
    }
};

QTEST_GUILESS_MAIN(TestRollback)
#include "tst_rollback.moc"
