// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/gatewayjson.h"
#include "app/desk/commontypes.h"
#include "tests/app/fleetrig.h"

#include <QTest>

using namespace flowgate;
using namespace flowgate::tests;
using domain::PresenceState;
using domain::RemoteConfigStatus;

class TestFleet : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyMessageIsAnsweredWithItsUid();
    void capabilitiesOnceAConnection();
    void fullStateIsAskedFor_data();
    void fullStateIsAskedFor();
    void askingIsLimited();
    void offersOnceAConnection();
    void pushesWhenWanted();
    void httpGetsTheLatestOnly();
    void nothingWithoutTheCapability();
    void failedIsNeverSentAgain();
    void restartGoesAlone();
    void newerConnectionReplacesTheOlder();
    void reconnectNeedsNoReport();
    void agentsShareAConnection();
    void goodbyeAndBreak();
    void silentOverHttp();
    void pollsTeachTheIntervalAndChangeNothing();
    void aStepOfTheClockIsNoSilence();
    void whatNobodyLookedAtIsNotObserved();
    void aBreakWhileNobodyLookedIsNoAlarm();
    void startingEnds();
    void heartbeatsChangeNothing();
    void settledTrafficIsQuiet();
    void componentsAreAskedForOnce();
    void typesThatAllOfAConfigsGatewaysHave();
    void numberOfGatewaysIsBounded();
    void tooLargeOfferFails();
    void forgetClosesTheConnection();
};

void TestFleet::everyMessageIsAnsweredWithItsUid() // S2, S3
{
    FleetRig rig;
    domain::AgentReport report = rig.full('a');
    report.wireUid = "01ARZ3NDEKTSV4RRFFQ69G5FAV"; // an old client's ULID text comes back byte for byte (X3)
    QCOMPARE(rig.fleet.handle(rig.ws(1), report).wireUid, report.wireUid);
    QCOMPARE(rig.fleet.handle(rig.ws(1), report).wireUid, report.wireUid); // S18: a retry too
}

void TestFleet::capabilitiesOnceAConnection() // S12
{
    FleetRig rig;
    QCOMPARE(rig.normal(rig.fleet.handle(rig.ws(1), rig.full('a'))).capabilities, domain::ourServerCapabilities);
    QCOMPARE(rig.normal(rig.fleet.handle(rig.ws(1), rig.next('a'))).capabilities, quint64(0));
    QCOMPARE(rig.normal(rig.fleet.handle(rig.ws(2), rig.next('a'))).capabilities, domain::ourServerCapabilities);
    QCOMPARE(rig.normal(rig.fleet.handle(rig.http(), rig.full('b'))).capabilities, domain::ourServerCapabilities);
    QCOMPARE(rig.normal(rig.fleet.handle(rig.http(), rig.next('b'))).capabilities, domain::ourServerCapabilities);
}

void TestFleet::fullStateIsAskedFor_data()
{
    QTest::addColumn<bool>("known");
    QTest::addColumn<int>("skip");
    QTest::addColumn<bool>("full");
    QTest::addColumn<bool>("asked");
    QTest::addRow("S8 next number") << true << 0 << false << false;
    QTest::addRow("S8 gap") << true << 3 << false << true;
    QTest::addRow("X5b gap but visibly full") << true << 3 << true << false;
    QTest::addRow("X4b unknown and sparse") << false << 2 << false << true;
    QTest::addRow("X5b unknown and full") << false << 0 << true << false;
}

void TestFleet::fullStateIsAskedFor()
{
    QFETCH(bool, known);
    QFETCH(int, skip);
    QFETCH(bool, full);
    QFETCH(bool, asked);
    FleetRig rig;
    if (known)
        (void)rig.fleet.handle(rig.ws(1), rig.full('a'));
    rig.numbers[rig.id('a').bytes()] += static_cast<quint64>(skip);
    const auto reply = rig.fleet.handle(rig.ws(1), full ? rig.full('a') : rig.next('a'));
    QCOMPARE(rig.normal(reply).askFullState, asked);
}

void TestFleet::askingIsLimited() // X5c: a clone makes a gap with each message, and must not make a loop
{
    FleetRig rig;
    (void)rig.fleet.handle(rig.ws(1), rig.full('a'));
    int asked = 0;
    for (int message = 0; message < 100; ++message) {
        rig.numbers[rig.id('a').bytes()] += 5;
        asked += rig.normal(rig.fleet.handle(rig.ws(1), rig.next('a'))).askFullState ? 1 : 0;
        rig.clock.advance(domain::milliseconds(100));
    }
    QCOMPARE(asked, 1);
    // What was not asked for yet is still owed when the time has come.
    rig.pass(domain::milliseconds(30'000));
    QVERIFY(rig.normal(rig.fleet.handle(rig.ws(1), rig.next('a'))).askFullState);
}

void TestFleet::offersOnceAConnection() // RC3, RC4
{
    FleetRig rig;
    const domain::ConfigRef base = rig.version(QStringLiteral("base"), 1, "exporters: {}\n");
    const quint64 silent = 0x3; // accepts, and never reports a status
    (void)rig.fleet.handle(rig.ws(1), rig.full('a', silent));
    rig.fleet.want(rig.id('a'), base, false);
    QCOMPARE(rig.port.sent.size(), size_t(1));
    for (int message = 0; message < 5; ++message)
        QVERIFY(!rig.normal(rig.fleet.handle(rig.ws(1), rig.next('a', silent))).remoteConfig);
    const auto onNewConnection = rig.normal(rig.fleet.handle(rig.ws(2), rig.next('a', silent)));
    QVERIFY(onNewConnection.remoteConfig);
    QCOMPARE(onNewConnection.remoteConfig->hash, base.hash);
}

void TestFleet::pushesWhenWanted() // T20, RC5, RC6
{
    FleetRig rig;
    const domain::ConfigRef base = rig.version(QStringLiteral("base"), 1, "exporters: {}\n");
    (void)rig.fleet.handle(rig.ws(7), rig.full('a'));
    rig.fleet.want(rig.id('a'), base, false);
    QCOMPARE(rig.port.sent.size(), size_t(1));
    QCOMPARE(rig.port.sent[0].connection, domain::ConnectionId(7));
    const auto &push = rig.normal(rig.port.sent[0].reply);
    QVERIFY(push.remoteConfig && push.remoteConfig->config);
    QCOMPARE(push.remoteConfig->hash, base.hash);
    QCOMPARE(push.remoteConfig->config->files.begin()->first, QString());
    QCOMPARE(push.remoteConfig->config->files.begin()->second.contentType, QStringLiteral("text/yaml"));
    QCOMPARE(domain::word(rig.gateway('a').config.state), QStringLiteral("offered"));
    QCOMPARE(push.capabilities, quint64(0)); // they went with the first reply
}

void TestFleet::httpGetsTheLatestOnly() // T38, S19
{
    FleetRig rig;
    (void)rig.fleet.handle(rig.http(), rig.full('a'));
    for (int number = 1; number <= 1000; ++number)
        rig.fleet.want(rig.id('a'), rig.version(QStringLiteral("base"), number, QByteArray::number(number) + ": {}\n"),
                       false);
    QCOMPARE(rig.port.sent.size(), size_t(0));
    const auto reply = rig.normal(rig.fleet.handle(rig.http(), rig.next('a')));
    QVERIFY(reply.remoteConfig);
    QCOMPARE(reply.remoteConfig->hash, rig.gateway('a').wanted->hash);
    QVERIFY(!rig.normal(rig.fleet.handle(rig.http(), rig.next('a'))).remoteConfig);
}

void TestFleet::nothingWithoutTheCapability() // RC1, S11, S10, CM1
{
    FleetRig rig;
    const domain::ConfigRef base = rig.version(QStringLiteral("base"), 1, "exporters: {}\n");
    (void)rig.fleet.handle(rig.ws(1), rig.full('a', 0x1));
    rig.fleet.want(rig.id('a'), base, false);
    QVERIFY(rig.port.sent.empty());
    QCOMPARE(domain::word(rig.gateway('a').config.state), QStringLiteral("not_accepted"));
    QVERIFY(!rig.fleet.restart(rig.id('a')));
    // The agent may change its mind at any time.
    QVERIFY(rig.normal(rig.fleet.handle(rig.ws(1), rig.next('a'))).remoteConfig);
}

void TestFleet::failedIsNeverSentAgain() // X6a
{
    FleetRig rig;
    const domain::ConfigRef good = rig.version(QStringLiteral("base"), 1, "a: {}\n");
    const domain::ConfigRef bad = rig.version(QStringLiteral("base"), 2, "b: {}\n");
    (void)rig.fleet.handle(rig.ws(1), rig.full('a'));
    rig.fleet.want(rig.id('a'), bad, false);
    domain::AgentReport failed = rig.next('a');
    failed.remoteConfigStatus = RemoteConfigStatus{bad.hash, domain::ApplyStatus::Failed, QStringLiteral("no such")};
    (void)rig.fleet.handle(rig.ws(1), failed);
    QCOMPARE(domain::word(rig.gateway('a').config.state), QStringLiteral("failed"));
    domain::AgentReport back = rig.next('a');
    back.remoteConfigStatus = RemoteConfigStatus{good.hash, domain::ApplyStatus::Applied, {}};
    QVERIFY(!rig.normal(rig.fleet.handle(rig.ws(1), back)).remoteConfig);
    QVERIFY(!rig.normal(rig.fleet.handle(rig.ws(2), rig.next('a'))).remoteConfig);
    QCOMPARE(rig.port.sent.size(), size_t(1));
    // A person may.
    rig.fleet.want(rig.id('a'), bad, true);
    QCOMPARE(rig.port.sent.size(), size_t(2));
}

void TestFleet::restartGoesAlone() // CM2, CM3, X14
{
    FleetRig rig;
    (void)rig.fleet.handle(rig.ws(1), rig.full('a'));
    QVERIFY(rig.fleet.restart(rig.id('a')));
    QCOMPARE(rig.port.sent.size(), size_t(1));
    QVERIFY(std::holds_alternative<domain::RestartCommand>(rig.port.sent[0].reply.body));

    (void)rig.fleet.handle(rig.http(), rig.full('b'));
    rig.fleet.want(rig.id('b'), rig.version(QStringLiteral("base"), 1, "a: {}\n"), false);
    QVERIFY(rig.fleet.restart(rig.id('b')));
    const auto first = rig.fleet.handle(rig.http(), rig.next('b'));
    QVERIFY(std::holds_alternative<domain::RestartCommand>(first.body));
    const auto second = rig.fleet.handle(rig.http(), rig.next('b'));
    QVERIFY(rig.normal(second).remoteConfig); // the config waited for the next poll
    QVERIFY(!std::holds_alternative<domain::RestartCommand>(rig.fleet.handle(rig.http(), rig.next('b')).body));
}

void TestFleet::newerConnectionReplacesTheOlder() // S16, X8
{
    FleetRig rig;
    (void)rig.fleet.handle(rig.ws(1), rig.full('a'));
    (void)rig.fleet.handle(rig.ws(2), rig.next('a'));
    QCOMPARE(rig.port.closed, std::vector<domain::ConnectionId>{1});
    rig.fleet.connectionClosed(1); // late, and of nobody by now
    QCOMPARE(rig.gateway('a').presence.state, PresenceState::Connected);
    QVERIFY(!rig.observer.presence.contains(QStringLiteral("lost")));
    rig.fleet.connectionClosed(2);
    QCOMPARE(rig.gateway('a').presence.state, PresenceState::Lost);
}

void TestFleet::reconnectNeedsNoReport() // S1: what did not change may be left out on a new connection
{
    FleetRig rig;
    (void)rig.fleet.handle(rig.ws(1), rig.full('a'));
    const auto told = rig.gateway('a').description;
    QVERIFY(told);
    const auto reply = rig.normal(rig.fleet.handle(rig.ws(2), rig.next('a')));
    QVERIFY(!reply.askFullState);
    QVERIFY(rig.gateway('a').description && rig.gateway('a').description->value == told->value);
    QCOMPARE(rig.gateway('a').presence.state, domain::PresenceState::Connected);
}

void TestFleet::agentsShareAConnection() // S15, S14, X13
{
    FleetRig rig;
    (void)rig.fleet.handle(rig.ws(1), rig.full('a'));
    (void)rig.fleet.handle(rig.ws(1), rig.full('b'));
    const domain::ConfigRef one = rig.version(QStringLiteral("one"), 1, "a: {}\n");
    const domain::ConfigRef two = rig.version(QStringLiteral("two"), 1, "b: {}\n");
    rig.fleet.want(rig.id('a'), one, false);
    rig.fleet.want(rig.id('b'), two, false);
    QCOMPARE(rig.port.sent[0].reply.wireUid, rig.id('a').bytes());
    QCOMPARE(rig.port.sent[1].reply.wireUid, rig.id('b').bytes());
    QCOMPARE(rig.normal(rig.port.sent[1].reply).remoteConfig->hash, two.hash);

    domain::AgentReport bye = rig.next('a');
    bye.disconnect = true;
    (void)rig.fleet.handle(rig.ws(1), bye);
    QCOMPARE(rig.gateway('a').presence.state, PresenceState::Left);
    QCOMPARE(rig.gateway('b').presence.state, PresenceState::Connected);
    QVERIFY(rig.port.closed.empty());
    rig.fleet.connectionClosed(1);
    QCOMPARE(rig.gateway('a').presence.state, PresenceState::Left);
    QCOMPARE(rig.gateway('b').presence.state, PresenceState::Lost);
}

void TestFleet::goodbyeAndBreak() // S13: other fields of the last message count
{
    FleetRig rig;
    (void)rig.fleet.handle(rig.ws(1), rig.full('a'));
    domain::AgentReport bye = rig.next('a');
    bye.disconnect = true;
    bye.health = domain::ComponentHealth{false, 0, QStringLiteral("Supervisor is shutdown"), {}, 0, {}};
    (void)rig.fleet.handle(rig.ws(1), bye);
    QCOMPARE(rig.gateway('a').presence.state, PresenceState::Left);
    QCOMPARE(rig.gateway('a').healthReport->value.lastError, QStringLiteral("Supervisor is shutdown"));
    QCOMPARE(domain::word(rig.gateway('a').health.state), QStringLiteral("not_observed"));
    (void)rig.fleet.handle(rig.ws(2), rig.next('a'));
    QCOMPARE(rig.gateway('a').presence.state, PresenceState::Connected);
}

void TestFleet::silentOverHttp() // T39, T41, HB5; HB3: over a WebSocket silence says nothing
{
    FleetRig rig;
    (void)rig.fleet.handle(rig.http(), rig.full('a'));
    (void)rig.fleet.handle(rig.ws(1), rig.full('b'));
    rig.pass(domain::milliseconds(89'000));
    QCOMPARE(rig.gateway('a').presence.state, PresenceState::Connected);
    rig.pass(domain::milliseconds(2'000));
    QCOMPARE(rig.gateway('a').presence.state, PresenceState::Silent);
    QCOMPARE(rig.gateway('b').presence.state, PresenceState::Connected);
    (void)rig.fleet.handle(rig.http(), rig.next('a'));
    QCOMPARE(rig.gateway('a').presence.state, PresenceState::Connected);
    rig.fleet.setLiveness({.httpSilence = domain::milliseconds(10'000)}); // an operator's own limit
    rig.pass(domain::milliseconds(11'000));
    QCOMPARE(rig.gateway('a').presence.state, PresenceState::Silent);
}

void TestFleet::pollsTeachTheIntervalAndChangeNothing() // HB3: a bare poll is no change
{
    FleetRig rig;
    (void)rig.fleet.handle(rig.http(), rig.full('a'));
    (void)rig.fleet.handle(rig.ws(1), rig.full('b'));
    const auto told = [&rig](char which) {
        return app::toJson(rig.gateway(which), false)[QStringLiteral("presence")][QStringLiteral("poll_interval_s")];
    };
    const int changes = rig.observer.changes;
    for (int poll = 0; poll < 5; ++poll) {
        QVERIFY(poll > 2 || told('a').isNull()); // three gaps are needed
        rig.pass(domain::milliseconds(29'500));
        (void)rig.fleet.handle(rig.http(), rig.next('a'));
        (void)rig.fleet.handle(rig.ws(1), rig.next('b'));
    }
    QCOMPARE(told('a').toDouble(), 29.5);
    QVERIFY(told('b').isNull()); // it does not poll
    QCOMPARE(rig.observer.changes, changes);
    // What was learned over HTTP says nothing of a WebSocket.
    (void)rig.fleet.handle(rig.ws(2), rig.next('a'));
    QVERIFY(told('a').isNull());
}

void TestFleet::aStepOfTheClockIsNoSilence()
{
    FleetRig rig;
    domain::AgentReport first = rig.full('a');
    first.health = domain::ComponentHealth{};
    (void)rig.fleet.handle(rig.http(), first);
    for (const int hours : {1, -2}) {
        rig.pass(domain::milliseconds(10'000));
        rig.clock.stepWall(std::chrono::hours(hours));
        rig.fleet.tick();
        QCOMPARE(rig.gateway('a').presence.state, PresenceState::Connected);
        QCOMPARE(domain::word(rig.gateway('a').health.state), QStringLiteral("starting"));
    }
    rig.pass(domain::milliseconds(91'000)); // time does pass
    QCOMPARE(rig.gateway('a').presence.state, PresenceState::Silent);
}

void TestFleet::whatNobodyLookedAtIsNotObserved()
{
    FleetRig rig;
    const domain::ConfigRef base = rig.version(QStringLiteral("base"), 1, "receivers: {}\n");
    (void)rig.fleet.handle(rig.ws(1), rig.full('a'));
    (void)rig.fleet.handle(rig.http(), rig.full('b'));
    rig.fleet.want(rig.id('a'), base, false);
    QCOMPARE(rig.port.sent.size(), size_t(1));
    std::vector<domain::WallTime> pauses;
    rig.fleet.onPause([&](domain::WallTime until) { pauses.push_back(until); });
    rig.pass(domain::milliseconds(5'000));
    const domain::WallTime until = rig.clock.now();
    rig.clock.advance(std::chrono::minutes(2)); // stopped, then on again: what waited in the sockets comes first
    const domain::ServerReply reply = rig.fleet.handle(rig.ws(1), rig.next('a'));
    QCOMPARE(pauses, std::vector{until});
    // Between the two nothing is known; both transitions were told, in order, with their times.
    QCOMPARE(
        rig.observer.presence.mid(rig.observer.presence.size() - 3),
        QStringList({QStringLiteral("not_observed"), QStringLiteral("not_observed"), QStringLiteral("connected")}));
    QCOMPARE(rig.gateway('b').presence.state, PresenceState::NotObserved);
    QCOMPARE(rig.gateway('b').presence.since, until);
    // The connection has outlived it: what was sent on it is not sent again.
    QCOMPARE(rig.gateway('a').presence.state, PresenceState::Connected);
    QVERIFY(!rig.normal(reply).remoteConfig);
    // One that polls has its limit anew, and longer: it may be as late as after our start.
    rig.pass(std::chrono::seconds(170));
    QCOMPARE(rig.gateway('b').presence.state, PresenceState::NotObserved);
    rig.pass(std::chrono::seconds(20));
    QCOMPARE(rig.gateway('b').presence.state, PresenceState::Silent);
}

void TestFleet::aBreakWhileNobodyLookedIsNoAlarm()
{
    FleetRig rig;
    (void)rig.fleet.handle(rig.ws(1), rig.full('a'));
    rig.clock.sleep(std::chrono::hours(8));
    rig.fleet.connectionClosed(1); // the gateway gave up meanwhile
    QCOMPARE(rig.gateway('a').presence.state, PresenceState::NotObserved);
    rig.pass(domain::milliseconds(20'000));
    (void)rig.fleet.handle(rig.ws(2), rig.next('a'));
    QCOMPARE(rig.gateway('a').presence.state, PresenceState::Connected);
    QVERIFY(!rig.observer.presence.contains(QStringLiteral("lost")));
    // One that does not come back is missed after a while.
    rig.clock.sleep(std::chrono::hours(8));
    rig.fleet.connectionClosed(2);
    rig.pass(std::chrono::minutes(4));
    QCOMPARE(rig.gateway('a').presence.state, PresenceState::Silent);
}

void TestFleet::startingEnds() // ST4: no alarm on the first report, but not for ever
{
    FleetRig rig;
    domain::AgentReport first = rig.full('a');
    first.health = domain::ComponentHealth{};
    (void)rig.fleet.handle(rig.ws(1), first);
    QCOMPARE(domain::word(rig.gateway('a').health.state), QStringLiteral("starting"));
    rig.pass(domain::milliseconds(31'000));
    QCOMPARE(domain::word(rig.gateway('a').health.state), QStringLiteral("unhealthy"));
}

void TestFleet::heartbeatsChangeNothing() // HB1, X2
{
    FleetRig rig;
    (void)rig.fleet.handle(rig.ws(1), rig.full('a'));
    const int before = rig.observer.changes;
    for (int beat = 0; beat < 20; ++beat) {
        rig.pass(domain::milliseconds(30'000));
        (void)rig.fleet.handle(rig.ws(1), rig.next('a'));
    }
    domain::AgentReport bare; // by the letter: only the uid
    bare.id = rig.id('a');
    bare.wireUid = bare.id.bytes();
    const auto reply = rig.fleet.handle(rig.ws(1), bare);
    QVERIFY(!rig.normal(reply).askFullState);
    QCOMPARE(rig.gateway('a').capabilities.bits(), FleetRig::supervisor);
    QCOMPARE(rig.observer.changes, before);
    QCOMPARE(rig.gateway('a').presence.lastSeen, rig.clock.now());
}

void TestFleet::settledTrafficIsQuiet() // RC9, X15
{
    FleetRig rig;
    const domain::ConfigRef base = rig.version(QStringLiteral("base"), 1, "a: {}\n");
    (void)rig.fleet.handle(rig.ws(1), rig.full('a'));
    rig.fleet.want(rig.id('a'), base, false);
    domain::AgentReport applied = rig.next('a');
    applied.remoteConfigStatus = RemoteConfigStatus{base.hash, domain::ApplyStatus::Applied, {}};
    applied.effectiveConfig = rig.config("a: {}\nb: {}\n");
    (void)rig.fleet.handle(rig.ws(1), applied);
    QCOMPARE(domain::word(rig.gateway('a').config.state), QStringLiteral("in_sync"));
    rig.port.sent.clear();
    for (int beat = 0; beat < 100; ++beat) {
        const auto reply = rig.normal(rig.fleet.handle(rig.ws(1), rig.next('a')));
        QCOMPARE(reply, domain::NormalReply{});
    }
    QVERIFY(rig.port.sent.empty());
}

void TestFleet::componentsAreAskedForOnce() // ST11
{
    FleetRig rig;
    domain::AgentReport report = rig.full('a');
    report.availableComponents = domain::AvailableComponents{domain::ComponentsHash("h1"), {}};
    QVERIFY(rig.normal(rig.fleet.handle(rig.ws(1), report)).askAvailableComponents);
    QVERIFY(!rig.normal(rig.fleet.handle(rig.ws(1), rig.next('a'))).askAvailableComponents);
    domain::AgentReport list = rig.next('a');
    list.availableComponents =
        domain::AvailableComponents{domain::ComponentsHash("h1"), {{QStringLiteral("receivers"), {}}}};
    (void)rig.fleet.handle(rig.ws(1), list);
    QVERIFY(rig.fleet.componentsOf(rig.gateway('a')));
    // Another agent with the same hash is known by it.
    domain::AgentReport other = rig.full('b');
    other.availableComponents = domain::AvailableComponents{domain::ComponentsHash("h1"), {}};
    QVERIFY(!rig.normal(rig.fleet.handle(rig.ws(2), other)).askAvailableComponents);
    QVERIFY(rig.fleet.componentsOf(rig.gateway('b')));
}

void TestFleet::typesThatAllOfAConfigsGatewaysHave()
{
    FleetRig rig;
    const auto has = [&](char which, domain::ConnectionId connection, const QStringList &receivers) {
        domain::AgentReport report = rig.full(which);
        domain::AvailableComponents built{domain::ComponentsHash(QByteArray(1, which)), {}};
        for (const QString &type : receivers)
            built.components[QStringLiteral("receivers")].components[type];
        report.availableComponents = built;
        (void)rig.fleet.handle(rig.ws(connection), report);
    };
    has('a', 1, {QStringLiteral("otlp"), QStringLiteral("kafka")});
    has('b', 2, {QStringLiteral("otlp"), QStringLiteral("nop"), QStringLiteral("kafka")});
    has('c', 3, {QStringLiteral("otlp"), QStringLiteral("nop")});
    (void)rig.fleet.handle(rig.ws(4), rig.full('d')); // does not say
    const auto types = [&] {
        return app::commonTypes(rig.fleet, QStringLiteral("base")).value(QStringLiteral("receivers"));
    };
    QCOMPARE(types(), QStringList{QStringLiteral("otlp")}); // nobody runs it yet: any may
    const domain::ConfigRef ref = rig.version(QStringLiteral("base"), 1, "receivers: {}\n");
    for (const char which : {'a', 'b'})
        rig.fleet.want(rig.id(which), ref, false);
    QCOMPARE(types(), (QStringList{QStringLiteral("kafka"), QStringLiteral("otlp")}));
}

void TestFleet::numberOfGatewaysIsBounded() // SEC6
{
    FleetRig rig;
    bool isFull = false;
    rig.fleet.setDoor([&isFull](const domain::Peer &, const domain::GatewayId &) {
        return isFull ? app::Entry{domain::Admission::Pending, QStringLiteral("full"), {}, {}, std::chrono::minutes(5)}
                      : app::Entry{};
    });
    (void)rig.fleet.handle(rig.ws(1), rig.full('a'));
    (void)rig.fleet.handle(rig.ws(2), rig.full('b'));
    isFull = true;
    const auto refused = rig.fleet.handle(rig.ws(3), rig.full('c'));
    const domain::ErrorReply full{domain::ReplyError::Unavailable, QStringLiteral("full"), std::chrono::minutes(5)};
    QCOMPARE(std::get<domain::ErrorReply>(refused.body), full);
    QVERIFY(!rig.fleet.find(rig.id('c')));
    QVERIFY(rig.port.turnedAway.empty()); // ER4: its next message may find room
    QVERIFY(std::holds_alternative<domain::NormalReply>(rig.fleet.handle(rig.ws(1), rig.next('a')).body));
    isFull = false;
    const auto taken = rig.fleet.handle(rig.ws(3), rig.next('c'));
    QVERIFY(std::get<domain::NormalReply>(taken.body).askFullState); // ER4: what it had said meanwhile is lost
}

void TestFleet::tooLargeOfferFails() // T18
{
    FleetRig rig;
    (void)rig.fleet.handle(rig.ws(1), rig.full('a'));
    rig.fleet.want(rig.id('a'), rig.version(QStringLiteral("base"), 1, "a: {}\n"), false);
    rig.fleet.replyTooLarge(rig.ws(1), rig.id('a'), 99);
    QCOMPARE(rig.observer.tooLarge, 1);
    QCOMPARE(domain::word(rig.gateway('a').config.state), QStringLiteral("failed"));
    QCOMPARE(rig.gateway('a').presence.state, PresenceState::Connected);
}

void TestFleet::forgetClosesTheConnection()
{
    FleetRig rig;
    (void)rig.fleet.handle(rig.ws(1), rig.full('a'));
    rig.fleet.forget({rig.id('a')});
    QVERIFY(!rig.fleet.find(rig.id('a')));
    QCOMPARE(rig.port.closed, std::vector<domain::ConnectionId>{1});
    QCOMPARE(rig.observer.forgotten, 1);
}

QTEST_GUILESS_MAIN(TestFleet)
#include "tst_fleet.moc"
