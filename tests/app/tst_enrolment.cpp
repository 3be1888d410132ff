// SPDX-License-Identifier: GPL-3.0-or-later
// From a bootstrap token to one of its own: what a gateway is given on the way, and what the old one is good for then.
#include "app/connections/offeredsettings.h"
#include "app/tokens/gatekeeper.h"
#include "tests/app/fleetrig.h"
#include "tests/domain/samples.h"
#include "tests/support/patience.h"

#include <QTemporaryDir>

using namespace flowgate::tests;
using namespace std::chrono_literals;
using flowgate::app::MadeToken;
using flowgate::app::TokenWish;

namespace {

constexpr quint64 reporting = FleetRig::supervisor | 0x8000;

/// A fleet behind a door that asks for tokens.
struct DoorRig : FleetRig
{
    QTemporaryDir folder;
    flowgate::domain::Mailbox mailbox; // outlives the store, which posts to it
    flowgate::store::StoreThread store{folder.path(), clock};
    std::vector<Event> told;
    flowgate::app::EventLog events{clock, [this](const Event &event) { told.push_back(event); }};
    flowgate::app::Settings settings{store, mailbox, events};
    flowgate::app::TelemetryOffers telemetry;
    flowgate::app::Tokens tokens{clock, store, mailbox, events};
    flowgate::app::Refusals refusals{clock, events};
    flowgate::app::Gatekeeper gatekeeper{clock, tokens, fleet, settings, events, refusals};
    flowgate::app::OfferedSettings offered{fleet, telemetry, tokens, events};
    QByteArray bootstrap;

    explicit DoorRig(bool approves = true)
    {
        if (!store.open())
            qFatal("no database");
        telemetry.setSettings(settings);
        offered.setReach({{}, u"/v1/opamp"_s, {}, {}});
        gatekeeper.setRequirement(true);
        fleet.setConnectionWishes(&offered);
        fleet.addObserver(&gatekeeper);
        fleet.addObserver(&offered);
        fleet.setDoor([this](const Peer &peer, const GatewayId &id) { return gatekeeper.enter(peer, id); });
        bootstrap = make(u"site"_s, TokenScope::Bootstrap, approves);
        told.clear();
    }

    QByteArray make(const QString &name, TokenScope scope, bool approves)
    {
        TokenWish wish;
        wish.name = name;
        wish.scope = scope;
        wish.approves = approves;
        QByteArray text;
        tokens.create(wish, [&](const flowgate::app::Outcome<MadeToken> &made) {
            text = made ? made->text.toLatin1() : QByteArray("none");
        });
        (void)QTest::qWaitFor([&] { return !text.isEmpty(); }, patience);
        return "Bearer " + text;
    }

    static Peer at(ConnectionId connection, const QByteArray &authorization)
    {
        Peer peer = connection == 0 ? http() : ws(connection);
        peer.reachedUs = u"gw:4320"_s;
        peer.authorization = authorization;
        return peer;
    }

    /// The credential that it was offered since the last call; empty: none.
    QByteArray credential(char which)
    {
        QByteArray found;
        for (const FakePort::Sent &sent : std::exchange(port.sent, {})) {
            const auto &offer = normal(sent.reply).connection;
            if (sent.reply.wireUid == id(which).bytes() && offer && offer->opamp)
                found = offer->opamp->authorization;
        }
        return found;
    }
    /// It is written down first, so it takes a moment.
    QByteArray waitForCredential(char which)
    {
        QByteArray found;
        (void)QTest::qWaitFor(
            [&] {
                fleet.offerConnectionAnew(offered.tick());
                found = credential(which);
                return !found.isEmpty();
            },
            patience);
        return found;
    }
    /// As the supervisor takes an offer: goodbye, then a new connection with its numbers from the beginning.
    ServerReply comeBack(char which, const Peer &from, const Peer &to, quint64 capabilities = supervisor)
    {
        AgentReport goodbye = next(which, capabilities);
        goodbye.disconnect = true;
        (void)fleet.handle(from, goodbye);
        return startAnew(which, to, capabilities);
    }
    ServerReply startAnew(char which, const Peer &to, quint64 capabilities = supervisor)
    {
        numbers[id(which).bytes()] = 0;
        return fleet.handle(to, full(which, capabilities));
    }
    /// Comes with the bootstrap token, is given its own, and comes with that. @return that
    QByteArray enrol(char which, ConnectionId first, ConnectionId second)
    {
        (void)fleet.handle(at(first, bootstrap), full(which));
        const QByteArray own = waitForCredential(which);
        (void)comeBack(which, at(first, bootstrap), at(second, own));
        return own;
    }
    bool isRefused(const ServerReply &reply) const { return std::holds_alternative<ErrorReply>(reply.body); }
    int countOf(const QString &kind) const { return static_cast<int>(std::ranges::count(told, kind, &Event::kind)); }
    std::vector<Token> live() const
    {
        std::vector<Token> live;
        std::ranges::copy_if(tokens.all(), std::back_inserter(live),
                             [this](const Token &token) { return isLive(token, clock.now()); });
        return live;
    }
};

} // namespace

class TestEnrolment final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void getsItsOwn() // CS10, CS11, CS13, CS15
    {
        DoorRig rig;
        const ServerReply first = rig.fleet.handle(rig.at(1, rig.bootstrap), rig.full('a'));
        QVERIFY(!rig.normal(first).connection); // not on disk yet
        QVERIFY(rig.gateway('a').presence.onBootstrap);
        const QByteArray own = rig.waitForCredential('a');
        QVERIFY(own.startsWith("Bearer fgt_") && own != rig.bootstrap);
        const Token issued = rig.tokens.all().back();
        QCOMPARE(issued.issuedTo, std::optional(rig.id('a')));
        QCOMPARE(issued.issuedFor, u"site"_s);
        QVERIFY(!issued.boundTo && issued.name.startsWith(u"site."_s));
        // With it come the rest of the connection settings, and no other way to us.
        const ServerReply reply = rig.comeBack('a', rig.at(1, rig.bootstrap), rig.at(2, own));
        const auto &rest = rig.normal(reply).connection;
        QVERIFY(rest && rest->ownMetrics && rest->ownLogs && !rest->opamp);
        QCOMPARE(rest->ownMetrics->authorization, own);
        QVERIFY(!rig.gateway('a').presence.onBootstrap);
        QCOMPARE(rig.gateway('a').presence.token, issued.name);
        QCOMPARE(rig.tokens.all().back().boundTo, std::optional(rig.id('a')));
        QCOMPARE(rig.countOf(u"own_token_tried"_s), 1);
        QCOMPARE(rig.countOf(u"own_token_passed"_s), 1);
        for (const Event &event : rig.told) // SEC5
            QVERIFY2(!event.text.contains(QString::fromLatin1(own.mid(7))), qPrintable(event.text));
    }

    void theBootstrapTokenAloneGivesNothing() // CS15
    {
        DoorRig rig;
        (void)rig.fleet.handle(rig.at(1, rig.bootstrap), rig.full('a'));
        const ConfigRef ref = rig.version(u"base"_s, 1, "receivers: {nop: {}}\n");
        rig.fleet.want(rig.id('a'), ref, false);
        QVERIFY(!rig.fleet.restart(rig.id('a')));
        const QByteArray own = rig.waitForCredential('a');
        QVERIFY(!own.isEmpty());
        for (const FakePort::Sent &sent : rig.port.sent)
            QVERIFY(!rig.normal(sent.reply).remoteConfig);
        QVERIFY(!rig.normal(rig.fleet.handle(rig.at(1, rig.bootstrap), rig.next('a'))).remoteConfig);
        QCOMPARE(rig.gateway('a').config.state, ConfigState::Waiting);
        QVERIFY(rig.gateway('a').config.why.contains(u"token of its own"_s));
        const ServerReply reply = rig.comeBack('a', rig.at(1, rig.bootstrap), rig.at(2, own));
        QVERIFY(rig.normal(reply).remoteConfig);
        QCOMPARE(rig.normal(reply).remoteConfig->hash, ref.hash);
    }

    void bothCountUntilItCame() // CS11
    {
        DoorRig rig;
        (void)rig.fleet.handle(rig.at(1, rig.bootstrap), rig.full('a', reporting));
        QVERIFY(!rig.waitForCredential('a').isEmpty());
        const Token issued = rig.tokens.all().back();
        // It could not come with it, and says so by the old one.
        ConnectionHash offered = rig.gateway('a').offeredConnection;
        AgentReport failed = rig.full('a', reporting);
        failed.connectionStatus = ConnectionStatus{offered, ApplyStatus::Failed, u"no route"_s};
        QVERIFY(!rig.isRefused(rig.fleet.handle(rig.at(2, rig.bootstrap), failed)));
        QCOMPARE(rig.gateway('a').connectionStatus->status, ApplyStatus::Failed);
        QVERIFY(rig.tokens.all().back().revokedAt);
        QCOMPARE(rig.countOf(u"own_token_stopped"_s), 1);
        rig.fleet.offerConnectionAnew({rig.id('a')});
        QTest::qWait(0);
        QCOMPARE(rig.tokens.all().back().hash, issued.hash); // no other one for it
        QVERIFY(rig.credential('a').isEmpty());
    }

    void oneFirstThenTheOthers() // X11
    {
        DoorRig rig;
        (void)rig.fleet.handle(rig.at(1, rig.bootstrap), rig.full('a'));
        const QByteArray own = rig.waitForCredential('a');
        (void)rig.fleet.handle(rig.at(2, rig.bootstrap), rig.full('b'));
        QTRY_COMPARE(rig.tokens.all().size(), size_t(3));
        rig.fleet.offerConnectionAnew(rig.offered.tick());
        QVERIFY(rig.credential('b').isEmpty());
        (void)rig.comeBack('a', rig.at(1, rig.bootstrap), rig.at(3, own));
        const QByteArray second = rig.waitForCredential('b');
        QVERIFY(!second.isEmpty() && second != own);
        // Neither gets in with the other's.
        QVERIFY(rig.isRefused(rig.fleet.handle(rig.at(4, own), rig.full('b'))));
        QVERIFY(rig.isRefused(rig.fleet.handle(rig.at(5, second), rig.full('a'))));
    }

    void whoHasItsOwnNeedsNoBootstrap() // SEC7, CS15
    {
        DoorRig rig;
        const QByteArray own = rig.enrol('a', 1, 2);
        rig.fleet.connectionClosed(2);
        // Its supervisor was started anew, and has forgotten what it was offered.
        QVERIFY(!rig.isRefused(rig.startAnew('a', rig.at(4, rig.bootstrap))));
        QCOMPARE(rig.gateway('a').admission, Admission::Approved); // that token approves
        QVERIFY(rig.gateway('a').presence.onBootstrap);
        const QByteArray next = rig.waitForCredential('a');
        QVERIFY(!next.isEmpty() && next != own);
        QCOMPARE(rig.live().size(), size_t(3)); // CS11: both of its own
        (void)rig.comeBack('a', rig.at(4, rig.bootstrap), rig.at(5, next));
        QCOMPARE(rig.live().size(), size_t(2));
        QVERIFY(rig.isRefused(rig.fleet.handle(rig.at(6, own), rig.next('a'))));
        QVERIFY(!rig.isRefused(rig.fleet.handle(rig.at(7, next), rig.next('a'))));
        // What ended is forgotten some day, and what counts is found as before.
        QCOMPARE(rig.tokens.all().size(), size_t(3));
        rig.tokens.dropIssued(rig.clock.now());
        QCOMPARE(rig.tokens.all().size(), size_t(3));
        rig.clock.advance(1s);
        rig.tokens.dropIssued(rig.clock.now());
        QCOMPARE(rig.tokens.all().size(), size_t(2));
        QVERIFY(rig.isRefused(rig.fleet.handle(rig.at(8, own), rig.next('a'))));
        QVERIFY(rig.tokens.ownedBy(rig.id('a')) && rig.tokens.find(QByteArrayView(next).sliced(7)));
        rig.tokens.writeUses();
    }

    // X8, S17: copies of one machine have one uid, and all come with the bootstrap token.
    void aCloneGetsItsOwnUid()
    {
        DoorRig rig;
        const QByteArray own = rig.enrol('a', 1, 2);
        const Gateway before = rig.gateway('a');
        AgentReport copy = rig.full('a');
        const ServerReply told = rig.fleet.handle(rig.at(3, rig.bootstrap), copy);
        const QByteArray given = rig.normal(told).newInstanceUid;
        QVERIFY(given.size() == 16 && given != copy.wireUid && !rig.normal(told).connection);
        QCOMPARE(rig.gateway('a'), before); // nothing of what it said is taken for the word of the other one
        QCOMPARE(rig.port.closed, std::vector<ConnectionId>{});
        copy.id = GatewayId(given);
        copy.wireUid = given;
        QVERIFY(!rig.isRefused(rig.fleet.handle(rig.at(3, rig.bootstrap), copy)));
        QVERIFY(rig.fleet.find(copy.id)->presence.onBootstrap);
        QTRY_COMPARE(rig.tokens.all().back().issuedTo, std::optional(copy.id));
        QVERIFY(!rig.isRefused(rig.fleet.handle(rig.at(2, own), rig.next('a'))));
    }

    void whoComesAnewWaits_data() // CS14, CS15
    {
        QTest::addColumn<bool>("overHttp");
        QTest::newRow("by WebSocket") << false;
        QTest::newRow("over HTTP, where each poll is judged") << true;
    }

    void whoComesAnewWaits()
    {
        QFETCH(bool, overHttp);
        DoorRig rig(false);
        (void)rig.fleet.handle(rig.at(1, rig.bootstrap), rig.full('a'));
        QCOMPARE(rig.gateway('a').admission, Admission::Pending);
        const auto approve = [&] {
            rig.fleet.admit(rig.id('a'), Admission::Approved, {AdmittedBy::Operator, {}, rig.clock.now()});
        };
        approve();
        const QByteArray own = rig.waitForCredential('a');
        (void)rig.comeBack('a', rig.at(1, rig.bootstrap), rig.at(2, own));
        rig.fleet.connectionClosed(2);
        const Peer anew = rig.at(overHttp ? 0 : 3, rig.bootstrap);
        (void)rig.startAnew('a', anew);
        QCOMPARE(rig.gateway('a').admission, Admission::Pending);
        QCOMPARE(rig.countOf(u"gateway_pending"_s), 1);
        // The real one may come back all the same.
        (void)rig.startAnew('a', rig.at(4, own));
        QCOMPARE(rig.gateway('a').admission, Admission::Approved);
        rig.fleet.connectionClosed(4);
        (void)rig.startAnew('a', anew);
        QCOMPARE(rig.gateway('a').admission, Admission::Pending);
        approve();
        (void)rig.fleet.handle(anew, rig.next('a'));
        QCOMPARE(rig.gateway('a').admission, Admission::Approved);
        QVERIFY(rig.isRefused(rig.startAnew('a', rig.at(6, own)))); // the operator's word ended it
    }

    void whyNot_data() // CS6, S11
    {
        QTest::addColumn<quint64>("capabilities");
        QTest::addColumn<QString>("host");
        QTest::addColumn<QString>("why");
        QTest::newRow("S11 it takes none")
            << (FleetRig::supervisor & ~quint64(0x100)) << u"gw:4320"_s << u"accepts_opamp_connection_settings"_s;
        QTest::newRow("CS10 by which address is not known") << FleetRig::supervisor << QString() << u"Host header"_s;
    }

    void whyNot()
    {
        QFETCH(quint64, capabilities);
        QFETCH(QString, host);
        QFETCH(QString, why);
        DoorRig rig;
        Peer peer = rig.at(1, rig.bootstrap);
        peer.reachedUs = host;
        for (const char which : {'a', 'b'})
            (void)rig.fleet.handle(peer, rig.full(which, capabilities));
        QCOMPARE(rig.countOf(u"own_token_not_offered"_s), 1);
        QVERIFY2(rig.told.back().text.contains(why), qPrintable(rig.told.back().text));
        QCOMPARE(rig.tokens.all().size(), size_t(1));
    }

    void followsItsUid() // X12
    {
        DoorRig rig;
        const QByteArray own = rig.enrol('a', 1, 2);
        rig.tokens.rebind(rig.id('a'), rig.id('z'));
        QVERIFY(rig.isRefused(rig.fleet.handle(rig.at(3, own), rig.full('b'))));
        QVERIFY(!rig.isRefused(rig.fleet.handle(rig.at(4, own), rig.full('z'))));
    }

    void forgettingEndsWhatWasNotTaken()
    {
        DoorRig rig;
        (void)rig.fleet.handle(rig.at(1, rig.bootstrap), rig.full('a'));
        QVERIFY(!rig.waitForCredential('a').isEmpty());
        rig.fleet.connectionClosed(1);
        rig.fleet.forget({rig.id('a')});
        QCOMPARE(rig.live().size(), size_t(1));
    }
};

QTEST_GUILESS_MAIN(TestEnrolment)
#include "tst_enrolment.moc"
