// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/fleetrig.h"

#include <QTest>

using namespace flowgate;
using namespace flowgate::tests;
using namespace std::chrono_literals;
using domain::GatewayId;
using domain::PresenceState;

namespace {

/// An agent with a uid of its own mind that reconnects at once whenever its connection is closed, as opamp-go does.
struct Agent
{
    FleetRig &rig;
    domain::AgentReport report;
    bool takesNewUids = true;
    domain::ConnectionId connection = 0;
    int connections = 0;

    Agent(FleetRig &fleet, char uid, quint64 number)
        : rig(fleet)
        , report(fleet.full(uid))
    {
        report.sequence = number;
    }

    void connect(domain::ConnectionId with)
    {
        connection = with;
        ++connections;
    }

    domain::ServerReply say()
    {
        report.digest = QByteArray::number(report.sequence) + report.wireUid + QByteArray::number(connection);
        const domain::ServerReply reply = rig.fleet.handle(FleetRig::ws(connection), report);
        ++report.sequence;
        const auto *normal = std::get_if<domain::NormalReply>(&reply.body);
        if (normal && takesNewUids && !normal->newInstanceUid.isEmpty()) {
            report.wireUid = normal->newInstanceUid;
            report.id = GatewayId(report.wireUid);
        }
        return reply;
    }
};

const domain::ConnectionEnd byUs{domain::ConnectionEnd::By::Us, QStringLiteral("replaced")};

/// Both say something each second and reconnect when they are closed. Gives how many connections were closed.
size_t live(FleetRig &rig, const std::vector<Agent *> &agents, int seconds)
{
    static domain::ConnectionId next = 100;
    const size_t before = rig.port.closed.size() + rig.port.turnedAway.size();
    size_t seen = rig.port.closed.size();
    size_t turned = rig.port.turnedAway.size();
    for (int second = 0; second < seconds; ++second) {
        for (Agent *agent : agents) {
            if (agent->connection == 0)
                agent->connect(++next);
            (void)agent->say();
            // A live client answers a Close.
            const auto end = [&](domain::ConnectionId closed) {
                for (Agent *one : agents) {
                    if (one->connection == closed) {
                        rig.fleet.connectionClosed(closed, byUs);
                        rig.fleet.heardAfterClose(closed, nullptr);
                        one->connection = 0;
                    }
                }
            };
            for (; seen < rig.port.closed.size(); ++seen)
                end(rig.port.closed[seen]);
            for (; turned < rig.port.turnedAway.size(); ++turned)
                end(rig.port.turnedAway[turned]);
        }
        rig.pass(1s);
    }
    return rig.port.closed.size() + rig.port.turnedAway.size() - before;
}

/// One agent on a bad link: @p lost messages before each new connection, and the old ones stay half open.
struct BadLink
{
    FleetRig rig;
    Agent agent{rig, 'x', 3};
    domain::ConnectionId connection = 0;

    /// @return whether it was told to take another uid
    bool flap(int lost)
    {
        agent.report.sequence += static_cast<quint64>(lost);
        agent.connect(++connection);
        return !FleetRig::normal(agent.say()).newInstanceUid.isEmpty();
    }
};

QByteArray newUidIn(const domain::ServerReply &reply)
{
    return FleetRig::normal(reply).newInstanceUid;
}

} // namespace

class TestIdentity final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    // S5, S3: the same one until it is used.
    void givesAUidWhenAsked()
    {
        FleetRig rig;
        domain::AgentReport report = rig.full('a');
        report.flags = domain::requestsInstanceUid;
        const domain::ServerReply first = rig.fleet.handle(FleetRig::ws(1), report);
        QCOMPARE(first.wireUid, report.wireUid); // still the old one (S3)
        const QByteArray uid = newUidIn(first);
        QCOMPARE(uid.size(), 16);
        QCOMPARE(uid[6] & 0xf0, 0x70); // version 7
        QCOMPARE(uid[8] & 0xc0, 0x80); // and its variant
        domain::AgentReport again = rig.next('a');
        again.flags = domain::requestsInstanceUid;
        QCOMPARE(newUidIn(rig.fleet.handle(FleetRig::ws(1), again)), uid);
        QVERIFY(newUidIn(rig.fleet.handle(FleetRig::ws(1), rig.next('a'))).isEmpty());
        domain::AgentReport other = rig.full('b');
        other.flags = domain::requestsInstanceUid;
        QVERIFY(newUidIn(rig.fleet.handle(FleetRig::ws(2), other)) != uid);
    }

    // S6: no full state is asked for, no ghost is left.
    void theRecordGoesOn_data()
    {
        QTest::addColumn<int>("connection"); // 0: HTTP
        QTest::newRow("S6: WebSocket") << 1;
        QTest::newRow("S6: HTTP") << 0;
    }
    void theRecordGoesOn()
    {
        QFETCH(int, connection);
        FleetRig rig;
        const auto say = [&](const domain::AgentReport &report) {
            return rig.fleet.handle(connection == 0 ? FleetRig::http() : FleetRig::ws(1), report);
        };
        domain::AgentReport report = rig.full('a');
        report.flags = domain::requestsInstanceUid;
        const QByteArray uid = newUidIn(say(report));
        rig.fleet.setLabels(rig.id('a'), {{QStringLiteral("env"), QStringLiteral("lab")}});
        const domain::ConfigRef wanted = rig.version(QStringLiteral("core"), 1, "a: 1\n");
        rig.fleet.want(rig.id('a'), wanted, false);
        const domain::Gateway before = rig.gateway('a');

        domain::AgentReport renamed = rig.next('a');
        renamed.wireUid = uid;
        renamed.id = GatewayId(uid);
        const domain::ServerReply reply = say(renamed);
        QCOMPARE(reply.wireUid, uid);
        QVERIFY(!FleetRig::normal(reply).askFullState); // the number goes on
        QVERIFY(!rig.fleet.find(rig.id('a')));          // no ghost
        const domain::Gateway *now = rig.fleet.find(GatewayId(uid));
        QVERIFY(now);
        QCOMPARE(rig.fleet.gateways().size(), 1);
        QCOMPARE(now->firstSeen, before.firstSeen);
        QCOMPARE(now->labels, before.labels);
        QCOMPARE(now->wanted, std::optional(wanted));
        QCOMPARE(now->description, before.description);
        QCOMPARE(now->presence.state, PresenceState::Connected);
        QCOMPARE(rig.observer.moved, (std::vector{std::pair(rig.id('a'), GatewayId(uid))}));
        QVERIFY(rig.port.closed.empty());

        // What was still under way with the old uid makes no gateway.
        const domain::AgentReport late = rig.next('a');
        QCOMPARE(say(late).wireUid, late.wireUid);
        QCOMPARE(rig.fleet.gateways().size(), 1);
        if (connection == 0)
            return;
        rig.fleet.connectionClosed(1);
        QCOMPARE(rig.fleet.find(GatewayId(uid))->presence.state, PresenceState::Lost);
    }

    void aUidThatWasNotPromisedIsANewGateway()
    {
        FleetRig rig;
        domain::AgentReport report = rig.full('a');
        report.flags = domain::requestsInstanceUid;
        const GatewayId promised(newUidIn(rig.fleet.handle(FleetRig::ws(1), report)));
        rig.fleet.forget({rig.id('a')});
        domain::AgentReport renamed = rig.full('n');
        renamed.wireUid = promised.bytes();
        renamed.id = promised;
        (void)rig.fleet.handle(FleetRig::ws(1), renamed);
        QVERIFY(rig.fleet.find(promised));
        QVERIFY(rig.observer.moved.empty());
    }

    // S17, X8: one of them is renamed, and nobody is closed any more.
    void twoLiveClonesSettle_data()
    {
        QTest::addColumn<int>("numberOfA");
        QTest::addColumn<int>("numberOfB");
        QTest::newRow("S17: numbers of their own") << 40 << 7;
        QTest::newRow("S17: started together") << 0 << 0;
        QTest::newRow("X8: far apart") << 100000 << 0;
    }
    void twoLiveClonesSettle()
    {
        QFETCH(int, numberOfA);
        QFETCH(int, numberOfB);
        FleetRig rig;
        Agent a(rig, 'x', static_cast<quint64>(numberOfA));
        Agent b(rig, 'x', static_cast<quint64>(numberOfB));
        (void)live(rig, {&a, &b}, 60);
        QCOMPARE(rig.fleet.gateways().size(), 2); // one each
        QVERIFY(a.report.id != b.report.id);
        QVERIFY(a.report.id == rig.id('x') || b.report.id == rig.id('x')); // only one of them was renamed
        QCOMPARE(rig.observer.clones.size(), size_t(1));
        QCOMPARE(live(rig, {&a, &b}, 60), size_t(0));
        for (const domain::Gateway &gateway : rig.fleet.gateways())
            QCOMPARE(gateway.presence.state, PresenceState::Connected);
    }

    // S17: the other one is left in peace.
    void oneThatKeepsItsUidBothersNobody()
    {
        FleetRig rig;
        Agent a(rig, 'x', 40);
        Agent b(rig, 'x', 7);
        a.takesNewUids = b.takesNewUids = false;
        (void)live(rig, {&a, &b}, 60);
        const int connectionsBefore = std::min(a.connections, b.connections);
        (void)live(rig, {&a, &b}, 300);
        QCOMPARE(std::min(a.connections, b.connections), connectionsBefore); // one of them is left in peace
        QCOMPARE(rig.fleet.gateways().size(), 1);
        QCOMPARE(rig.gateway('x').presence.state, PresenceState::Connected);
    }

    // S17: there is no connection to tell them apart by.
    void renamesOverHttp()
    {
        FleetRig rig;
        domain::AgentReport a = rig.full('x');
        domain::AgentReport b = rig.full('x');
        a.sequence = 40;
        b.sequence = 7;
        QByteArray given;
        for (int i = 0; i < 12; ++i) {
            for (domain::AgentReport *one : {&a, &b}) {
                one->digest = QByteArray::number(one->sequence) + (one == &a ? "a" : "b");
                const QByteArray uid = newUidIn(rig.fleet.handle(FleetRig::http(), *one));
                ++one->sequence;
                if (!uid.isEmpty()) {
                    QVERIFY(given.isEmpty()); // one of them, once
                    given = one->wireUid = uid;
                    one->id = GatewayId(uid);
                }
            }
            rig.pass(30s);
        }
        QVERIFY(!given.isEmpty());
        QCOMPARE(rig.fleet.gateways().size(), 2);
    }

    // X8: a gateway that reconnects counts on.
    void aBrokenNetworkIsNoClone()
    {
        FleetRig rig;
        Agent agent(rig, 'x', 3);
        for (domain::ConnectionId connection = 1; connection < 40; ++connection) {
            agent.connect(connection); // the old one is not seen to be dead
            QVERIFY(newUidIn(agent.say()).isEmpty());
            rig.pass(1s);
        }
        QCOMPARE(rig.fleet.gateways().size(), 1);
        QCOMPARE(rig.port.closed.size(), size_t(38));
    }

    // X8: nor is one whose messages get lost, whatever becomes of its old connections.
    void aFlappingLinkIsNoClone_data()
    {
        QTest::addColumn<int>("lost");
        QTest::addColumn<int>("seconds"); // between two flaps
        QTest::addColumn<QString>("old"); // what becomes of the connection before
        QTest::newRow("X8: silence") << 2 << 2 << QString();
        QTest::newRow("X8: silence, many at once") << 1 << 0 << QString();
        QTest::newRow("X8: silence, slowly") << 3 << 14 << QString();
        QTest::newRow("X8: a reset before the new one") << 2 << 2 << QStringLiteral("reset");
        QTest::newRow("X8: left open, it answers our Close") << 2 << 2 << QStringLiteral("answer");
        QTest::newRow("X8: what was under way comes late") << 2 << 2 << QStringLiteral("late");
    }
    void aFlappingLinkIsNoClone()
    {
        QFETCH(int, lost);
        QFETCH(int, seconds);
        QFETCH(QString, old);
        BadLink link;
        const auto labels = domain::Labels{{QStringLiteral("env"), QStringLiteral("lab")}};
        QVERIFY(!link.flap(0));
        link.rig.fleet.setLabels(link.rig.id('x'), labels);
        for (int i = 0; i < 30; ++i) {
            const domain::ConnectionId before = link.connection;
            if (old == u"reset")
                link.rig.fleet.connectionClosed(before);
            domain::AgentReport late = link.agent.report;
            QVERIFY(!link.flap(lost));
            if (old == u"answer")
                link.rig.fleet.heardAfterClose(before, nullptr);
            if (old == u"late")
                link.rig.fleet.heardAfterClose(before, &late);
            link.rig.pass(std::chrono::seconds(seconds));
        }
        QCOMPARE(link.rig.fleet.gateways().size(), 1);
        QVERIFY(link.rig.observer.clones.empty());
        QCOMPARE(link.rig.gateway('x').labels, labels);
        QCOMPARE(link.rig.gateway('x').presence.state, PresenceState::Connected);
        // It is told as what it is, once, and once more when it is calm.
        QCOMPARE(link.rig.observer.links, QStringList{QStringLiteral("begins 4")});
        for (int i = 0; i < 10; ++i) {
            (void)link.agent.say();
            link.rig.pass(1min);
        }
        QCOMPARE(link.rig.observer.links, (QStringList{QStringLiteral("begins 4"), QStringLiteral("over 30")}));
    }

    void whatIsNoFlap_data()
    {
        QTest::addColumn<QString>("way");
        QTest::newRow("an agent that is started anew counts anew") << QStringLiteral("restart");
        QTest::newRow("it closed its connection itself") << QStringLiteral("close");
        QTest::newRow("we closed it") << QStringLiteral("ours");
        QTest::newRow("over HTTP there is no connection") << QStringLiteral("http");
    }
    void whatIsNoFlap()
    {
        QFETCH(QString, way);
        BadLink link;
        (void)link.flap(0);
        for (int i = 0; i < 10; ++i) {
            domain::ConnectionEnd end;
            if (way == u"restart")
                link.agent.report.sequence = 0;
            else if (way == u"close")
                end = {domain::ConnectionEnd::By::Peer, QStringLiteral("Close 1000")};
            else if (way == u"ours")
                end = byUs;
            if (way == u"http") {
                link.agent.report.sequence += 3;
                link.agent.report.digest.clear();
                (void)link.rig.fleet.handle(FleetRig::http(), link.agent.report);
            } else {
                link.rig.fleet.connectionClosed(link.connection, end);
                (void)link.flap(0);
            }
            link.rig.pass(5s);
        }
        QCOMPARE(link.rig.observer.links, QStringList());
    }

    void linksOneThatIsGone()
    {
        FleetRig rig;
        const domain::ConfigRef wanted = rig.version(QStringLiteral("core"), 1, "a: 1\n");
        (void)rig.fleet.handle(FleetRig::ws(1), rig.full('o'));
        rig.fleet.setLabels(rig.id('o'), {{QStringLiteral("env"), QStringLiteral("lab")}});
        rig.fleet.want(rig.id('o'), wanted, false);
        (void)rig.fleet.handle(FleetRig::ws(2), rig.full('n'));
        QVERIFY(!rig.fleet.link(rig.id('o'), rig.id('n'))); // both are here
        QVERIFY(!rig.fleet.link(rig.id('o'), rig.id('o')));
        QVERIFY(!rig.fleet.link(rig.id('z'), rig.id('n')));
        rig.fleet.connectionClosed(1);
        rig.port.sent.clear();
        QVERIFY(rig.fleet.link(rig.id('o'), rig.id('n')));
        QVERIFY(!rig.fleet.find(rig.id('o')));
        QCOMPARE(rig.gateway('n').labels.value(QStringLiteral("env")), QStringLiteral("lab"));
        QCOMPARE(rig.gateway('n').wanted, std::optional(wanted));
        QCOMPARE(rig.port.sent.size(), size_t(1)); // what was wanted goes out at once
        QCOMPARE(rig.port.sent[0].connection, domain::ConnectionId(2));
        QCOMPARE(rig.observer.moved, (std::vector{std::pair(rig.id('o'), rig.id('n'))}));
        // The old one is a new one if it comes back.
        (void)rig.fleet.handle(FleetRig::ws(3), rig.full('o'));
        QCOMPARE(rig.fleet.gateways().size(), 2);
    }
};

QTEST_GUILESS_MAIN(TestIdentity)
#include "tst_identity.moc"
