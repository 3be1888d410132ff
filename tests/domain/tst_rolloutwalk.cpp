// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/domain/fakefleet.h"

#include <QRandomGenerator>

using namespace flowgate::tests;

namespace {

bool isTerminal(TargetStep step)
{
    return step == TargetStep::Proven || step == TargetStep::Unproven || step == TargetStep::Failed ||
           step == TargetStep::Unanswered || step == TargetStep::RolledBack || step == TargetStep::Skipped;
}

/// Whether a target may move so by turns alone.
bool mayFollow(const RolloutTarget &before, const RolloutTarget &after)
{
    if (before.step == after.step || !isTerminal(before.step))
        return true;
    return after.step == TargetStep::RolledBack && before.backStep == BackStep::Sent; // the way back is proven
}

/// Reproducible: the row's number is the seed.
class Dice
{
public:
    explicit Dice(quint32 seed)
        : m_random(seed)
    {
    }
    int below(int limit) { return m_random.bounded(limit); }
    bool oneIn(int count) { return below(count) == 0; }
    template<typename T>
    T oneOf(std::initializer_list<T> values)
    {
        return values.begin()[below(static_cast<int>(values.size()))];
    }

private:
    QRandomGenerator m_random;
};

TargetSight anySight(Dice &dice, WallTime now)
{
    const auto earlier = [&] { return now - std::chrono::seconds(dice.below(200)); };
    TargetSight sight;
    sight.connected = !dice.oneIn(4);
    sight.isAwaited = !sight.connected && dice.oneIn(3);
    sight.approved = !dice.oneIn(20);
    sight.accepts = !dice.oneIn(20);
    sight.reportsStatus = !dice.oneIn(4);
    sight.reportsEffective = !dice.oneIn(4);
    sight.reportsHealth = !dice.oneIn(4);
    sight.isWanted = !dice.oneIn(8);
    if (!dice.oneIn(3))
        sight.sentAt = earlier();
    if (!dice.oneIn(3))
        sight.status = static_cast<ApplyStatus>(dice.oneOf({0, 1, 1, 1, 2, 3, 99}));
    sight.statusAt = earlier();
    sight.failedHere = dice.oneIn(8);
    if (!dice.oneIn(3))
        sight.contains = !dice.oneIn(4);
    sight.health = dice.oneOf({HealthState::Healthy, HealthState::Healthy, HealthState::Healthy, HealthState::Unhealthy,
                               HealthState::Starting, HealthState::NotRunning, HealthState::NotReported,
                               HealthState::NotObserved});
    sight.healthAt = earlier();
    if (!dice.oneIn(3))
        sight.lastProven = dice.oneIn(4) ? configRef('B', 2) : configRef('A');
    return sight;
}

Rollout anyRollout(Dice &dice)
{
    Rollout rollout;
    rollout.ref = configRef('B', 2);
    rollout.options.soak = std::chrono::seconds(dice.oneOf({0, 5, 30, 300}));
    rollout.options.timeout = std::chrono::seconds(dice.oneOf({0, 10, 60}));
    rollout.options.putBack = !dice.oneIn(4);
    rollout.options.force = dice.oneIn(4);
    const int count = 1 + dice.below(6);
    const auto waves = assignWaves(count, {{1, false}, {50, true}, {100, true}});
    for (int i = 0; i < count; ++i) {
        RolloutTarget target;
        target.gateway = gatewayId(static_cast<char>('a' + i));
        target.wave = waves[static_cast<size_t>(i)];
        rollout.targets.push_back(target);
    }
    return rollout;
}

/// What holds whatever was seen. @p sights are those that the turn looked at.
void checkTurn(const Rollout &before, const RolloutTurn &turn, const SightOf &sightOf)
{
    QCOMPARE(turn.changed, !(turn.rollout == before));
    QVERIFY(turn.changed || turn.actions.empty());
    QVERIFY(turn.rollout.wave >= before.wave);
    QCOMPARE(turn.rollout.targets.size(), before.targets.size());
    if (before.state == RolloutState::RollingBack) {
        QVERIFY(turn.rollout.state == RolloutState::RollingBack || turn.rollout.state == RolloutState::RolledBack ||
                turn.rollout.state == RolloutState::Failed);
        const bool isAllBack = std::ranges::none_of(turn.rollout.targets, [](const RolloutTarget &target) {
            return target.step == TargetStep::RollingBack || target.step == TargetStep::Failed ||
                   target.step == TargetStep::Proven;
        });
        QVERIFY2(turn.rollout.state != RolloutState::RolledBack || isAllBack, "rolled back was not seen of each");
    } else if (before.state != RolloutState::Running)
        QCOMPARE(word(turn.rollout.state), word(before.state)); // only people reopen
    QVERIFY(!turn.rollout.inForce || turn.rollout.state == RolloutState::Succeeded);
    for (size_t i = 0; i < before.targets.size(); ++i) {
        const RolloutTarget &was = before.targets[i];
        const RolloutTarget &is = turn.rollout.targets[i];
        QVERIFY2(mayFollow(was, is), qPrintable(word(was.step) + u" to "_s + word(is.step)));
        QVERIFY((is.backStep != BackStep::Sent && is.backStep != BackStep::Asked) || is.back);
        QVERIFY2(is.step != TargetStep::Offered || is.sentAt, "offered is the moment of sending");
        QVERIFY(is.step != TargetStep::Soaking || (is.healthyFrom && is.sentAt));
        if (was.step == TargetStep::Queued && is.step != TargetStep::Queued && is.step != TargetStep::Skipped)
            QVERIFY(is.wave <= turn.rollout.wave);
        if (is.step == TargetStep::Proven && was.step != TargetStep::Proven) {
            // A proof has all its parts, seen now.
            const auto sight = sightOf(is.gateway, turn.rollout.ref.hash);
            QVERIFY(sight && sight->connected && sight->isWanted && !sight->failedHere && sight->contains == true &&
                    sight->status == ApplyStatus::Applied && sight->health == HealthState::Healthy);
            QVERIFY(sight->unprovableParts().isEmpty());
        }
    }
    for (const RolloutAction &action : turn.actions) {
        QVERIFY(!action.ref.hash.isEmpty());
        const auto sight = sightOf(action.gateway, action.ref.hash);
        QVERIFY(sight.has_value());
        if (action.kind == RolloutAction::Kind::Want)
            QVERIFY2(!sight->failedHere || action.retry, "X6a: wants what failed here without retry");
        if (action.kind == RolloutAction::Kind::RememberProven)
            QVERIFY(sight->connected && sight->contains == true && sight->unprovableParts().isEmpty());
    }
}

} // namespace

class TestRolloutWalk : public QObject
{
    Q_OBJECT

private:
    static void addSeeds(quint32 count)
    {
        QTest::addColumn<quint32>("seed");
        for (quint32 seed = 1; seed <= count; ++seed)
            QTest::addRow("seed %u", seed) << seed;
    }

private Q_SLOTS:
    void holdsWhateverIsSeen_data() { addSeeds(40); }

    /// Sights without rhyme or reason, as no fleet shows them: nothing breaks, no rule is bent.
    void holdsWhateverIsSeen()
    {
        QFETCH(quint32, seed);
        Dice dice(seed);
        for (int walk = 0; walk < 25; ++walk) {
            Rollout rollout = anyRollout(dice);
            WallTime now = at();
            for (int step = 0; step < 100; ++step) {
                now += std::chrono::seconds(dice.oneOf({0, 1, 5, 40, -3}));
                QHash<GatewayId, TargetSight> forRef;
                QHash<GatewayId, TargetSight> forOthers;
                for (const RolloutTarget &target : rollout.targets) {
                    if (dice.oneIn(50))
                        continue; // forgotten
                    forRef.insert(target.gateway, anySight(dice, now));
                    TargetSight other = anySight(dice, now);
                    other.isWanted = other.isWanted && !forRef[target.gateway].isWanted; // one version is wanted
                    forOthers.insert(target.gateway, other);
                }
                const SightOf sightOf = [&](const GatewayId &id, const ConfigHash &hash) {
                    const auto &sights = hash == rollout.ref.hash ? forRef : forOthers;
                    return sights.contains(id) ? std::optional(sights.value(id)) : std::nullopt;
                };
                const Rollout before = rollout;
                const RolloutTurn turn = takeTurn(before, sightOf, now);
                checkTurn(before, turn, sightOf);
                if (QTest::currentTestFailed())
                    return;
                const RolloutTurn same = takeTurn(before, sightOf, now); // nothing hidden decides
                QVERIFY(same.rollout == turn.rollout && same.actions == turn.actions);
                if (!turn.changed) {
                    const RolloutTurn again = takeTurn(turn.rollout, sightOf, now);
                    QVERIFY(!again.changed && again.actions.empty());
                }
                rollout = turn.rollout;
                switch (dice.below(60)) {
                case 0:
                    haltRollout(rollout);
                    break;
                case 1:
                case 2:
                    resumeRollout(rollout, now);
                    break;
                case 3:
                    if (dice.oneIn(4))
                        rollBackRollout(rollout, now);
                    break;
                case 4:
                    if (dice.oneIn(4))
                        endRollout(rollout);
                    break;
                case 5:
                    supersede(rollout, {gatewayId('a')}, now);
                    break;
                case 6:
                    restartDeadlines(rollout, now);
                    break;
                default:
                    break;
                }
            }
        }
    }

    void holdsForFleets_data() { addSeeds(60); }

    /// A fleet that lives at random, with a driver that does what it is asked: it always comes to rest.
    void holdsForFleets()
    {
        QFETCH(quint32, seed);
        Dice dice(seed);
        FakeFleet fleet;
        const QByteArray names = QByteArray("abcdef").left(1 + dice.below(6));
        for (const char name : names) {
            quint64 bits = supervisorBits;
            for (const Capability optional :
                 {Capability::ReportsRemoteConfig, Capability::ReportsEffectiveConfig, Capability::ReportsHealth})
                bits &= dice.oneIn(8) ? ~static_cast<quint64>(optional) : ~quint64(0);
            fleet.add(name, dice.oneIn(5) ? '\0' : 'A', Capabilities(bits));
            if (dice.oneIn(5))
                fleet.disconnects(name);
        }
        fleet.start({{1, false}, {50, true}, {100, true}}, [&](Rollout &r) {
            r.options.force = dice.oneIn(4);
            r.options.putBack = !dice.oneIn(4);
        });
        for (int step = 0; step < 150 && !QTest::currentTestFailed(); ++step) {
            const char name = names.at(dice.below(static_cast<int>(names.size())));
            const auto &wanted = fleet.gateway(name).wanted;
            const char config = wanted ? wanted->hash.bytes().at(0) : 'B';
            const bool connected = fleet.gateway(name).presence.state == PresenceState::Connected;
            switch (connected ? dice.below(16) : 12 + dice.below(4)) {
            case 0:
            case 1:
            case 2:
            case 3:
                fleet.applies(name, config, !dice.oneIn(5));
                break;
            case 4:
                fleet.reports(name, config, ApplyStatus::Failed, u"bad"_s);
                break;
            case 5:
                fleet.reports(name, config, ApplyStatus::Applying);
                break;
            case 6:
                fleet.isHealthy(name, false, u"sick"_s);
                break;
            case 7:
            case 8:
                fleet.isHealthy(name, true);
                break;
            case 9:
                fleet.isStarting(name);
                break;
            case 10:
                fleet.disconnects(name);
                break;
            case 11:
                if (dice.oneIn(3))
                    dice.oneIn(2) ? fleet.halt() : fleet.resume();
                else if (dice.oneIn(12))
                    dice.oneIn(2) ? fleet.rollBack() : fleet.end();
                break;
            case 12:
                if (dice.oneIn(8))
                    fleet.killAndRestart(dice.below(1000));
                break;
            case 13:
                if (!connected)
                    fleet.connects(name);
                break;
            default:
                fleet.wait(dice.oneOf({1, 5, 31, 61}));
                break;
            }
        }
        // Left alone it settles, and stays as it is when nothing happens.
        fleet.wait(700);
        if (QTest::currentTestFailed())
            return;
        QVERIFY2(isSettled(fleet.rollout), qPrintable(fleet.steps(true)));
        const Rollout settled = fleet.rollout;
        fleet.wait(700);
        QCOMPARE(fleet.steps(true), [&] {
            FakeFleet copy;
            copy.rollout = settled;
            return copy.steps(true);
        }());
        QCOMPARE(fleet.state(), word(settled.state));
        QVERIFY(fleet.rollout == settled);
    }

    void survivesKillsAnywhere_data() { addSeeds(60); }

    /// Killed after each write with a chance of one in three: a healthy fleet ends proven all the same.
    void survivesKillsAnywhere()
    {
        QFETCH(quint32, seed);
        Dice dice(seed);
        FakeFleet fleet;
        const QByteArray names = "abcd";
        for (const char name : names)
            fleet.add(name);
        fleet.carriesOut = !dice.oneIn(3);
        fleet.start({{1, false}, {50, true}, {100, true}});
        for (int round = 0; round < 200 && fleet.state() == u"running" && !QTest::currentTestFailed(); ++round) {
            if (fleet.isKilled) {
                fleet.killAndRestart(1 + dice.below(100));
                for (const char name : names)
                    fleet.connects(name);
            }
            for (const char name : names) {
                if (fleet.sentTo(name).endsWith(u'B'))
                    fleet.applies(name, 'B');
                QVERIFY(!fleet.sentTo(name).contains(u'A'));
            }
            fleet.carriesOut = !dice.oneIn(3);
            fleet.wait(31);
        }
        QCOMPARE(fleet.state(), u"succeeded"_s);
        QCOMPARE(fleet.steps(), u"a: proven, b: proven, c: proven, d: proven"_s);
    }
};

QTEST_GUILESS_MAIN(TestRolloutWalk)
#include "tst_rolloutwalk.moc"
