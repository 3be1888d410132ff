// SPDX-License-Identifier: GPL-3.0-or-later
// What this machine does is brought to what is claimed of the fleet.
#include "app/journal/eventlog.h"
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

/// Addresses as a test wants them.
class FakeNetwork final : public app::NetworkSource
{
public:
    FakeNetwork(QStringList &now, int &looks)
        : m_now(now)
        , m_looks(looks)
    {
    }
    QStringList addresses() const override
    {
        ++m_looks;
        return m_now;
    }

private:
    QStringList &m_now;
    int &m_looks;
};

struct MachineRig : FleetRig
{
    QStringList addresses{QStringLiteral("192.168.1.5")};
    int looks = 0;
    int again = 0; ///< how often deadlines began anew
    std::vector<domain::Event> told;
    app::EventLog events{clock, [this](const domain::Event &event) { told.push_back(event); }};
    app::SleepSource::Listener sleep;
    std::vector<domain::WallTime> writtenUntil;
    std::function<void()> written; ///< of the last writing, which ends when this is called
    app::MachineWatch machine{clock,
                              fleet,
                              events,
                              {std::make_unique<FakeSleep>(sleep), std::make_unique<FakeNetwork>(addresses, looks)},
                              {[this](std::function<void()> then) {
                                   writtenUntil.push_back(clock.now());
                                   written = std::move(then);
                               },
                               [this] { ++again; }}};

    MachineRig() { machine.setListened({QStringLiteral("0.0.0.0")}); }

    static domain::Peer from(const char *address, domain::ConnectionId connection)
    {
        const auto transport = connection == 0 ? domain::Transport::Http : domain::Transport::WebSocket;
        return {connection, transport, QString::fromLatin1(address), {}, false, {}};
    }
    [[nodiscard]] QStringList kinds() const
    {
        QStringList list;
        for (const domain::Event &event : told)
            list.append(event.kind);
        return list;
    }
    [[nodiscard]] PresenceState state(char which) const { return gateway(which).presence.state; }
};

constexpr char far[] = "192.168.1.9:40000";
constexpr char near[] = "127.0.0.1:40000";

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

    void withoutANetworkNobodyFromElsewhereIsObserved()
    {
        MachineRig rig;
        (void)rig.fleet.handle(rig.from(far, 1), rig.full('a'));
        (void)rig.fleet.handle(rig.from(near, 2), rig.full('b'));
        (void)rig.fleet.handle(rig.from(far, 0), rig.full('c'));
        rig.machine.look();
        QVERIFY(rig.told.empty());
        rig.addresses.clear();
        rig.clock.advance(domain::milliseconds(500));
        rig.machine.look();
        QCOMPARE(rig.kinds(), QStringList{QStringLiteral("network_gone")});
        QCOMPARE(rig.fleet.cutOffSince(), std::optional(rig.clock.now()));
        QCOMPARE(rig.state('a'), PresenceState::NotObserved);
        QCOMPARE(rig.gateway('a').presence.since, rig.clock.now());
        QCOMPARE(rig.state('b'), PresenceState::Connected);
        QCOMPARE(rig.state('c'), PresenceState::NotObserved);

        // However long it lasts: nobody from elsewhere is missed. One on this machine is.
        rig.fleet.connectionClosed(1);
        rig.pass(std::chrono::minutes(10));
        rig.fleet.connectionClosed(2);
        QCOMPARE(rig.state('a'), PresenceState::NotObserved);
        QCOMPARE(rig.state('b'), PresenceState::Lost);
        QCOMPARE(rig.state('c'), PresenceState::NotObserved);

        // Back: they get the time to come back, and then are missed.
        rig.addresses = {QStringLiteral("10.0.0.7")};
        rig.machine.look();
        QCOMPARE(rig.kinds(), QStringList({QStringLiteral("network_gone"), QStringLiteral("network_back")}));
        QCOMPARE(rig.again, 1);
        QVERIFY(!rig.fleet.cutOffSince());
        rig.pass(std::chrono::seconds(100));
        (void)rig.fleet.handle(rig.from(far, 3), rig.next('a'));
        QCOMPARE(rig.state('a'), PresenceState::Connected);
        QCOMPARE(rig.state('c'), PresenceState::NotObserved);
        rig.pass(std::chrono::seconds(90));
        QCOMPARE(rig.state('c'), PresenceState::Silent);
        rig.fleet.connectionClosed(3); // with a network a break is a break
        QCOMPARE(rig.state('a'), PresenceState::Lost);
    }

    void aConnectionThatOutlivesItKeepsWhatWasSent()
    {
        MachineRig rig;
        const domain::ConfigRef base = rig.version(QStringLiteral("base"), 1, "receivers: {}\n");
        (void)rig.fleet.handle(rig.from(far, 1), rig.full('a'));
        rig.fleet.want(rig.id('a'), base, false);
        QCOMPARE(rig.port.sent.size(), size_t(1));
        rig.addresses.clear();
        rig.machine.look();
        rig.pass(std::chrono::seconds(20));
        rig.addresses = {QStringLiteral("192.168.1.5")};
        rig.machine.look();
        const domain::ServerReply reply = rig.fleet.handle(rig.from(far, 1), rig.next('a'));
        QCOMPARE(rig.state('a'), PresenceState::Connected);
        QVERIFY(!rig.normal(reply).remoteConfig);
    }

    void aBreakAsksForTheNetwork()
    {
        MachineRig rig;
        for (domain::ConnectionId connection = 1; connection <= 8; ++connection)
            (void)rig.fleet.handle(rig.from(far, connection), rig.full(static_cast<char>('a' + connection)));
        rig.machine.look();
        rig.pass(std::chrono::seconds(5));
        rig.addresses.clear(); // and the connections break before the next look is due
        const int looks = rig.looks;
        for (domain::ConnectionId connection = 1; connection <= 8; ++connection)
            rig.fleet.connectionClosed(connection);
        QCOMPARE(rig.looks, looks + 1);
        for (domain::ConnectionId connection = 1; connection <= 8; ++connection)
            QCOMPARE(rig.state(static_cast<char>('a' + connection)), PresenceState::NotObserved);
        QVERIFY(!rig.observer.presence.contains(QStringLiteral("lost")));
    }

    void theSystemsOwnSourcesCanBeAsked()
    {
        const app::MachineWatch::Sources sources = app::systemSources();
        sources.sleep->follow({[](const std::function<void()> &) {}, [] {}}); // with a bus or without one
        for (const QString &address : sources.network->addresses())
            QVERIFY2(!address.isEmpty() && !address.startsWith(u"127.") && !address.contains(u'%'),
                     qPrintable(address));
    }
};

QTEST_GUILESS_MAIN(TestMachineWatch)
#include "tst_machinewatch.moc"
