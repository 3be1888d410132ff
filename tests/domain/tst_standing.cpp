// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/standing.h"
#include "tests/domain/samples.h"

#include <functional>

using namespace flowgate::tests;

namespace {

using Change = std::function<void(Gateway &)>;

/// A report as the collector's extension words it: healthy only with StatusOK.
ComponentHealth says(const QString &status, const QString &error = {})
{
    ComponentHealth health;
    health.status = status;
    health.lastError = error;
    health.healthy = status == u"StatusOK";
    health.startTimeUnixNano = health.healthy ? 1'790'000'000'000'000'000 : 0;
    return health;
}

void hears(Gateway &gateway, const ComponentHealth &health, WallTime when = at())
{
    gateway.healthReport = {health, when, false};
}

void setOutcome(Gateway &gateway, OfferOutcome::State state, WallTime sentAt, WallTime seenAt,
                const QString &error = {})
{
    gateway.outcomes.insert(configHash('B'), {state, sentAt, seenAt, error});
}

constexpr qint64 minute = 60'000;

} // namespace

class TestStanding : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void derivesHealth_data()
    {
        QTest::addColumn<Change>("change");
        QTest::addColumn<qint64>("now"); // ms after it connected
        QTest::addColumn<QString>("state");
        QTest::addColumn<QString>("why");
        const auto row = [](const char *name, qint64 now, const QString &state, const QString &why,
                            const Change &change) { QTest::addRow("%s", name) << change << now << state << why; };
        row("ST3 no health is not unhealthy", minute, u"not_reported"_s, {}, [](Gateway &) {});
        row("ST3 healthy", minute, u"healthy"_s, {}, [](Gateway &g) { hears(g, runningHealth()); });
        row("ST3 healthy, but nothing runs", minute, u"not_running"_s, u"no collector runs"_s,
            [](Gateway &g) { hears(g, runningHealth(0)); });
        row("ST4 first report: no alarm", 0, u"starting"_s, {}, [](Gateway &g) { hears(g, {}); });
        row("ST4 believed for almost 30 s", 29'999, u"starting"_s, {}, [](Gateway &g) { hears(g, {}); });
        row("ST4 then it did not start", 30'000, u"unhealthy"_s, u"did not start"_s, [](Gateway &g) { hears(g, {}); });
        row("ST4 StatusStarting", 100, u"starting"_s, {}, [](Gateway &g) { hears(g, says(u"StatusStarting"_s)); });
        row("ST4 StatusStarting for too long", minute, u"unhealthy"_s, u"did not start"_s,
            [](Gateway &g) { hears(g, says(u"StatusStarting"_s)); });
        row("ST4 an offer begins it anew", minute, u"starting"_s, {}, [](Gateway &g) {
            hears(g, says(u"StatusStarting"_s));
            g.startingSince = at(minute - 5000);
        });
        row("an error is one even while it starts", 100, u"unhealthy"_s, u"Agent process PID=1 exited unexpectedly"_s,
            [](Gateway &g) { hears(g, says({}, u"Agent process PID=1 exited unexpectedly"_s)); });
        row("ST3 the error of a branch", 100, u"unhealthy"_s, u"pipeline:logs: no route"_s, [](Gateway &g) {
            ComponentHealth health = says(u"StatusRecoverableError"_s);
            health.components.emplace(u"pipeline:logs"_s, says(u"StatusRecoverableError"_s, u"no route"_s));
            hears(g, health);
        });
        row("ST3 unhealthy without a word, while it runs", 100, u"unhealthy"_s, {}, [](Gateway &g) {
            ComponentHealth health;
            health.startTimeUnixNano = 1;
            hears(g, health);
        });
        row("unhealthy with a status only", 100, u"unhealthy"_s, u"StatusPermanentError"_s, [](Gateway &g) {
            ComponentHealth health = says(u"StatusPermanentError"_s);
            health.startTimeUnixNano = 1;
            hears(g, health);
        });
        row("stopping", minute, u"stopping"_s, {}, [](Gateway &g) { hears(g, says(u"StatusStopping"_s)); });
        row("stopped", minute, u"stopping"_s, {}, [](Gateway &g) { hears(g, says(u"StatusStopped"_s)); });
        row("an old error of a healthy collector", minute, u"healthy"_s, {}, [](Gateway &g) {
            ComponentHealth health = runningHealth();
            health.lastError = u"healed"_s;
            hears(g, health);
        });
        for (const PresenceState away :
             {PresenceState::Silent, PresenceState::Lost, PresenceState::Left, PresenceState::NotObserved}) {
            row(qPrintable(u"not connected: "_s + word(away)), 0, u"not_observed"_s, {}, [away](Gateway &g) {
                hears(g, runningHealth());
                g.presence.state = away;
            });
        }
        row("ST4 clock stepped back", -minute, u"starting"_s, {}, [](Gateway &g) { hears(g, {}); });
    }

    void derivesHealth()
    {
        QFETCH(Change, change);
        QFETCH(qint64, now);
        QFETCH(QString, state);
        QFETCH(QString, why);
        Gateway gateway = sampleGateway();
        change(gateway);
        const Standing<HealthState> health = deriveHealth(gateway, at(now));
        QCOMPARE(word(health.state), state);
        QCOMPARE(health.why, why);
    }

    /// What real supervisors sent, as recorded: the messages in order with their time in ms.
    void followsRealSupervisors_data()
    {
        struct Step
        {
            qint64 ms;
            ComponentHealth health;
        };
        QTest::addColumn<std::function<QStringList(Gateway &)>>("play");
        QTest::addColumn<QStringList>("states");
        const auto row = [](const char *name, qint64 offeredAt, const std::vector<Step> &steps,
                            const QStringList &states) {
            const std::function<QStringList(Gateway &)> play = [=](Gateway &gateway) {
                QStringList seen;
                for (const Step &step : steps) {
                    if (step.ms >= offeredAt)
                        gateway.startingSince = at(offeredAt);
                    hears(gateway, step.health, at(step.ms));
                    const QString state = word(deriveHealth(gateway, at(step.ms)).state);
                    if (seen.isEmpty() || seen.last() != state)
                        seen.append(state);
                }
                return seen;
            };
            QTest::addRow("%s", name) << play << states;
        };
        const ComponentHealth none;
        const ComponentHealth starting = says(u"StatusStarting"_s);
        const ComponentHealth stopping = says(u"StatusStopping"_s);
        const ComponentHealth running = runningHealth();
        const ComponentHealth exited =
            says({}, u"Agent process PID=18334 exited unexpectedly, exit code=1. Will restart in a bit..."_s);
        constexpr qint64 never = 1'000'000'000;
        row("ST4 connects", never, {{80, none}, {105, starting}, {105, starting}, {106, running}},
            {u"starting"_s, u"healthy"_s});
        row("ST4 a good config", 100'000,
            {{90'000, running}, {100'003, none}, {100'030, starting}, {100'033, starting}, {100'036, running}},
            {u"healthy"_s, u"starting"_s, u"healthy"_s});
        row("ST4 a config that kills the collector", 100'000,
            {{90'000, running},
             {100'016, none},
             {100'017, stopping},
             {100'043, starting},
             {100'049, none},
             {100'051, exited},
             {105'050, starting},
             {105'052, exited}},
            {u"healthy"_s, u"starting"_s, u"stopping"_s, u"starting"_s, u"unhealthy"_s, u"starting"_s, u"unhealthy"_s});
        row("a crash without an offer is no start", never, {{80, running}, {90'000, none}, {90'002, exited}},
            {u"healthy"_s, u"unhealthy"_s});
    }

    void followsRealSupervisors()
    {
        QFETCH(std::function<QStringList(Gateway &)>, play);
        QFETCH(QStringList, states);
        Gateway gateway = sampleGateway();
        QCOMPARE(play(gateway), states);
    }

    /// B is wanted and was sent at at(10 s), unless the row says otherwise.
    void derivesConfig_data()
    {
        using State = OfferOutcome::State;
        using A = ApplyStatus;
        QTest::addColumn<Change>("change");
        QTest::addColumn<QString>("state");
        QTest::addColumn<QString>("why");
        const auto row = [](const char *name, const QString &state, const QString &why, const Change &change) {
            QTest::addRow("%s", name) << change << state << why;
        };
        const auto B = configHash('B');
        row("nothing wanted", u"unmanaged"_s, {}, [](Gateway &g) { g.wanted.reset(); });
        row("pending", u"not_approved"_s, {}, [](Gateway &g) { g.admission = Admission::Pending; });
        row("rejected", u"not_approved"_s, {}, [](Gateway &g) { g.admission = Admission::Rejected; });
        row("RC1 not accepted", u"not_accepted"_s, {},
            [](Gateway &g) { g.capabilities = without(Capability::AcceptsRemoteConfig); });
        row("not offered yet, connected", u"waiting"_s, u"about to be sent"_s, [](Gateway &g) { g.outcomes.clear(); });
        row("not offered yet, HTTP", u"waiting"_s, u"sent with its next poll"_s, [](Gateway &g) {
            g.outcomes.clear();
            g.presence.transport = Transport::Http;
        });
        row("not offered yet, away", u"waiting"_s, u"not connected: sent when it returns"_s, [](Gateway &g) {
            g.outcomes.clear();
            g.presence.state = PresenceState::Lost;
        });
        row("an outcome that we did not send for", u"waiting"_s, u"about to be sent"_s,
            [](Gateway &g) { setOutcome(g, State::Sent, {}, at()); });
        row("sent is not applied", u"offered"_s, {}, [](Gateway &) {});
        row("RC8 no answer", u"unanswered"_s, u"no answer in time"_s,
            [](Gateway &g) { setOutcome(g, State::Unanswered, atSecond(10), atSecond(70), u"no answer in time"_s); });
        row("ST7 received", u"offered"_s, u"received, no outcome reported"_s,
            [=](Gateway &g) { reportStatus(g, B, A::Unset); });
        row("S20 an unknown status", u"offered"_s, u"received, no outcome reported"_s,
            [=](Gateway &g) { reportStatus(g, B, static_cast<A>(99)); });
        row("ST7 applying", u"applying"_s, {}, [=](Gateway &g) { reportStatus(g, B, A::Applying); });
        row("applied, effective not reported", u"applied"_s, {}, [=](Gateway &g) { reportStatus(g, B, A::Applied); });
        row("applied, and effective contains it", u"in_sync"_s, {}, [=](Gateway &g) {
            reportStatus(g, B, A::Applied);
            reportEffective(g, true, atSecond(11));
        });
        row("RC10 contained before already, not reported again", u"in_sync"_s, {}, [=](Gateway &g) {
            reportStatus(g, B, A::Applied);
            reportEffective(g, true, atSecond(9));
        });
        row("applied, the effective config is the one that came with APPLYING", u"applied"_s, {}, [=](Gateway &g) {
            setOutcome(g, OfferOutcome::State::Applied, atSecond(10), atSecond(15));
            reportStatus(g, B, A::Applied, atSecond(15));
            reportEffective(g, false, atSecond(11));
        });
        row("applied, and effective does not contain it", u"drifted"_s, {}, [=](Gateway &g) {
            reportStatus(g, B, A::Applied);
            reportEffective(g, false, atSecond(11));
        });
        const auto isNotCompared = [](Gateway &g, Comparison why, const QString &words) {
            g.containment->comparison = why;
            g.containment->why = words;
        };
        row("applied, and effective is too large to compare", u"applied"_s, u"too large to compare: x"_s,
            [=](Gateway &g) {
                reportStatus(g, B, A::Applied);
                reportEffective(g, false, atSecond(11));
                isNotCompared(g, Comparison::TooLarge, u"too large to compare: x"_s);
            });
        row("applied, and effective cannot be read", u"applied"_s, u"cannot be compared: x"_s, [=](Gateway &g) {
            reportStatus(g, B, A::Applied);
            reportEffective(g, false, atSecond(11));
            isNotCompared(g, Comparison::Unreadable, u"cannot be compared: x"_s);
        });
        row("what cannot be compared counts for its own hashes only", u"applied"_s, {}, [=](Gateway &g) {
            reportStatus(g, B, A::Applied);
            reportEffective(g, false, atSecond(11));
            isNotCompared(g, Comparison::Unreadable, u"cannot be compared: x"_s);
            g.containment->effective = configHash('A');
        });
        row("contained, with values that cannot be compared", u"in_sync"_s, {}, [=](Gateway &g) {
            reportStatus(g, B, A::Applied);
            reportEffective(g, true, atSecond(11));
            g.containment->notCompared = 3;
        });
        row("an effective config from before the offer is no drift", u"applied"_s, {}, [=](Gateway &g) {
            reportStatus(g, B, A::Applied);
            reportEffective(g, false, atSecond(9));
        });
        row("containment of another wanted config", u"applied"_s, {}, [=](Gateway &g) {
            reportStatus(g, B, A::Applied);
            reportEffective(g, true, atSecond(11));
            g.containment->wanted = configHash('A');
        });
        row("containment of an older effective config", u"applied"_s, {}, [=](Gateway &g) {
            reportStatus(g, B, A::Applied);
            reportEffective(g, true, atSecond(11));
            g.containment->effective = configHash('A');
        });
        row("contained is not applied", u"offered"_s, {}, [=](Gateway &g) { reportEffective(g, true, atSecond(11)); });
        row("ST7 failed", u"failed"_s, u"bad"_s, [=](Gateway &g) {
            reportStatus(g, B, A::Failed, atSecond(11), u"bad"_s);
            setOutcome(g, State::Failed, atSecond(10), atSecond(11), u"bad"_s);
        });
        row("X6a failed, another is applied now", u"failed"_s, u"bad"_s, [](Gateway &g) {
            reportStatus(g, configHash('A'), A::Applied);
            setOutcome(g, State::Failed, atSecond(10), atSecond(11), u"bad"_s);
        });
        row("RC8 judged as failed, whatever it says", u"failed"_s, u"unhealthy: x"_s, [=](Gateway &g) {
            reportStatus(g, B, A::Applied);
            reportEffective(g, true, atSecond(11));
            setOutcome(g, State::Failed, atSecond(10), atSecond(11), u"unhealthy: x"_s);
        });
        row("sent once more after it failed", u"offered"_s, {}, [=](Gateway &g) { reportStatus(g, B, A::Failed); });
        row("ST6 another hash was applied since: the old offer does not count", u"waiting"_s, u"about to be sent"_s,
            [](Gateway &g) {
                reportStatus(g, configHash('A'), A::Applied, atSecond(60));
                setOutcome(g, State::Applied, atSecond(10), atSecond(15));
            });
        row("ST6 APPLYING, then another hash: that offer is still under way", u"offered"_s,
            u"reported APPLYING, then another config"_s, [](Gateway &g) {
                reportStatus(g, configHash('A'), A::Applied, atSecond(60));
                setOutcome(g, State::Applying, atSecond(10), atSecond(15));
            });
        row("ST6 sent again after another was applied", u"offered"_s, {}, [](Gateway &g) {
            reportStatus(g, configHash('A'), A::Applied, atSecond(60));
            setOutcome(g, State::Applied, atSecond(90), atSecond(15));
        });
        row("RC4 never confirms: the effective config is the witness", u"in_sync"_s, {}, [](Gateway &g) {
            g.capabilities = without(Capability::ReportsRemoteConfig);
            reportEffective(g, true, atSecond(11));
        });
        row("RC4 never confirms, effective does not contain it", u"drifted"_s, {}, [](Gateway &g) {
            g.capabilities = without(Capability::ReportsRemoteConfig);
            reportEffective(g, false, atSecond(11));
        });
        row("RC4 never confirms, effective cannot be compared", u"offered"_s, u"cannot be compared: x"_s,
            [=](Gateway &g) {
                g.capabilities = without(Capability::ReportsRemoteConfig);
                reportEffective(g, false, atSecond(11));
                isNotCompared(g, Comparison::Unreadable, u"cannot be compared: x"_s);
            });
        row("RC4 never confirms, effective is from before", u"offered"_s, {}, [](Gateway &g) {
            g.capabilities = without(Capability::ReportsRemoteConfig);
            reportEffective(g, false, atSecond(9));
        });
        row("RC8 still applying when its time was over", u"unanswered"_s, u"still APPLYING after 60 s"_s,
            [=](Gateway &g) {
                reportStatus(g, B, A::Applying);
                setOutcome(g, State::Unanswered, atSecond(10), atSecond(70), u"still APPLYING after 60 s"_s);
            });
        row("S8 not offered yet, nothing was reported", u"waiting"_s, u"its full state is asked for first"_s,
            [](Gateway &g) {
                g.outcomes.clear();
                g.description.reset();
            });
        row("X5a in sync by reports from before a gap", u"in_sync"_s,
            u"reported before messages of it were lost: its full state is asked for"_s, [=](Gateway &g) {
                reportStatus(g, B, A::Applied);
                reportEffective(g, true, atSecond(11));
                g.effective->stale = true;
            });
        row("ST6 offered three times within an hour", u"waiting"_s,
            u"it keeps reporting another config: offered 3 times within an hour"_s, [](Gateway &g) {
                reportStatus(g, configHash('A'), A::Applied, atSecond(60));
                g.repeats = {configHash('B'), {}, true};
            });
        row("away: the last state stays", u"in_sync"_s, {}, [=](Gateway &g) {
            reportStatus(g, B, A::Applied);
            reportEffective(g, true, atSecond(11));
            g.presence.state = PresenceState::NotObserved;
        });
    }

    void derivesConfig()
    {
        QFETCH(Change, change);
        QFETCH(QString, state);
        QFETCH(QString, why);
        Gateway gateway = sampleGateway();
        gateway.description = {AgentDescription{}, at(), false};
        gateway.wanted = configRef('B');
        setOutcome(gateway, OfferOutcome::State::Sent, atSecond(10), atSecond(10));
        change(gateway);
        const Standing<ConfigState> config = deriveConfig(gateway);
        QCOMPARE(word(config.state), state);
        QCOMPARE(config.why, why);
    }

    void keepsSinceUntilTheStateChanges()
    {
        Gateway gateway = sampleGateway();
        QVERIFY(refreshStandings(gateway, atSecond(1)));
        QCOMPARE(gateway.health.since, atSecond(1));
        QVERIFY(!refreshStandings(gateway, atSecond(2)));
        QCOMPARE(gateway.health.since, atSecond(1));

        hears(gateway, says({}, u"first"_s));
        QVERIFY(refreshStandings(gateway, atSecond(3)));
        hears(gateway, says({}, u"second"_s));
        QVERIFY(refreshStandings(gateway, atSecond(4))); // another reason is worth telling, the state still lasts
        QCOMPARE(gateway.health, (Standing<HealthState>{HealthState::Unhealthy, atSecond(3), u"second"_s}));
        QCOMPARE(gateway.config.since, atSecond(1));

        gateway.wanted = configRef('B');
        QVERIFY(refreshStandings(gateway, atSecond(5)));
        QCOMPARE(gateway.config.since, atSecond(5));
        QCOMPARE(gateway.health.since, atSecond(3));
        QVERIFY(!refreshStandings(gateway, atSecond(6)));
    }
};

QTEST_GUILESS_MAIN(TestStanding)
#include "tst_standing.moc"
