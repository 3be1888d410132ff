// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/connectionoffer.h"
#include "tests/domain/samples.h"

#include <QTest>

using namespace flowgate::tests;

namespace {

constexpr quint64 metricsBit = 0x40;
constexpr quint64 logsBit = 0x80;
constexpr quint64 statusBit = 0x8000;

TelemetryWish wish(const char *metrics = "http://a/v1/metrics", const char *logs = "http://a/v1/logs")
{
    return {{QString::fromLatin1(metrics), "Bearer x"}, {QString::fromLatin1(logs), "Bearer x"}};
}

ConnectionOffer whole(const TelemetryWish &wanted = wish())
{
    return {wanted.metrics, wanted.logs};
}

using Change = std::function<void(Gateway &)>;

} // namespace

Q_DECLARE_METATYPE(Change)
Q_DECLARE_METATYPE(flowgate::domain::TelemetryWish)

class TestConnectionOffer final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void decides_data()
    {
        QTest::addColumn<quint64>("capabilities");
        QTest::addColumn<TelemetryWish>("wanted");
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
        const auto row = [](const char *name, quint64 bits, const TelemetryWish &wanted, const Change &change,
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
    }

    void decides()
    {
        QFETCH(quint64, capabilities);
        QFETCH(TelemetryWish, wanted);
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
        }
        QCOMPARE(parts.join(u' '), offered);
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
        // What moves from one field into the next is another setting.
        ConnectionOffer moved;
        moved.ownMetrics = {u"http://a"_s, "b"};
        ConnectionOffer other;
        other.ownMetrics = {u"http://ab"_s, ""};
        QVERIFY(moved.hash().bytes() != other.hash().bytes());
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
