// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/connections/offeredsettings.h"
#include "tests/app/fleetrig.h"
#include "tests/domain/samples.h"

#include <QTemporaryDir>

using namespace flowgate::tests;
using flowgate::app::PublicUrl;
using flowgate::app::Setting;
using flowgate::app::Settings;
using flowgate::app::TelemetryOffers;

namespace {

/// A fleet whose telemetry goes where the settings say.
struct OfferRig : FleetRig
{
    QTemporaryDir folder;
    flowgate::store::StoreThread store{folder.path(), clock};
    flowgate::domain::Mailbox mailbox;
    flowgate::app::EventLog events{clock, [](const Event &) {}};
    Settings settings{store, mailbox, events};
    TelemetryOffers offers;
    flowgate::app::Tokens tokens{clock, store, mailbox, events};
    flowgate::app::OfferedSettings offered{fleet, offers, tokens, events};

    OfferRig()
    {
        offers.setSettings(settings);
        fleet.setConnectionWishes(&offered);
    }

    void set(const char *key, const QString &value)
    {
        settings.taken(QString::fromLatin1(key), value, u"operator"_s);
        if (offers.setSettings(settings))
            fleet.offerConnectionAnew(fleet.gateways().keys());
    }

    static Peer at(ConnectionId connection, const QString &host = u"gw:4320"_s, bool encrypted = false)
    {
        Peer peer = ws(connection);
        peer.reachedUs = host;
        peer.encrypted = encrypted;
        peer.authorization = "Bearer t";
        return peer;
    }

    /// Where metrics go by this reply; "-": nothing is said of it, "": they are switched off.
    static QString metrics(const ServerReply &reply)
    {
        const auto &offer = normal(reply).connection;
        return offer && offer->ownMetrics ? offer->ownMetrics->endpoint : u"-"_s;
    }
};

} // namespace

class TestTelemetryOffers final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void onceAConnection() // CS4, CS5, X15
    {
        OfferRig rig;
        const ServerReply first = rig.fleet.handle(rig.at(1), rig.full('a'));
        QCOMPARE(rig.metrics(first), u"http://gw:4320/v1/metrics"_s);
        QCOMPARE(rig.normal(first).connection->ownLogs->endpoint, u"http://gw:4320/v1/logs"_s);
        QCOMPARE(rig.normal(first).connection->ownLogs->authorization, QByteArray("Bearer t"));
        for (int i = 0; i < 3; ++i)
            QCOMPARE(rig.metrics(rig.fleet.handle(rig.at(1), rig.next('a'))), u"-"_s);
        QCOMPARE(rig.metrics(rig.fleet.handle(rig.at(2), rig.next('a'))), u"http://gw:4320/v1/metrics"_s);
        QVERIFY(rig.port.sent.empty()); // all of it went with replies
        QVERIFY(!rig.gateway('a').offeredConnection.isEmpty());
    }

    void areMarkedWithTheUid()
    {
        OfferRig rig;
        const ServerReply first = rig.fleet.handle(rig.at(1), rig.full('a'));
        const QByteArray uid = flowgate::domain::uuidText(rig.id('a')).toLatin1();
        QCOMPARE(rig.normal(first).connection->ownMetrics->mark, uid);
        QCOMPARE(rig.normal(first).connection->ownLogs->mark, uid);
        rig.set("telemetry.logs", u"none"_s);
        QVERIFY(rig.normal(rig.port.sent.back().reply).connection->ownLogs->mark.isEmpty());
    }

    /// A fleet that an earlier version made offers to: its Collectors go on as they are, unless the mark is needed.
    void olderOffersStay()
    {
        OfferRig rig;
        const ServerReply first = rig.fleet.handle(rig.at(1), rig.full('a'));
        ConnectionOffer before = *rig.normal(first).connection;
        before.ownMetrics->mark.clear();
        before.ownLogs->mark.clear();
        Gateway stored = rig.gateway('a');
        stored.offeredConnection = before.hash();

        OfferRig later;
        bool isNeeded = false;
        later.offers.setNeedsMark([&isNeeded](const Gateway &) { return isNeeded; });
        later.fleet.restore({stored});
        const ServerReply again = later.fleet.handle(later.at(1), later.full('a'));
        QVERIFY(later.normal(again).connection->hash() == before.hash());
        isNeeded = true;
        const ServerReply marked = later.fleet.handle(later.at(2), later.full('a'));
        QVERIFY(!later.normal(marked).connection->ownLogs->mark.isEmpty());
        isNeeded = false; // and back is no other offer
        const ServerReply last = later.fleet.handle(later.at(3), later.full('a'));
        QVERIFY(later.normal(last).connection->hash() == later.normal(marked).connection->hash());
    }

    void pollsAreOneConnection() // CS5 over HTTP
    {
        OfferRig rig;
        Peer peer = rig.http();
        peer.reachedUs = u"gw"_s;
        QCOMPARE(rig.metrics(rig.fleet.handle(peer, rig.full('a'))), u"http://gw/v1/metrics"_s);
        QCOMPARE(rig.metrics(rig.fleet.handle(peer, rig.next('a'))), u"-"_s);
        rig.set("telemetry.metrics", u"none"_s);
        QVERIFY(rig.port.sent.empty());
        QCOMPARE(rig.metrics(rig.fleet.handle(peer, rig.next('a'))), QString());
        QCOMPARE(rig.metrics(rig.fleet.handle(peer, rig.next('a'))), u"-"_s);
    }

    void settingsReachWhoIsThere() // CS3, CS31
    {
        OfferRig rig;
        (void)rig.fleet.handle(rig.at(1), rig.full('a'));
        (void)rig.fleet.handle(rig.at(2), rig.full('b', 0x1)); // takes none
        rig.set("telemetry.metrics", u"env=lab"_s);
        QCOMPARE(rig.port.sent.size(), size_t(1));
        QCOMPARE(rig.metrics(rig.port.sent[0].reply), QString());
        QCOMPARE(rig.normal(rig.port.sent[0].reply).connection->ownLogs->endpoint, u"http://gw:4320/v1/logs"_s);
        // A label that the selector reads.
        rig.fleet.setLabels(rig.id('a'), {{u"env"_s, u"lab"_s}});
        QCOMPARE(rig.port.sent.size(), size_t(2));
        QCOMPARE(rig.metrics(rig.port.sent[1].reply), u"http://gw:4320/v1/metrics"_s);
        rig.fleet.setLabels(rig.id('a'), {{u"env"_s, u"lab"_s}, {u"x"_s, u"y"_s}}); // and one that it does not
        QCOMPARE(rig.port.sent.size(), size_t(2));
        rig.set("telemetry.url", u"https://otlp.example.org"_s);
        QCOMPARE(rig.metrics(rig.port.sent[2].reply), u"https://otlp.example.org/v1/metrics"_s);
    }

    void whatCouldNotBeSentIsSentLater()
    {
        OfferRig rig;
        (void)rig.fleet.handle(rig.at(1), rig.full('a'));
        rig.port.broken = true;
        rig.set("telemetry.metrics", u"none"_s);
        rig.port.broken = false;
        QCOMPARE(rig.metrics(rig.fleet.handle(rig.at(1), rig.next('a'))), QString());
    }

    void addresses_data()
    {
        QTest::addColumn<QString>("publicUrl");
        QTest::addColumn<QString>("setting");
        QTest::addColumn<bool>("encrypted");
        QTest::addColumn<bool>("trusted");
        QTest::addColumn<QString>("host");
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("hindrance"); // a word of it
        const QString none;
        const QString automatic = u"auto"_s;
        const QString gw = u"gw:1"_s;
        QTest::newRow("as it reached us")
            << none << automatic << false << true << gw << u"http://gw:1/v1/metrics"_s << none;
        QTest::newRow("encrypted, trusted")
            << none << automatic << true << true << gw << u"https://gw:1/v1/metrics"_s << none;
        QTest::newRow("encrypted, of our own making") << none << automatic << true << false << gw << none << u"CA"_s;
        QTest::newRow("behind a proxy") << u"wss://p.example.org/x"_s << automatic << false << true << gw
                                        << u"https://p.example.org/x/v1/metrics"_s << none;
        QTest::newRow("as set") << u"wss://p.example.org"_s << u"http://otlp:9"_s << true << false << gw
                                << u"http://otlp:9/v1/metrics"_s << none;
        QTest::newRow("no Host header") << none << automatic << false << true << none << none << u"address"_s;
        QTest::newRow("a Host header that is none")
            << none << automatic << false << true << u"a/b c"_s << none << u"address"_s;
    }

    void addresses()
    {
        QFETCH(QString, publicUrl);
        QFETCH(QString, setting);
        QFETCH(bool, encrypted);
        QFETCH(bool, trusted);
        QFETCH(QString, host);
        QFETCH(QString, url);
        QFETCH(QString, hindrance);
        OfferRig rig;
        std::optional<PublicUrl> before;
        if (!publicUrl.isEmpty())
            before = *PublicUrl::parse(publicUrl, u"/v1/opamp"_s);
        rig.offers.setReach(before, trusted);
        rig.set("telemetry.url", setting);
        const Peer peer = rig.at(1, host, encrypted);
        const QString said = rig.metrics(rig.fleet.handle(peer, rig.full('a')));
        QCOMPARE(said, url.isEmpty() ? u"-"_s : url);
        QCOMPARE(rig.offers.hindrance(peer).isEmpty(), hindrance.isEmpty());
        QVERIFY(rig.offers.hindrance(peer).contains(hindrance));
    }
};

QTEST_GUILESS_MAIN(TestTelemetryOffers)
#include "tst_telemetryoffers.moc"
