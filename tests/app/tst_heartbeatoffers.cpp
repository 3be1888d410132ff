// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/connections/offeredsettings.h"
#include "tests/app/fleetrig.h"
#include "tests/domain/samples.h"

#include <QTemporaryDir>

using namespace flowgate::tests;
using namespace std::chrono_literals;
using flowgate::app::EndpointReach;
using flowgate::app::OfferTrials;
using flowgate::app::PublicUrl;
using flowgate::app::TlsFacts;

namespace {

constexpr quint64 reporting = FleetRig::supervisor | 0x8000;

/// A fleet whose heartbeat is what the settings say.
struct BeatRig : FleetRig
{
    QTemporaryDir folder;
    flowgate::store::StoreThread store{folder.path(), clock};
    flowgate::domain::Mailbox mailbox;
    std::vector<Event> told;
    flowgate::app::EventLog events{clock, [this](const Event &event) { told.push_back(event); }};
    flowgate::app::Settings settings{store, mailbox, events};
    flowgate::app::TelemetryOffers telemetry;
    flowgate::app::Tokens tokens{clock, store, mailbox, events};
    flowgate::app::OfferedSettings offered{fleet, telemetry, tokens, events};

    BeatRig()
    {
        telemetry.setSettings(settings);
        offered.setReach({{}, u"/v1/opamp"_s, {}, {}});
        fleet.setConnectionWishes(&offered);
        fleet.addObserver(&offered);
        set("heartbeat.gateways", u"all"_s);
        set("heartbeat.interval", u"5s"_s);
        told.clear();
    }

    void set(const char *key, const QString &value)
    {
        settings.taken(QString::fromLatin1(key), value, u"operator"_s);
        if (offered.setSettings(settings))
            fleet.offerConnectionAnew(fleet.gateways().keys());
    }

    /// Seconds in which the control plane looks.
    void look(int seconds = 1)
    {
        for (int i = 0; i < seconds; ++i) {
            pass(1s);
            fleet.offerConnectionAnew(offered.tick());
        }
    }

    static Peer at(ConnectionId connection, const QString &host = u"gw:4320"_s)
    {
        Peer peer = connection == 0 ? http() : ws(connection);
        peer.reachedUs = host;
        peer.authorization = "Bearer secret";
        return peer;
    }

    /// The interval that the reply brings; 0: none.
    static qint64 beat(const ServerReply &reply)
    {
        const auto &offer = normal(reply).connection;
        return offer && offer->opamp ? qint64(offer->opamp->heartbeat.count()) : 0;
    }
    /// As the supervisor takes an offer: goodbye, then a new connection with its numbers from the beginning.
    qint64 comeBack(char which, ConnectionId from, ConnectionId to, quint64 capabilities = supervisor)
    {
        AgentReport goodbye = next(which, capabilities);
        goodbye.disconnect = true;
        (void)fleet.handle(at(from), goodbye);
        numbers[id(which).bytes()] = 0;
        return beat(fleet.handle(at(to), full(which, capabilities)));
    }
    /// What was sent without being asked, as "b=5", and forgotten.
    QStringList pushed()
    {
        QStringList all;
        for (const FakePort::Sent &sent : std::exchange(port.sent, {})) {
            if (beat(sent.reply) > 0)
                all.append(u"%1=%2"_s.arg(QLatin1Char(sent.reply.wireUid.at(0))).arg(beat(sent.reply)));
        }
        all.sort();
        return all;
    }
    QStringList kinds() const
    {
        QStringList kinds;
        for (const Event &event : told) {
            if (event.kind.startsWith(u"heartbeat"))
                kinds.append(event.kind.mid(10));
        }
        return kinds;
    }
};

} // namespace

Q_DECLARE_METATYPE(flowgate::app::EndpointReach)

class TestHeartbeatOffers final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isOffByItself() // X11: it replaces what a gateway has, so it is asked for
    {
        BeatRig rig;
        rig.set("heartbeat.gateways", u"none"_s);
        const ServerReply first = rig.fleet.handle(rig.at(1), rig.full('a'));
        QVERIFY(rig.normal(first).connection && !rig.normal(first).connection->opamp);
        QVERIFY(rig.kinds().isEmpty());
    }

    void isWhole() // CS10, CS13, X10, X11
    {
        BeatRig rig;
        const ServerReply first = rig.fleet.handle(rig.at(1), rig.full('a'));
        const auto &offer = rig.normal(first).connection;
        QVERIFY(offer && offer->opamp && offer->ownMetrics && offer->ownLogs);
        QCOMPARE(*offer->opamp, (OpampSettings{u"ws://gw:4320/v1/opamp"_s, "Bearer secret", {}, 5s}));
    }

    void oneFirstThenTheOthers() // X11
    {
        BeatRig rig;
        QCOMPARE(rig.beat(rig.fleet.handle(rig.at(1), rig.full('a'))), 5);
        QCOMPARE(rig.beat(rig.fleet.handle(rig.at(2), rig.full('b'))), 0);
        QCOMPARE(rig.beat(rig.fleet.handle(rig.at(3), rig.full('c', 0x1))), 0);
        rig.look(3);
        QVERIFY(rig.pushed().isEmpty());
        QCOMPARE(rig.comeBack('a', 1, 4), 0); // it has them: it would come and go for ever
        rig.look();
        QCOMPARE(rig.pushed(), QStringList{u"b=5"_s});
        QCOMPARE(rig.comeBack('b', 2, 5), 0);
        QCOMPARE(rig.beat(rig.fleet.handle(rig.at(6), rig.full('d'))), 5); // late comers need not wait
        QCOMPARE(rig.kinds(), (QStringList{u"tried"_s, u"not_offered"_s, u"passed"_s}));
        rig.look(300);
        QVERIFY(rig.pushed().isEmpty()); // RC9
    }

    void silentOnes() // X11
    {
        BeatRig rig;
        (void)rig.fleet.handle(rig.at(1), rig.full('a'));
        (void)rig.fleet.handle(rig.at(2), rig.full('b'));
        rig.fleet.connectionClosed(1);
        rig.look(119);
        QVERIFY(!rig.kinds().contains(u"stopped"_s));
        rig.look();
        QCOMPARE(rig.kinds(), (QStringList{u"tried"_s, u"stopped"_s}));
        QVERIFY(rig.told.back().text.contains(u"heartbeat.gateways"_s)); // what to do
        QCOMPARE(rig.beat(rig.fleet.handle(rig.at(3), rig.full('c'))), 0);
        rig.look(10);
        QVERIFY(rig.pushed().isEmpty());
        // Late is too late for the others; the gateway itself is not told again.
        QCOMPARE(rig.comeBack('a', 1, 4), 0);
        rig.look(10);
        QVERIFY(rig.pushed().isEmpty());
        // Another setting starts anew.
        rig.set("heartbeat.interval", u"7s"_s);
        QCOMPARE(rig.pushed().size(), 1);
    }

    void triedAgainOnRequest() // X11
    {
        BeatRig rig;
        (void)rig.fleet.handle(rig.at(1), rig.full('a'));
        rig.fleet.connectionClosed(1);
        (void)rig.fleet.handle(rig.at(2), rig.full('b'));
        rig.look(121);
        rig.set("heartbeat.gateways", u"none"_s);
        rig.set("heartbeat.gateways", u"all"_s);
        QCOMPARE(rig.pushed(), QStringList{u"b=5"_s});
        QCOMPARE(rig.kinds(), (QStringList{u"tried"_s, u"stopped"_s, u"tried"_s}));
    }

    void whoSaysWhatBecameOfIt_data() // ST8, X11
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QStringList>("pushed");
        QTest::addColumn<QStringList>("kinds");
        QTest::newRow("applied") << 1 << QStringList{u"b=5"_s} << QStringList{u"tried"_s, u"passed"_s};
        QTest::newRow("applying") << 2 << QStringList{} << QStringList{u"tried"_s};
        QTest::newRow("failed") << 3 << QStringList{} << QStringList{u"tried"_s, u"stopped"_s};
    }

    void whoSaysWhatBecameOfIt()
    {
        QFETCH(int, status);
        QFETCH(QStringList, pushed);
        QFETCH(QStringList, kinds);
        BeatRig rig;
        const ServerReply offer = rig.fleet.handle(rig.at(1), rig.full('a', reporting));
        (void)rig.fleet.handle(rig.at(2), rig.full('b'));
        AgentReport answer = rig.next('a', reporting);
        answer.connectionStatus =
            ConnectionStatus{rig.normal(offer).connection->hash(), ApplyStatus(status), u"no route"_s};
        QCOMPARE(rig.beat(rig.fleet.handle(rig.at(1), answer)), 0);
        rig.look();
        QCOMPARE(rig.pushed(), pushed);
        QCOMPARE(rig.kinds(), kinds);
        QCOMPARE(rig.told.back().text.contains(u"no route"_s), status == 3);
        QCOMPARE(rig.comeBack('a', 1, 3, reporting), 0);
    }

    void polls() // HB2, X11 over HTTP
    {
        BeatRig rig;
        rig.set("heartbeat.interval", u"10m"_s);
        const AgentReport report = rig.full('a');
        const ServerReply first = rig.fleet.handle(rig.at(0), report);
        QCOMPARE(rig.normal(first).connection->opamp->endpoint, u"http://gw:4320/v1/opamp"_s);
        (void)rig.fleet.handle(rig.at(0), report);
        QCOMPARE(rig.kinds(), QStringList{u"tried"_s}); // sent twice, which is no answer (S18)
        QCOMPARE(rig.beat(rig.fleet.handle(rig.at(0), rig.full('b'))), 0);
        // So long it will not ask: no silence.
        rig.fleet.setLiveness({});
        rig.look(100);
        QCOMPARE(rig.gateway('a').presence.state, PresenceState::Connected);
        QCOMPARE(rig.beat(rig.fleet.handle(rig.at(0), rig.next('a'))), 0);
        rig.look();
        QVERIFY(rig.pushed().isEmpty()); // it waits for the poll
        QCOMPARE(rig.beat(rig.fleet.handle(rig.at(0), rig.next('b'))), 600);
        QCOMPARE(rig.beat(rig.fleet.handle(rig.at(0), rig.next('b'))), 0);
        // A process that was started anew has nothing of it.
        rig.numbers[rig.id('a').bytes()] = 0;
        QCOMPARE(rig.beat(rig.fleet.handle(rig.at(0), rig.full('a'))), 600);
    }

    void whoBeganAnewIsToldAgain() // X11, CS5
    {
        BeatRig rig;
        (void)rig.fleet.handle(rig.at(1), rig.full('a'));
        QCOMPARE(rig.comeBack('a', 1, 2), 0);
        // The network broke: the same process, by its numbers.
        rig.fleet.connectionClosed(2);
        QCOMPARE(rig.beat(rig.fleet.handle(rig.at(3), rig.next('a'))), 0);
        // Its supervisor was started anew.
        rig.fleet.connectionClosed(3);
        rig.numbers[rig.id('a').bytes()] = 0;
        QCOMPARE(rig.beat(rig.fleet.handle(rig.at(4), rig.full('a'))), 5);
        QCOMPARE(rig.comeBack('a', 4, 5), 0);
    }

    void ourOwnRestartAsksNobody() // X11, X5b
    {
        BeatRig before;
        (void)before.fleet.handle(before.at(1), before.full('a'));
        QCOMPARE(before.comeBack('a', 1, 2), 0);
        BeatRig rig;
        rig.fleet.restore({before.gateway('a')});
        rig.numbers = before.numbers;
        QCOMPARE(rig.beat(rig.fleet.handle(rig.at(1), rig.next('a'))), 0);
        QVERIFY(rig.kinds().isEmpty());
    }

    void notWhileAConfigIsOnItsWay()
    {
        BeatRig rig;
        rig.set("heartbeat.gateways", u"none"_s);
        (void)rig.fleet.handle(rig.at(1), rig.full('a'));
        const ConfigRef ref = rig.version(u"base"_s, 1, "receivers: {nop: {}}\n");
        rig.fleet.want(rig.id('a'), ref, false);
        rig.port.sent.clear();
        rig.set("heartbeat.gateways", u"all"_s);
        rig.look(3);
        QVERIFY(rig.pushed().isEmpty());
        AgentReport applied = rig.next('a');
        applied.remoteConfigStatus = RemoteConfigStatus{ref.hash, ApplyStatus::Applied, {}};
        (void)rig.fleet.handle(rig.at(1), applied);
        rig.look();
        QCOMPARE(rig.pushed(), QStringList{u"a=5"_s});
    }

    void whatCouldNotBeSentIsSentLater()
    {
        BeatRig rig;
        rig.set("heartbeat.gateways", u"none"_s);
        (void)rig.fleet.handle(rig.at(1), rig.full('a'));
        rig.port.broken = true;
        rig.set("heartbeat.gateways", u"all"_s);
        rig.port.broken = false;
        QCOMPARE(rig.beat(rig.fleet.handle(rig.at(1), rig.next('a'))), 5);
    }

    void notAllAtOnce() // X5b
    {
        BeatRig rig;
        (void)rig.fleet.handle(rig.at(1), rig.full('\1'));
        for (int i = 2; i < 250; ++i)
            (void)rig.fleet.handle(rig.at(ConnectionId(i)), rig.full(char(i)));
        QCOMPARE(rig.comeBack('\1', 1, 1000), 0);
        rig.look();
        QCOMPARE(rig.pushed().size(), OfferTrials::mostASecond);
        rig.look();
        QCOMPARE(rig.pushed().size(), OfferTrials::mostASecond);
        rig.look();
        QCOMPARE(rig.pushed().size(), 248 - 2 * OfferTrials::mostASecond);
    }

    void eachAddressIsTriedByItself() // X11
    {
        BeatRig rig;
        QCOMPARE(rig.beat(rig.fleet.handle(rig.at(1), rig.full('a'))), 5);
        QCOMPARE(rig.beat(rig.fleet.handle(rig.at(2, u"other:4320"_s), rig.full('b'))), 5);
        QCOMPARE(rig.beat(rig.fleet.handle(rig.at(3, u"OTHER:4320"_s), rig.full('c'))), 0);
    }

    void whyNot_data() // X11, CS6
    {
        QTest::addColumn<EndpointReach>("reach");
        QTest::addColumn<QString>("host");
        QTest::addColumn<bool>("encrypted");
        QTest::addColumn<bool>("byProxy");
        QTest::addColumn<quint64>("capabilities");
        QTest::addColumn<QString>("endpoint");
        QTest::addColumn<QString>("why"); // a word of it
        const QString path = u"/v1/opamp"_s;
        TlsFacts own;
        own.isOwn = true;
        own.certificate.names = {u"gw"_s, u"192.0.2.7"_s, u"::1"_s};
        TlsFacts files = own;
        files.isOwn = false;
        TlsFacts clients = files;
        clients.asksClients = true;
        const EndpointReach plain{{}, path, {}, {}};
        const EndpointReach withOwn{{}, path, own, "PEM"};
        const auto proxy = [&](const QString &url, const QByteArray &authority = {}) {
            return EndpointReach{*PublicUrl::parse(url, path), path, {}, authority};
        };
        TlsFacts wild = files;
        wild.certificate.names = {u"*.example.org"_s};
        const quint64 all = FleetRig::supervisor;
        const QString none;
        const auto row = [](const char *name, const EndpointReach &reach, const QString &host, bool encrypted,
                            bool byProxy, quint64 capabilities, const QString &endpoint, const QString &why) {
            QTest::addRow("%s", name) << reach << host << encrypted << byProxy << capabilities << endpoint << why;
        };
        row("CS10 as it came", plain, u"gw:1"_s, false, false, all, u"ws://gw:1/v1/opamp"_s, none);
        row("X11 our own certificate goes along", withOwn, u"gw:1"_s, true, false, all, u"wss://gw:1/v1/opamp"_s, none);
        row("by address", withOwn, u"192.0.2.7:1"_s, true, false, all, u"wss://192.0.2.7:1/v1/opamp"_s, none);
        row("by an IPv6 address", withOwn, u"[::1]:1"_s, true, false, all, u"wss://[::1]:1/v1/opamp"_s, none);
        row("plain beside TLS", withOwn, u"gw:1"_s, false, false, all, u"ws://gw:1/v1/opamp"_s, none);
        row("X11 a name that the certificate has not", withOwn, u"nat:1"_s, true, false, all, none, u"made for"_s);
        row("X11 certificate files", {{}, path, files, {}}, u"gw:1"_s, true, false, all, none, u"files"_s);
        row("X11 certificate files and their authority", {{}, path, files, "CA"}, u"gw:1"_s, true, false, all,
            u"wss://gw:1/v1/opamp"_s, none);
        row("X11 a wildcard", {{}, path, wild, "CA"}, u"gw.example.org"_s, true, false, all,
            u"wss://gw.example.org/v1/opamp"_s, none);
        row("X11 not for the name below", {{}, path, wild, "CA"}, u"a.gw.example.org"_s, true, false, all, none,
            u"made for"_s);
        row("CS6 client certificates", {{}, path, clients, "CA"}, u"gw:1"_s, true, false, all, none, u"client"_s);
        row("no Host header", plain, none, false, false, all, none, u"Host"_s);
        row("X11 a proxy without a word from the operator", plain, u"gw:1"_s, false, true, all, none, u"proxy"_s);
        row("X11 a proxy that encrypts", proxy(u"wss://p/x"_s), u"gw:1"_s, false, true, all, none, u"proxy"_s);
        row("X11 a proxy that encrypts, and its authority", proxy(u"wss://p/x"_s, "CA"), u"gw:1"_s, false, true, all,
            u"wss://p/x/v1/opamp"_s, none);
        row("a proxy that does not", proxy(u"ws://p/x"_s), u"gw:1"_s, false, true, all, u"ws://p/x/v1/opamp"_s, none);
        row("S11 takes none", plain, u"gw:1"_s, false, false, all & ~quint64(0x100), none, u"accepts_opamp"_s);
        row("S11 does not beat", plain, u"gw:1"_s, false, false, all & ~quint64(0x2000), none, u"reports_heartbeat"_s);
    }

    void whyNot()
    {
        QFETCH(EndpointReach, reach);
        QFETCH(QString, host);
        QFETCH(bool, encrypted);
        QFETCH(bool, byProxy);
        QFETCH(quint64, capabilities);
        QFETCH(QString, endpoint);
        QFETCH(QString, why);
        BeatRig rig;
        rig.offered.setReach(reach);
        Peer peer = rig.at(1, host);
        peer.encrypted = encrypted;
        peer.byProxy = byProxy;
        const ServerReply reply = rig.fleet.handle(peer, rig.full('a', capabilities));
        const auto &connection = rig.normal(reply).connection; // none where telemetry is not offered either
        const auto opamp = connection ? connection->opamp : std::nullopt;
        QCOMPARE(opamp ? opamp->endpoint : QString(), endpoint);
        if (opamp)
            QCOMPARE(opamp->caPem, endpoint.startsWith(u"wss:") ? reach.authorityPem : QByteArray());
        QCOMPARE(rig.kinds(), QStringList(why.isEmpty() ? u"tried"_s : u"not_offered"_s));
        QVERIFY(rig.told.back().text.contains(why));
        // Told once, and never with a secret in it (SEC5).
        peer.connection = 2;
        (void)rig.fleet.handle(peer, rig.full('b', capabilities));
        QCOMPARE(rig.kinds().size(), 1);
        for (const Event &event : rig.told)
            QVERIFY(!event.text.contains(u"secret"_s));
    }

    void whoWaitsGetsNothing() // CS14
    {
        BeatRig rig;
        flowgate::app::Entry pending;
        pending.admission = Admission::Pending;
        rig.fleet.setDoor([&](const Peer &, const GatewayId &) { return pending; });
        QVERIFY(!rig.normal(rig.fleet.handle(rig.at(1), rig.full('a'))).connection);
        QVERIFY(rig.kinds().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestHeartbeatOffers)
#include "tst_heartbeatoffers.moc"
