// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/domain/fakefleet.h"

using namespace flowgate::tests;

namespace {

Capabilities capabilitiesOf(bool status, bool effective, bool health)
{
    quint64 bits = supervisorBits;
    const auto drop = [&](bool keep, Capability capability) {
        bits &= keep ? ~quint64(0) : ~static_cast<quint64>(capability);
    };
    drop(status, Capability::ReportsRemoteConfig);
    drop(effective, Capability::ReportsEffectiveConfig);
    drop(health, Capability::ReportsHealth);
    return Capabilities(bits);
}

} // namespace

/// What proves a version on one gateway, and what does not.
class TestProof : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void needsEveryPartThatCanBeReported_data()
    {
        QTest::addColumn<bool>("status");
        QTest::addColumn<bool>("effective");
        QTest::addColumn<bool>("health");
        QTest::addColumn<QString>("end");
        QTest::addRow("all three: proven") << true << true << true << u"a: proven"_s;
        QTest::addRow("no status") << false << true << true
                                   << u"a: unproven [the gateway does not report: remote config status]"_s;
        QTest::addRow("no effective") << true << false << true
                                      << u"a: unproven [the gateway does not report: effective config]"_s;
        QTest::addRow("no health") << true << true << false << u"a: unproven [the gateway does not report: health]"_s;
        QTest::addRow("neither status nor effective")
            << false << false << true
            << u"a: unproven [the gateway does not report: remote config status, effective config]"_s;
        QTest::addRow("nothing")
            << false << false << false
            << u"a: unproven [the gateway does not report: remote config status, effective config, health]"_s;
    }

    void needsEveryPartThatCanBeReported()
    {
        QFETCH(bool, status);
        QFETCH(bool, effective);
        QFETCH(bool, health);
        QFETCH(QString, end);
        FakeFleet fleet;
        fleet.add('a', 'A', capabilitiesOf(status, effective, health));
        fleet.start();
        if (status)
            fleet.reports('a', 'B', ApplyStatus::Applied);
        if (effective) {
            fleet.wait(1);
            QVERIFY(fleet.steps() != u"a: soaking"_s); // an effective config is still missing
            fleet.showsEffective('a', true);
        }
        fleet.wait(29);
        QCOMPARE(fleet.steps(), u"a: soaking"_s);
        fleet.wait(2);
        QCOMPARE(fleet.steps(true), end);
        QCOMPARE(fleet.state(), u"succeeded"_s);
        // Only a proof makes a version one to go back to.
        QCOMPARE(fleet.gateway('a').lastProven, end == u"a: proven" ? configRef('B', 2) : configRef('A'));
    }

    void runsOutOfTime_data()
    {
        QTest::addColumn<std::function<void(FakeFleet &)>>("play");
        QTest::addColumn<QString>("end");
        const auto row = [](const char *name, const QString &end, const std::function<void(FakeFleet &)> &play) {
            QTest::addRow("%s", name) << play << end;
        };
        row("RC8 no word at all: unanswered", u"a: unanswered [no answer within 60 s]"_s, [](FakeFleet &) {});
        row("an effective config alone is no answer of one that reports status",
            u"a: unanswered [no answer within 60 s]"_s, [](FakeFleet &f) { f.showsEffective('a', true); });
        row("still applying: failed was not seen", u"a: unanswered [still APPLYING after 60 s]"_s,
            [](FakeFleet &f) { f.reports('a', 'B', ApplyStatus::Applying); });
        row("ST7 received, and no word of what came of it",
            u"a: unanswered [received, and no outcome reported within 60 s]"_s,
            [](FakeFleet &f) { reportStatus(f.gateway('a'), configHash('B'), ApplyStatus::Unset, f.now); });
        row("it answered about another config",
            u"a: unanswered [it reported APPLIED for another config (43434343) and nothing about this one within 60 s]"_s,
            [](FakeFleet &f) { f.reports('a', 'C', ApplyStatus::Applied); });
        row("applied, its health never reported",
            u"a: unanswered [applied, but its health was not reported within 60 s]"_s, [](FakeFleet &f) {
                f.gateway('a').healthReport.reset();
                f.reports('a', 'B', ApplyStatus::Applied);
                f.showsEffective('a', true);
            });
        row("X5a its full state never came",
            u"a: unanswered [messages of it were lost, and its full state did not come within 60 s]"_s,
            [](FakeFleet &f) {
                f.reports('a', 'B', ApplyStatus::Applied);
                f.misses('a');
            });
        row("applied, never contained",
            u"a: failed [applied, but the effective config does not contain it within 60 s]"_s,
            [](FakeFleet &f) { f.applies('a', 'B', false); });
        row("applied and contained, nothing runs",
            u"a: failed [applied, but not healthy within 60 s: no collector runs]"_s, [](FakeFleet &f) {
                f.gateway('a').healthReport->value.startTimeUnixNano = 0;
                f.showsEffective('a', true);
                f.reports('a', 'B', ApplyStatus::Applied);
            });
        row("it has it, and is gone: failed was not seen",
            u"a: unanswered [the connection was lost and not back within 60 s]"_s, [](FakeFleet &f) {
                f.reports('a', 'B', ApplyStatus::Applying);
                f.disconnects('a');
            });
        row("sent, and gone without a word", u"a: unanswered [no answer within 60 s]"_s,
            [](FakeFleet &f) { f.disconnects('a'); });
    }

    void runsOutOfTime()
    {
        QFETCH(std::function<void(FakeFleet &)>, play);
        QFETCH(QString, end);
        FakeFleet fleet;
        fleet.add('a');
        fleet.start();
        play(fleet);
        fleet.wait(59);
        QVERIFY2(isUnderWay(fleet.target('a')), qPrintable(fleet.steps(true)));
        fleet.wait(1);
        QCOMPARE(fleet.steps(true), end);
        const bool unanswered = end.contains(u"unanswered");
        QCOMPARE(fleet.state(), unanswered ? u"halted"_s : u"failed"_s);
        QCOMPARE(fleet.wantedBy('a'), unanswered ? u'B' : u'A'); // silence puts nothing back
        QCOMPARE(fleet.gateway('a').lastFailed.has_value(), !unanswered);
        QCOMPARE(isSettled(fleet.rollout), unanswered);
    }

    // A supervisor that was still starting with A says that it applied B, and runs A.
    void sendsOnceMoreWhatIsAppliedByWordOnly()
    {
        FakeFleet fleet;
        fleet.add('a');
        fleet.start();
        fleet.applies('a', 'B', false);
        fleet.wait(29);
        QCOMPARE(fleet.sentTo('a'), u"B"_s);
        fleet.wait(1);
        QCOMPARE(fleet.sentTo('a'), u"BB"_s);
        fleet.wait(20);
        QCOMPARE(fleet.sentTo('a'), u"BB"_s); // not a third time (RC9)
        fleet.applies('a', 'B', true);
        fleet.wait(30);
        QCOMPARE(fleet.steps(), u"a: proven"_s);
        QCOMPARE(fleet.sentTo('a'), u"BB"_s);
    }

    void doesNotSendAgain_data()
    {
        QTest::addColumn<std::function<void(FakeFleet &)>>("play");
        const auto row = [](const char *name, const std::function<void(FakeFleet &)> &play) {
            QTest::addRow("%s", name) << play;
        };
        row("RC4 no word yet", [](FakeFleet &) {});
        row("applying", [](FakeFleet &f) { f.reports('a', 'B', ApplyStatus::Applying); });
        row("not connected", [](FakeFleet &f) {
            f.applies('a', 'B', false);
            f.disconnects('a');
        });
        row("contained, not healthy", [](FakeFleet &f) {
            f.gateway('a').healthReport->value.startTimeUnixNano = 0;
            f.showsEffective('a', true);
            f.reports('a', 'B', ApplyStatus::Applied);
        });
        row("contained, soaking", [](FakeFleet &f) { f.applies('a', 'B'); });
    }

    void doesNotSendAgain()
    {
        QFETCH(std::function<void(FakeFleet &)>, play);
        FakeFleet fleet;
        fleet.add('a');
        fleet.start();
        play(fleet);
        fleet.wait(59);
        QCOMPARE(fleet.sentTo('a'), u"B"_s);
    }

    void recordsALateAnswerWithoutReopening()
    {
        FakeFleet fleet;
        fleet.add('a');
        fleet.start();
        fleet.wait(60);
        QCOMPARE(fleet.gateway('a').outcomes[configHash('B')].state == OfferOutcome::State::Unanswered, true);
        fleet.applies('a', 'B');
        fleet.wait(60);
        QCOMPARE(fleet.steps(), u"a: unanswered"_s);
        QCOMPARE(word(fleet.gateway('a').config.state), u"in_sync"_s);
        QVERIFY(fleet.resume()); // and then it is proven without being sent again
        fleet.wait(30);
        QCOMPARE(fleet.steps(), u"a: proven"_s);
        QCOMPARE(fleet.sentTo('a'), u"B"_s);
        QCOMPARE(fleet.state(), u"succeeded"_s);
    }

    void unhealthyFails_data()
    {
        QTest::addColumn<qint64>("soaked"); // s; -1: not contained yet
        QTest::addRow("after it was applied") << qint64(-1);
        QTest::addRow("at the beginning of the soak") << qint64(0);
        QTest::addRow("near its end") << qint64(29);
    }

    void unhealthyFails()
    {
        QFETCH(qint64, soaked);
        FakeFleet fleet;
        fleet.add('a');
        fleet.start();
        if (soaked < 0)
            fleet.reports('a', 'B', ApplyStatus::Applied);
        else
            fleet.applies('a', 'B');
        fleet.wait(std::max<qint64>(soaked, 1));
        fleet.isHealthy('a', false, u"port in use"_s);
        QCOMPARE(fleet.steps(true), u"a: failed [unhealthy: port in use]"_s);
        QCOMPARE(fleet.gateway('a').lastFailed->error, u"unhealthy: port in use"_s);
        QCOMPARE(fleet.wantedBy('a'), u'A');
        QCOMPARE(fleet.sentTo('a'), u"BA"_s);
    }

    // It ran well with the config, was starting again, and says in one message that it applied it and is unhealthy.
    void unhealthyFailsAfterTheSoakBegan()
    {
        FakeFleet fleet;
        fleet.add('a');
        fleet.start();
        fleet.applies('a', 'B');
        fleet.wait(5);
        fleet.isStarting('a');
        QCOMPARE(fleet.steps(), u"a: applying"_s);
        fleet.wait(1);
        fleet.together([&] {
            reportStatus(fleet.gateway('a'), configHash('B'), ApplyStatus::Applied, fleet.now);
            fleet.isHealthy('a', false, u"queue is full"_s);
            fleet.isHealthy('a', true);
        });
        QCOMPARE(fleet.steps(true), u"a: failed [unhealthy: queue is full]"_s);
    }

    void mendsWhatIsUnhealthyBefore()
    {
        FakeFleet fleet;
        fleet.add('a');
        fleet.isHealthy('a', false, u"backend down"_s);
        fleet.start();
        fleet.wait(5);
        QCOMPARE(fleet.steps(), u"a: offered"_s);
        fleet.reports('a', 'B', ApplyStatus::Applied);
        fleet.showsEffective('a', true);
        fleet.wait(5);
        QVERIFY(isUnderWay(fleet.target('a')));
        fleet.isHealthy('a', true);
        QCOMPARE(fleet.steps(), u"a: soaking"_s);
        fleet.wait(30);
        QCOMPARE(fleet.steps(), u"a: proven"_s);
    }

    void restartsTheSoak_data()
    {
        QTest::addColumn<bool>("lost");
        QTest::addRow("starting") << false;
        QTest::addRow("connection lost") << true;
    }

    void restartsTheSoak()
    {
        QFETCH(bool, lost);
        FakeFleet fleet;
        fleet.add('a');
        fleet.start();
        const auto interrupt = [&] { lost ? fleet.disconnects('a') : fleet.isStarting('a'); };
        const auto mend = [&] { lost ? fleet.connects('a') : fleet.isHealthy('a', true); };
        fleet.applies('a', 'B');
        fleet.wait(20);
        interrupt();
        QCOMPARE(fleet.steps(), u"a: applying"_s);
        fleet.wait(5);
        mend();
        fleet.wait(29);
        QCOMPARE(fleet.steps(), u"a: soaking"_s); // from the beginning, not from where it was
        interrupt();
        fleet.wait(20); // 74 s after sending: over the timeout, within timeout + 2 x soak
        QCOMPARE(fleet.steps(), u"a: applying"_s);
        mend();
        fleet.wait(10);
        interrupt();
        fleet.wait(20);
        interrupt(); // starting is believed for 30 s after the last start only
        fleet.wait(15);
        QCOMPARE(fleet.steps(), u"a: applying"_s);
        fleet.wait(1); // 120 s
        QCOMPARE(word(fleet.target('a').step), lost ? u"unanswered"_s : u"failed"_s);
    }

    void countsRestarts_data()
    {
        QTest::addColumn<std::function<void(FakeFleet &)>>("play");
        QTest::addColumn<QString>("end"); // 30 s later
        const auto row = [](const char *name, const QString &end, const std::function<void(FakeFleet &)> &play) {
            QTest::addRow("%s", name) << play << end;
        };
        const QString failed = u"a: failed [restarted 3 times while it was watched]"_s;
        row("a crash loop: no start lives through the soak", failed, [](FakeFleet &f) {
            for (int i = 0; i < 3; ++i) {
                f.wait(9);
                f.restarts('a');
            }
        });
        row("all within one read", failed, [](FakeFleet &f) {
            f.together([&] {
                for (int i = 0; i < 3; ++i)
                    f.restarts('a');
            });
        });
        row("two: the soak began anew", u"a: proven"_s, [](FakeFleet &f) {
            f.restarts('a');
            f.wait(20);
            f.restarts('a');
            f.wait(29);
            QCOMPARE(f.steps(), u"a: soaking"_s);
        });
        row("those that we cause do not count", u"a: proven"_s, [](FakeFleet &f) {
            for (int i = 0; i < 5; ++i) {
                f.wait(9);
                f.restarts('a', true);
            }
            f.wait(29);
            QCOMPARE(f.steps(), u"a: soaking"_s); // but they begin it anew
        });
        row("one after timeout and two soaks", u"a: failed [restarted while it was watched]"_s, [](FakeFleet &f) {
            f.wait(20);
            f.disconnects('a');
            f.wait(80);
            f.connects('a');
            f.wait(25);
            f.restarts('a');
        });
    }

    void countsRestarts()
    {
        QFETCH(std::function<void(FakeFleet &)>, play);
        QFETCH(QString, end);
        FakeFleet fleet;
        fleet.add('a');
        fleet.start();
        fleet.restarts('a', true); // takes the config
        fleet.applies('a', 'B');
        QCOMPARE(fleet.steps(), u"a: soaking"_s);
        play(fleet);
        fleet.wait(30);
        QCOMPARE(fleet.steps(true), end);
        QCOMPARE(fleet.gateway('a').lastProven, end == u"a: proven" ? configRef('B', 2) : configRef('A'));
    }

    void missesNoBadNews_data()
    {
        QTest::addColumn<std::function<void(FakeFleet &)>>("play"); // in one read, after 20 s of soak
        QTest::addColumn<QString>("end");                           // 20 s later
        const auto row = [](const char *name, const QString &end, const std::function<void(FakeFleet &)> &play) {
            QTest::addRow("%s", name) << play << end;
        };
        row("unhealthy, then healthy", u"a: failed [unhealthy: queue is full]"_s, [](FakeFleet &f) {
            f.isHealthy('a', false, u"queue is full"_s);
            f.isHealthy('a', true);
        });
        row("FAILED, then APPLIED", u"a: failed [exit code 1]"_s, [](FakeFleet &f) {
            f.reports('a', 'B', ApplyStatus::Failed, u"exit code 1"_s);
            f.reports('a', 'B', ApplyStatus::Applied);
        });
        row("another effective config, then the one before", u"a: soaking"_s, [](FakeFleet &f) {
            f.showsEffective('a', false);
            f.showsEffective('a', true);
        });
        row("starting, then healthy", u"a: soaking"_s, [](FakeFleet &f) {
            f.isStarting('a');
            f.isHealthy('a', true);
        });
        row("a lost connection, and it is back", u"a: soaking"_s, [](FakeFleet &f) {
            f.disconnects('a');
            f.connects('a');
        });
        row("a gap, and the full state", u"a: soaking"_s, [](FakeFleet &f) {
            f.misses('a');
            f.reportsAll('a');
        });
        row("nothing but good news", u"a: proven"_s, [](FakeFleet &f) {
            f.isHealthy('a', true);
            f.heard('a');
        });
        row("a flood of good news hides nothing", u"a: failed [unhealthy: late]"_s, [](FakeFleet &f) {
            for (int i = 0; i < 500; ++i) {
                f.isStarting('a');
                f.isHealthy('a', true);
            }
            f.isHealthy('a', false, u"late"_s);
            f.isHealthy('a', true);
        });
    }

    void missesNoBadNews()
    {
        QFETCH(std::function<void(FakeFleet &)>, play);
        QFETCH(QString, end);
        FakeFleet fleet;
        fleet.add('a');
        fleet.start();
        fleet.applies('a', 'B');
        fleet.wait(20);
        fleet.together([&] { play(fleet); });
        fleet.wait(20);
        QCOMPARE(fleet.steps(true), end);
    }

    void doesNotProveWhatCannotBeCompared()
    {
        FakeFleet fleet;
        fleet.add('a');
        fleet.start();
        fleet.reports('a', 'B', ApplyStatus::Applied);
        Gateway &gateway = fleet.gateway('a');
        reportEffective(gateway, false, fleet.now);
        gateway.containment->comparison = Comparison::TooLarge;
        gateway.containment->why = u"too large to compare"_s;
        fleet.heard('a');
        QCOMPARE(fleet.steps(), u"a: soaking"_s);
        fleet.wait(30);
        QCOMPARE(fleet.steps(true), u"a: unproven [too large to compare]"_s);
        QCOMPARE(fleet.gateway('a').lastProven, configRef('A'));
        QCOMPARE(word(gateway.config.state), u"applied"_s);
    }

    void provesNothingByOldNews()
    {
        // X5a: a gap in the soak. What it reported before does not count until it has said everything again.
        FakeFleet fleet;
        fleet.add('a');
        fleet.start();
        fleet.applies('a', 'B');
        fleet.wait(20);
        fleet.misses('a');
        fleet.wait(40);
        QCOMPARE(fleet.steps(), u"a: applying"_s);
        fleet.reportsAll('a');
        fleet.wait(29);
        QCOMPARE(fleet.steps(), u"a: soaking"_s);
        fleet.wait(1);
        QCOMPARE(fleet.steps(), u"a: proven"_s);
    }

    void isOfferedWhenItIsSent()
    {
        FakeFleet fleet;
        fleet.add('a');
        fleet.misses('a'); // nothing is sent before its full state is there
        fleet.start();
        QCOMPARE(fleet.steps(true), u"a: queued [messages of it were lost: its full state is asked for first]"_s);
        QCOMPARE(fleet.sentTo('a'), QString());
        fleet.wait(100);
        QCOMPARE(fleet.steps(), u"a: queued"_s);
        fleet.reportsAll('a');
        QCOMPARE(fleet.steps(true), u"a: offered"_s);
        QCOMPARE(fleet.target('a').since, fleet.now);
        QCOMPARE(*fleet.target('a').sentAt, fleet.now);
        fleet.wait(59);
        QCOMPARE(fleet.steps(), u"a: offered"_s); // the time to answer begins with the sending
    }

    void boundsWhatItRemembers()
    {
        // A gateway may flap with each message; long soaks must not make the rollout grow without limit.
        FakeFleet fleet;
        fleet.add('a');
        fleet.start({{100, true}}, [](Rollout &r) { r.options.soak = std::chrono::hours(10); });
        fleet.applies('a', 'B');
        for (int i = 0; i < 2000; ++i) {
            fleet.isStarting('a');
            fleet.isHealthy('a', true);
        }
        QVERIFY(fleet.target('a').seen.size() < 300);
        fleet.wait(1);
        fleet.isHealthy('a', false, u"x"_s);
        QCOMPARE(fleet.target('a').seen.back().what, u"put_back"_s); // how it ended is never left out
    }

    void needsNoSoakOfZero()
    {
        FakeFleet fleet;
        fleet.add('a');
        fleet.start({{100, true}}, [](Rollout &r) { r.options.soak = milliseconds(0); });
        fleet.applies('a', 'B');
        QCOMPARE(fleet.steps(), u"a: proven"_s);
    }

    void provesWhatIsThereAlready()
    {
        FakeFleet fleet;
        fleet.add('a', 'B');
        fleet.gateway('a').lastProven.reset();
        fleet.start();
        QCOMPARE(fleet.sentTo('a'), QString()); // RC3
        fleet.wait(30);
        QCOMPARE(fleet.steps(), u"a: proven"_s);
        QCOMPARE(fleet.gateway('a').lastProven, configRef('B', 2));
    }

    void takesNoOldAnswerForANewOne()
    {
        // Failed here before, forced: the FAILED that is still reported is not the answer to this offer.
        FakeFleet fleet;
        fleet.add('a');
        fleet.reports('a', 'B', ApplyStatus::Failed, u"then"_s);
        fleet.wait(5);
        fleet.start({{100, true}}, [](Rollout &r) { r.options.force = true; });
        QCOMPARE(fleet.steps(), u"a: offered"_s);
        QCOMPARE(fleet.sentTo('a'), u"AB"_s);
        fleet.wait(60);
        QCOMPARE(fleet.steps(), u"a: unanswered"_s);
    }

    void failsAgainAfterForce()
    {
        FakeFleet fleet;
        fleet.add('a');
        fleet.reports('a', 'B', ApplyStatus::Failed, u"then"_s);
        fleet.start({{100, true}}, [](Rollout &r) { r.options.force = true; });
        fleet.wait(1);
        fleet.reports('a', 'B', ApplyStatus::Failed, u"now"_s);
        QCOMPARE(fleet.steps(true), u"a: failed [now]"_s);
        QCOMPARE(fleet.sentTo('a'), u"ABA"_s);
    }

    void givesUpWhatCannotBeSent_data()
    {
        QTest::addColumn<std::function<void(Gateway &)>>("change");
        QTest::addColumn<QString>("end");
        using Change = std::function<void(Gateway &)>;
        QTest::addRow("S10 does not accept any more")
            << Change([](Gateway &g) { g.capabilities = without(Capability::AcceptsRemoteConfig); })
            << u"a: skipped [does not accept remote configs]"_s;
        QTest::addRow("rejected meanwhile")
            << Change([](Gateway &g) { g.admission = Admission::Rejected; }) << u"a: skipped [not approved]"_s;
        QTest::addRow("T18 too large: remembered as failed") << Change([](Gateway &g) {
            g.outcomes[configHash('B')] = {OfferOutcome::State::Failed, {}, at(), u"not sent"_s};
        }) << u"a: rolled_back [not sent]"_s; // it never left A
        QTest::addRow("for no reason that is known")
            << Change([](Gateway &) {}) << u"a: unanswered [it could not be sent]"_s;
    }

    void givesUpWhatCannotBeSent()
    {
        QFETCH(std::function<void(Gateway &)>, change);
        QFETCH(QString, end);
        FakeFleet fleet;
        fleet.add('a');
        fleet.start();
        fleet.gateway('a').outcomes.remove(configHash('B')); // it did not go out after all
        fleet.target('a').sentAt.reset();
        change(fleet.gateway('a'));
        fleet.wait(300);
        QCOMPARE(fleet.steps(true), end);
    }

    void forgottenGatewaysAreSkipped()
    {
        FakeFleet fleet;
        fleet.add('a');
        fleet.add('b');
        fleet.start();
        fleet.forget('a');
        QCOMPARE(fleet.steps(true), u"a: skipped [the gateway was forgotten], b: offered"_s);
        fleet.reports('b', 'B', ApplyStatus::Failed);
        fleet.forget('b');
        QVERIFY(isSettled(fleet.rollout)); // its way back ends with it
    }
};

QTEST_GUILESS_MAIN(TestProof)
#include "tst_proof.moc"
