// SPDX-License-Identifier: GPL-3.0-or-later
// What this machine does is brought to what is claimed of the fleet.
#include "app/machine/machinewatch.h"
#include "tests/app/fleetrig.h"

#include <QTest>

using namespace flowgate;
using namespace flowgate::tests;
using domain::PresenceState;

namespace {

/// Sleep as a test wants it.
class FakeSleep final : public app::SleepSource
{
public:
    explicit FakeSleep(Listener &told)
        : m_told(told)
    {
    }
    void follow(Listener listener) override { m_told = std::move(listener); }

private:
    Listener &m_told;
};

struct MachineRig : FleetRig
{
    app::SleepSource::Listener sleep;
    std::vector<domain::WallTime> writtenUntil;
    std::function<void()> written; ///< of the last writing, which ends when this is called
    app::MachineWatch machine{fleet, std::make_unique<FakeSleep>(sleep), [this](std::function<void()> then) {
                                  writtenUntil.push_back(clock.now());
                                  written = std::move(then);
                              }};
};

} // namespace

class TestMachineWatch final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void writesDownBeforeItSleeps()
    {
        MachineRig rig;
        (void)rig.fleet.handle(rig.ws(1), rig.full('a'));
        rig.clock.advance(domain::milliseconds(700));
        bool ready = false;
        rig.sleep.fallsAsleep([&ready] { ready = true; });
        QCOMPARE(rig.writtenUntil, std::vector{rig.clock.now()});
        QVERIFY(!ready); // it is not on disk yet
        rig.written();
        QVERIFY(ready);
        QCOMPARE(rig.gateway('a').presence.state, PresenceState::Connected); // it is still there
    }

    void nothingIsClaimedOfTheTimeAsleep()
    {
        MachineRig rig;
        std::vector<domain::WallTime> pauses;
        rig.fleet.onPause([&](domain::WallTime until) { pauses.push_back(until); });
        (void)rig.fleet.handle(rig.ws(1), rig.full('a'));
        rig.sleep.fallsAsleep([] {});
        const domain::WallTime until = rig.clock.now();
        rig.clock.advance(domain::milliseconds(3'000)); // frozen, and the clocks do not tell
        rig.sleep.wakes();
        QCOMPARE(pauses, std::vector{until});
        QCOMPARE(rig.gateway('a').presence.state, PresenceState::NotObserved);
        QCOMPARE(rig.gateway('a').presence.since, until);
        rig.fleet.tick();
        QCOMPARE(pauses.size(), size_t(1));
    }

    void whatCameFirstTookThePause()
    {
        MachineRig rig;
        int pauses = 0;
        rig.fleet.onPause([&](domain::WallTime) { ++pauses; });
        (void)rig.fleet.handle(rig.ws(1), rig.full('a'));
        rig.sleep.fallsAsleep([] {});
        rig.clock.sleep(std::chrono::hours(8));
        (void)rig.fleet.handle(rig.ws(1), rig.next('a')); // from the socket, before the bus was read
        rig.sleep.wakes();
        QCOMPARE(pauses, 1);
        QCOMPARE(rig.gateway('a').presence.state, PresenceState::Connected);
    }

    void aSleepThatWasCalledOffIsNoPause()
    {
        MachineRig rig;
        int pauses = 0;
        rig.fleet.onPause([&](domain::WallTime) { ++pauses; });
        (void)rig.fleet.handle(rig.ws(1), rig.full('a'));
        rig.sleep.fallsAsleep([] {});
        rig.pass(domain::milliseconds(4'000)); // logind waited for others, and we looked on
        rig.sleep.wakes();
        QCOMPARE(pauses, 0);
        QCOMPARE(rig.gateway('a').presence.state, PresenceState::Connected);
    }
};

QTEST_GUILESS_MAIN(TestMachineWatch)
#include "tst_machinewatch.moc"
