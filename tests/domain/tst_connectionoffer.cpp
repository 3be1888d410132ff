// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/connectionoffer.h"
#include "tests/domain/samples.h"

#include <QSet>
#include <QTest>

using namespace flowgate::tests;

namespace {

constexpr quint64 metricsBit = 0x40;
constexpr quint64 logsBit = 0x80;
constexpr quint64 statusBit = 0x8000;
constexpr quint64 opampBit = 0x100;
constexpr quint64 beatBit = 0x2000;

ConnectionWish wish(const char *metrics = "http://a/v1/metrics", const char *logs = "http://a/v1/logs")
{
    return {{QString::fromLatin1(metrics), "Bearer x"}, {QString::fromLatin1(logs), "Bearer x"}, {}};
}

ConnectionOffer whole(const ConnectionWish &wanted = wish())
{
    return {wanted.metrics, wanted.logs, {}};
}

OpampSettings opamp(int seconds = 10)
{
    return {u"ws://a:1/v1/opamp"_s, "Bearer x", {}, std::chrono::seconds(seconds)};
}

/// The wish with a heartbeat in it.
ConnectionWish beating(int seconds = 10)
{
    ConnectionWish wanted = wish();
    wanted.opamp = opamp(seconds);
    return wanted;
}

ConnectionWish marked(ConnectionWish wanted)
{
    wanted.metrics.mark = wanted.logs.mark = "uid";
    return wanted;
}

ConnectionWish held(ConnectionWish wanted)
{
    wanted.opampHeld = true;
    return wanted;
}

ConnectionWish lost(ConnectionWish wanted)
{
    wanted.opampLost = true;
    return wanted;
}

using Change = std::function<void(Gateway &)>;

} // namespace

Q_DECLARE_METATYPE(Change)
Q_DECLARE_METATYPE(flowgate::domain::ConnectionWish)
Q_DECLARE_METATYPE(flowgate::domain::ConnectionOffer)

class TestConnectionOffer final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void decides_data()
    {
        QTest::addColumn<quint64>("capabilities");
        QTest::addColumn<ConnectionWish>("wanted");
        QTest::addColumn<Change>("change");
        QTest::addColumn<QByteArray>("sent"); // hash on this connection
        QTest::addColumn<QString>("offered"); // "metrics logs", in brackets where it is switched off; empty: nothing
        const Change none = [](Gateway &) {};
        const QByteArray its = whole().hash().bytes();
        const auto status = [its](ApplyStatus word) {
            return Change([its, word](Gateway &gateway) {
                gateway.connectionStatus = ConnectionStatus{ConnectionHash(its), word, {}};
            });
        };
        const Change before = [](Gateway &gateway) { gateway.offeredConnection = ConnectionHash("before"); };
        const quint64 both = metricsBit | logsBit;
        const auto row = [](const char *name, quint64 bits, const ConnectionWish &wanted, const Change &change,
                            const QByteArray &sent, const char *offered) {
            QTest::addRow("%s", name) << bits << wanted << change << sent << QString::fromLatin1(offered);
        };
        row("CS4 the first message has it", both, wish(), none, {}, "metrics logs");
        row("CS4 the next ones have not", both, wish(), none, its, "");
        row("CS4 nowhere to send to: not set", both, wish("", ""), none, {}, "");
        row("CS1 S11 no bit, no offer", 0x1, wish(), none, {}, "");
        row("CS1 metrics only", metricsBit, wish(), none, {}, "metrics");
        row("CS1 logs only", logsBit, wish(), none, {}, "logs");
        row("CS3 the whole set though one part changed", both, wish("http://a/v1/metrics", "http://b/v1/logs"), before,
            its, "metrics logs");
        row("CS31 one is switched off", both, wish("", "http://a/v1/logs"), before, {}, "(metrics) logs");
        row("CS31 both are switched off", both, wish("", ""), before, {}, "(metrics) (logs)");
        row("CS5 anew on another connection", both, wish(), before, {}, "metrics logs");
        row("CS5 ST8 it has them", both | statusBit, wish(), status(ApplyStatus::Applied), {}, "");
        row("ST8 being applied", both | statusBit, wish(), status(ApplyStatus::Applying), {}, "");
        row("ST8 failed is not sent again", both | statusBit, wish(), status(ApplyStatus::Failed), {}, "");
        row("ST8 other ones are there", both | statusBit, wish("http://b/v1/metrics"), status(ApplyStatus::Applied), {},
            "metrics logs");
        row(
            "not approved", both, wish(), [](Gateway &gateway) { gateway.admission = Admission::Pending; }, {}, "");

        const quint64 beats = both | opampBit | beatBit;
        ConnectionOffer full = whole();
        full.opamp = opamp();
        const QByteArray fullHash = full.hash().bytes();
        const Change has = [fullHash](Gateway &gateway) { gateway.offeredConnection = ConnectionHash(fullHash); };
        const Change overHttp = [](Gateway &gateway) { gateway.presence.transport = Transport::Http; };
        row("HB2 CS13 with the interval", beats, beating(), none, {}, "metrics logs opamp 10s");
        row("S11 without AcceptsOpAMPConnectionSettings", both | beatBit, beating(), none, {}, "metrics logs");
        row("S11 without ReportsHeartbeat", both | opampBit, beating(), none, {}, "metrics logs");
        row("HB2 over HTTP it is the polls' interval", both | opampBit, beating(), overHttp, {},
            "metrics logs opamp 10s");
        row("CS1 nothing but that", opampBit | beatBit, beating(), none, {}, "opamp 10s");
        row("X11 others try it first", beats, held(beating()), none, {}, "metrics logs");
        row("X11 others try it first, and that is all", opampBit | beatBit, held(beating()), none, {}, "");
        row("X11 it came back with them: not again", beats, beating(), has, {}, "");
        row("X11 it came back, and others still try", beats, held(beating()), has, {}, "");
        row("X11 it began anew", beats, lost(beating()), has, {}, "metrics logs opamp 10s");
        row("X11 it began anew over HTTP", beats, lost(beating()), has, fullHash, "metrics logs opamp 10s");
        row("X11 it began anew, and others try", beats, held(lost(beating())), has, fullHash, "metrics logs");
        row("CS2 another interval", beats, beating(5), has, fullHash, "metrics logs opamp 5s");
        row("CS3 not wanted any more: unchanged", beats, wish(), has, fullHash, "metrics logs");
        ConnectionWish nowhere = beating();
        nowhere.opamp->endpoint.clear();
        row("CS10 never without an address", beats, nowhere, none, {}, "metrics logs");
        row(
            "CS31 telemetry is off, and stays so", beats,
            [] {
                ConnectionWish wanted = wish("", "");
                wanted.opamp = opamp();
                return wanted;
            }(),
            none, {}, "(metrics) (logs) opamp 10s");
        row(
            "not approved: no heartbeat either", beats, beating(),
            [](Gateway &gateway) { gateway.admission = Admission::Pending; }, {}, "");
        ConnectionWish alone = beating();
        alone.opampAlone = true;
        row("CS15 its own token first, by itself", beats, alone, none, {}, "opamp 10s");
        row("CS15 HB2 which needs no heartbeat", both | opampBit, alone, none, {}, "opamp 10s");
        row("CS15 S11 without AcceptsOpAMPConnectionSettings", both | beatBit, alone, none, {}, "");
        const auto fullStatus = [fullHash](ApplyStatus word) {
            return Change([fullHash, word](Gateway &gateway) {
                gateway.connectionStatus = ConnectionStatus{ConnectionHash(fullHash), word, {}};
            });
        };
        row("ST8 the heartbeat failed: not again", beats | statusBit, beating(), fullStatus(ApplyStatus::Failed), {},
            "");
        row("ST8 the heartbeat was applied", beats | statusBit, beating(), fullStatus(ApplyStatus::Applied), {}, "");
    }

    void decides()
    {
        QFETCH(quint64, capabilities);
        QFETCH(ConnectionWish, wanted);
        QFETCH(Change, change);
        QFETCH(QByteArray, sent);
        QFETCH(QString, offered);
        Gateway gateway;
        gateway.id = gatewayId('a');
        gateway.capabilities = Capabilities(capabilities);
        change(gateway);
        const auto offer = decideConnectionOffer(gateway, wanted, ConnectionHash(sent));
        QStringList parts;
        const auto add = [&parts](const std::optional<TelemetryDestination> &part, const QString &name) {
            if (part)
                parts.append(part->endpoint.isEmpty() ? u'(' + name + u')' : name);
        };
        if (offer) {
            add(offer->ownMetrics, u"metrics"_s);
            add(offer->ownLogs, u"logs"_s);
            if (offer->opamp)
                parts.append(u"opamp %1s"_s.arg(offer->opamp->heartbeat.count()));
        }
        QCOMPARE(parts.join(u' '), offered);
    }

    /// The mark makes another hash, and with that a supervisor restarts its Collector. Where an earlier version offered
    /// the same without one, that stays; and nothing is offered to and fro (RC9).
    void marks_data()
    {
        QTest::addColumn<ConnectionWish>("wanted");
        QTest::addColumn<ConnectionOffer>("before"); // what was offered last; empty: nothing ever
        QTest::addColumn<bool>("isMarked");          // what goes out on a new connection
        ConnectionWish needed = marked(wish());
        needed.markNeeded = true;
        QTest::addRow("a new gateway") << marked(wish()) << ConnectionOffer{} << true;
        QTest::addRow("the same again") << marked(wish()) << whole(marked(wish())) << true;
        QTest::addRow("offered without a mark before") << marked(wish()) << whole() << false;
        QTest::addRow("offered without, but it goes by another id") << needed << whole() << true;
        QTest::addRow("something else was offered before")
            << marked(wish()) << whole(wish("http://b/v1/metrics")) << true;
        QTest::addRow("with a mark it stays, though it is not needed") << marked(wish()) << whole(needed) << true;
        ConnectionOffer full = whole();
        full.opamp = opamp();
        QTest::addRow("with a heartbeat, offered without a mark before") << marked(beating()) << full << false;
        QTest::addRow("the heartbeat is held, offered without a mark before")
            << held(marked(beating())) << whole() << false;
    }

    void marks()
    {
        QFETCH(ConnectionWish, wanted);
        QFETCH(ConnectionOffer, before);
        QFETCH(bool, isMarked);
        Gateway gateway;
        gateway.id = gatewayId('a');
        gateway.capabilities = Capabilities(metricsBit | logsBit | (before.opamp ? opampBit | beatBit : 0x1));
        if (before != ConnectionOffer{})
            gateway.offeredConnection = before.hash();
        const auto offer = decideConnectionOffer(gateway, wanted, {});
        if (before.opamp) { // X11: it has it, and is not offered it again
            QVERIFY(!offer);
            return;
        }
        QVERIFY(offer);
        QCOMPARE(!offer->ownMetrics->mark.isEmpty(), isMarked);
        QCOMPARE(!offer->ownLogs->mark.isEmpty(), isMarked);
        // What was sent is the same the next time.
        gateway.offeredConnection = offer->hash();
        QVERIFY(!decideConnectionOffer(gateway, wanted, offer->hash()));
        wanted.markNeeded = false;
        QVERIFY(!decideConnectionOffer(gateway, wanted, offer->hash()));
    }

    void hashIsOverEverything() // CS2
    {
        const QByteArray hash = whole().hash().bytes();
        QCOMPARE(hash.size(), 32);
        QCOMPARE(whole().hash().bytes(), hash);
        QVERIFY(whole(wish("http://b/v1/metrics")).hash().bytes() != hash);
        QVERIFY(whole(wish("http://a/v1/metrics", "")).hash().bytes() != hash);
        ConnectionOffer one = whole();
        one.ownMetrics->authorization = "Bearer y";
        QVERIFY(one.hash().bytes() != hash);
        one = whole();
        one.ownLogs.reset();
        QVERIFY(one.hash().bytes() != hash);
        // Known since before there were heartbeats: an offer without one keeps its hash.
        QCOMPARE(hash.toHex(), QByteArray("471869a874837dc737bfdfec90020acee33b75c9b89121fcfac2eeb543c4da0b"));
        QVERIFY(whole(marked(wish())).hash().bytes() != hash);
        one = whole();
        one.opamp = opamp();
        QSet<QByteArray> hashes{hash, one.hash().bytes()};
        for (const auto &change : std::initializer_list<void (*)(OpampSettings &)>{
                 [](OpampSettings &settings) { settings.endpoint += u'x'; },
                 [](OpampSettings &settings) { settings.authorization += 'x'; },
                 [](OpampSettings &settings) { settings.caPem += 'x'; },
                 [](OpampSettings &settings) { settings.heartbeat *= 2; }}) {
            ConnectionOffer other = one;
            change(*other.opamp);
            hashes.insert(other.hash().bytes());
        }
        QCOMPARE(hashes.size(), 6);
        // What moves from one field into the next is another setting.
        ConnectionOffer moved;
        moved.ownMetrics = {u"http://a"_s, "b"};
        ConnectionOffer other;
        other.ownMetrics = {u"http://ab"_s, ""};
        QVERIFY(moved.hash().bytes() != other.hash().bytes());
    }

    void speaksAsTheGatewayDoes() // CS10
    {
        QCOMPARE(opampUrl(u"http://a/v1/opamp"_s, Transport::WebSocket), u"ws://a/v1/opamp"_s);
        QCOMPARE(opampUrl(u"https://a/v1/opamp"_s, Transport::WebSocket), u"wss://a/v1/opamp"_s);
        QCOMPARE(opampUrl(u"https://a/v1/opamp"_s, Transport::Http), u"https://a/v1/opamp"_s);
        QCOMPARE(opampUrl({}, Transport::WebSocket), QString());
    }

    void namesTheAddressThatItWasReachedBy_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<bool>("encrypted");
        QTest::addColumn<QString>("url");
        QTest::newRow("CS30 address and port") << u"192.0.2.7:4320"_s << false << u"http://192.0.2.7:4320/v1/logs"_s;
        QTest::newRow("CS30 encrypted") << u"gw.example.org"_s << true << u"https://gw.example.org/v1/logs"_s;
        QTest::newRow("IPv6") << u"[::1]:4320"_s << false << u"http://[::1]:4320/v1/logs"_s;
        for (const char *bad :
             {"", "a b", "a/b", "user@host", "a?b", "a#b", "[::1", "host:port", "h:99999", ":80", "\xc3\xa4.example"})
            QTest::addRow("none for '%s'", bad) << QString::fromUtf8(bad) << false << QString();
        QTest::newRow("none for a long one") << QString(300, u'a') << false << QString();
    }

    void namesTheAddressThatItWasReachedBy()
    {
        QFETCH(QString, host);
        QFETCH(bool, encrypted);
        QFETCH(QString, url);
        QCOMPARE(urlAt(host, encrypted, u"/v1/logs"_s), url);
    }
};

QTEST_APPLESS_MAIN(TestConnectionOffer)
#include "tst_connectionoffer.moc"
