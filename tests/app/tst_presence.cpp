// SPDX-License-Identifier: GPL-3.0-or-later
// What the end of a connection says of a gateway, as state, event and reason; who closed it decides.
#include "app/journal/recorder.h"
#include "tests/app/fleetrig.h"

#include <QTemporaryDir>
#include <QTest>

using namespace flowgate;
using namespace flowgate::tests;
using namespace std::chrono_literals;
using domain::ConnectionEnd;
using domain::PresenceState;
using By = ConnectionEnd::By;

namespace {

QString text(const char *latin1)
{
    return QString::fromLatin1(latin1);
}

/// A fleet whose events are kept: "kind: text".
struct RecordedRig : FleetRig
{
    QTemporaryDir folder;
    store::StoreThread store{folder.path(), clock};
    QStringList events;
    app::EventLog log{clock,
                      [this](const domain::Event &event) { events.append(event.kind + text(": ") + event.text); }};
    app::Recorder recorder{clock, fleet, log, store};

    RecordedRig() { fleet.addObserver(&recorder); }
    QStringList take() { return std::exchange(events, {}); }
};

} // namespace

class TestPresence final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theEndOfAConnection_data()
    {
        QTest::addColumn<ConnectionEnd>("end");
        QTest::addColumn<PresenceState>("state");
        QTest::addColumn<QString>("event");
        const auto row = [](const char *name, By by, const char *why, PresenceState state, const char *event) {
            QTest::newRow(name) << ConnectionEnd{by, text(why)} << state << text(event);
        };
        row("S14 it broke", By::Break, "", PresenceState::Lost, "gateway_lost: The connection of host-a broke");
        row("HB3 pings were not answered", By::Break, "no answer to a ping within 60 s", PresenceState::Lost,
            "gateway_lost: The connection of host-a broke: no answer to a ping within 60 s");
        row("S14 it closed without a goodbye", By::Peer, "Close 1000", PresenceState::Lost,
            "gateway_lost: host-a closed its connection without agent_disconnect: Close 1000");
        row("CS16 we closed: its token was revoked", By::Us, "its token was revoked", PresenceState::NotObserved,
            "connection_closed: Flowgate closed the connection of host-a: its token was revoked");
        row("T19 we closed: it sends nonsense", By::Us, "too many malformed messages", PresenceState::NotObserved,
            "connection_closed: Flowgate closed the connection of host-a: too many malformed messages");
        row("a reason with a percent sign", By::Us, "%1 %2 %n", PresenceState::NotObserved,
            "connection_closed: Flowgate closed the connection of host-a: %1 %2 %n");
        row("RFC 6455 a breach of the protocol", By::Protocol, "Close 1002", PresenceState::NotObserved,
            "connection_closed: The connection of host-a ended by a WebSocket error: Close 1002");
    }
    void theEndOfAConnection()
    {
        QFETCH(ConnectionEnd, end);
        QFETCH(PresenceState, state);
        QFETCH(QString, event);
        RecordedRig rig;
        (void)rig.fleet.handle(rig.ws(1), rig.full('a'));
        rig.pass(10s);
        (void)rig.take();
        rig.fleet.connectionClosed(1, end);
        QCOMPARE(rig.gateway('a').presence.state, state);
        QCOMPARE(rig.gateway('a').presence.since, rig.clock.now());
        QVERIFY(rig.gateway('a').presence.why.endsWith(end.why));
        QCOMPARE(rig.gateway('a').health.state, domain::HealthState::NotObserved);
        QCOMPARE(rig.take(), QStringList{event});
        // The next message ends it, and its reason.
        (void)rig.fleet.handle(rig.ws(2), rig.next('a'));
        QCOMPARE(rig.gateway('a').presence.state, PresenceState::Connected);
        QVERIFY(rig.gateway('a').presence.why.isEmpty());
    }

    // The time after a Close of ours is not observed; it may take as long to come back as after our start.
    void oneThatDoesNotComeBackIsSilent_data()
    {
        QTest::addColumn<bool>("isRejected");
        QTest::newRow("its token was revoked") << false;
        QTest::newRow("SEC1 rejected: nobody listens to it") << true;
    }
    void oneThatDoesNotComeBackIsSilent()
    {
        QFETCH(bool, isRejected);
        RecordedRig rig;
        (void)rig.fleet.handle(rig.ws(1), rig.full('a'));
        rig.pass(1h);
        if (isRejected)
            rig.fleet.admit(rig.id('a'), domain::Admission::Rejected, {});
        rig.fleet.connectionClosed(1, {By::Us, text("because")});
        rig.pass(179s);
        QCOMPARE(rig.gateway('a').presence.state, PresenceState::NotObserved);
        rig.pass(3s);
        QCOMPARE(rig.gateway('a').presence.state, isRejected ? PresenceState::NotObserved : PresenceState::Silent);
        QCOMPARE(rig.gateway('a').presence.why.isEmpty(), !isRejected);
    }

    // A clean stop is our end, not theirs.
    void aStopOfOursIsNoOutage()
    {
        RecordedRig rig;
        (void)rig.fleet.handle(rig.ws(1), rig.full('a'));
        (void)rig.fleet.handle(rig.http(), rig.full('b'));
        (void)rig.fleet.handle(rig.ws(3), rig.full('c'));
        rig.fleet.connectionClosed(3);
        rig.pass(10s);
        (void)rig.take();
        rig.fleet.stop();
        const domain::WallTime stopped = rig.clock.now();
        rig.pass(1s);
        rig.fleet.connectionClosed(1, {By::Us, text("the server is shutting down")});
        for (const char which : {'a', 'b'}) {
            QCOMPARE(rig.gateway(which).presence.state, PresenceState::NotObserved);
            QCOMPARE(rig.gateway(which).presence.since, stopped);
            QCOMPARE(rig.gateway(which).presence.why, domain::notRunning());
        }
        QCOMPARE(rig.gateway('c').presence.state, PresenceState::Lost); // before, and for a reason of its own
        QCOMPARE(rig.take(), QStringList());
        // What still comes is answered, and changes nothing.
        const domain::ServerReply late = rig.fleet.handle(rig.http(), rig.next('b'));
        const auto *error = std::get_if<domain::ErrorReply>(&late.body);
        QVERIFY(error && error->type == domain::ReplyError::Unavailable && error->retryAfter);
        QCOMPARE(rig.gateway('b').presence.state, PresenceState::NotObserved);
        (void)rig.fleet.handle(rig.ws(9), rig.full('n'));
        QVERIFY(!rig.fleet.find(rig.id('n')));
    }

    void whyNobodyLooksIsSaid()
    {
        RecordedRig rig;
        domain::Peer elsewhere = rig.ws(1);
        elsewhere.address = text("192.168.1.9:1");
        (void)rig.fleet.handle(elsewhere, rig.full('a'));
        rig.fleet.setCutOff(true);
        QCOMPARE(rig.gateway('a').presence.why, domain::noNetwork());
        rig.fleet.setCutOff(false);
        (void)rig.fleet.handle(elsewhere, rig.next('a'));
        rig.clock.sleep(1h);
        rig.fleet.tick();
        QVERIFY(rig.gateway('a').presence.why.contains(text("slept")));
    }

    void aFlappingLinkIsTold()
    {
        RecordedRig rig;
        (void)rig.fleet.handle(rig.ws(1), rig.full('a'));
        (void)rig.take();
        for (domain::ConnectionId connection = 2; connection < 12; ++connection) {
            rig.pass(10s);
            (void)rig.fleet.handle(rig.ws(connection), rig.next('a')); // the old one is not seen to be dead
        }
        QCOMPARE(rig.take(), QStringList{text("link_flapping: The link of host-a is flapping: it reconnected 4 times "
                                              "within 1 min. Look at the network between it and here")});
        rig.pass(10min);
        QCOMPARE(rig.take(), QStringList{text("link_calm: The link of host-a is calm again: it reconnected 10 times "
                                              "within 2 min")});
    }
};

QTEST_GUILESS_MAIN(TestPresence)
#include "tst_presence.moc"
