// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/telemetryowner.h"
#include "domain/unmatchedtelemetry.h"

#include <QSet>
#include <QTest>

using namespace flowgate::domain;

namespace {

GatewayId id(char which)
{
    return GatewayId(QByteArray(16, which));
}

InstanceIdClaim claim(char which, bool isApproved = true, bool isHere = true)
{
    return {id(which), isApproved, isHere};
}

UnmatchedSource source(const char *address, quint64 requests, NoOwner why = NoOwner::Unknown)
{
    return {QString::fromLatin1(address), requests, {}, why, {}};
}

} // namespace

Q_DECLARE_METATYPE(flowgate::domain::TelemetrySigns)

/// Whose internal telemetry is, and what is said of telemetry that is nobody's.
class TestTelemetryOwner final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void owns_data()
    {
        QTest::addColumn<TelemetrySigns>("signs");
        QTest::addColumn<QString>("owner"); // a letter, or why it is nobody's
        const auto row = [](const char *name, const TelemetrySigns &signs, const char *owner) {
            QTest::addRow("%s", name) << signs << QString::fromLatin1(owner);
        };
        const bool hasId = true;
        row("no id", {}, "no_id");
        row("an id that nobody goes by", {.hasId = hasId}, "unknown");
        row("the uid", {.hasId = hasId, .named = id('a')}, "a");
        row("described by one", {.hasId = hasId, .claims = {claim('a')}}, "a");
        row("described by two", {.hasId = hasId, .claims = {claim('a'), claim('b')}}, "ambiguous");
        row("described by one that is lost: its successor may be on the way",
            {.hasId = hasId, .claims = {claim('a', true, false)}}, "unknown");
        row("described by one that is here and one that is lost: either may still send",
            {.hasId = hasId, .claims = {claim('a'), claim('b', true, false)}}, "ambiguous");
        row("SEC7 described by one that is not approved", {.hasId = hasId, .claims = {claim('a', false)}}, "unknown");
        row("SEC7 described by one that is not approved, too",
            {.hasId = hasId, .claims = {claim('a'), claim('b', false)}}, "ambiguous");
        row("the uid of one, run by another that took its config over",
            {.hasId = hasId, .named = id('a'), .claims = {claim('b')}}, "ambiguous");
        row("SEC7 a stranger that describes the uid of one takes nothing from it",
            {.hasId = hasId, .named = id('a'), .claims = {claim('b', false)}}, "a");

        row("marked, no id", {.marked = id('a')}, "a");
        row("marked, an id that nobody goes by", {.hasId = hasId, .marked = id('a')}, "a");
        row("marked, its uid", {.hasId = hasId, .marked = id('a'), .named = id('a')}, "a");
        row("marked, its uid, which another one runs with",
            {.hasId = hasId, .marked = id('a'), .named = id('a'), .claims = {claim('b')}}, "a");
        row("marked, the uid of another one, which it runs with",
            {.hasId = hasId, .marked = id('a'), .named = id('b'), .claims = {claim('a')}, .markedClaims = true}, "a");
        row("marked, an id of many, itself among them",
            {.hasId = hasId, .marked = id('a'), .claims = {claim('b'), claim('c')}, .markedClaims = true}, "a");
        row("marked, the uid of another one: a copy, or it moved",
            {.hasId = hasId, .marked = id('a'), .named = id('b')}, "ambiguous");
        row("marked, an id that another one describes", {.hasId = hasId, .marked = id('a'), .claims = {claim('b')}},
            "ambiguous");
    }
    void owns()
    {
        QFETCH(TelemetrySigns, signs);
        QFETCH(QString, owner);
        const auto found = telemetryOwner(signs);
        QCOMPARE(found ? QString::fromLatin1(found->bytes().first(1)) : word(found.error()), owner);
    }

    void wordsAreTold()
    {
        for (const NoOwner why : {NoOwner::NoId, NoOwner::Unknown, NoOwner::Ambiguous})
            QCOMPARE(noOwnerFromWord(word(why)), std::optional(why));
        QVERIFY(!noOwnerFromWord(u"other"));
    }

    void tally()
    {
        UnmatchedTally tally;
        const auto at = [](int second) { return WallTime(std::chrono::seconds(second)); };
        tally.note(QStringLiteral("10.0.0.3"), NoOwner::NoId, {}, at(1));
        tally.note(QStringLiteral("10.0.0.4"), NoOwner::Unknown, QStringLiteral("x"), at(2));
        tally.note(QStringLiteral("10.0.0.3"), NoOwner::Ambiguous, QString(500, u'y'), at(3));
        QCOMPARE(tally.requests(), quint64(3));
        const std::vector<UnmatchedSource> expected{
            {QStringLiteral("10.0.0.3"), 2, at(3), NoOwner::Ambiguous, QString(100, u'y')},
            {QStringLiteral("10.0.0.4"), 1, at(2), NoOwner::Unknown, QStringLiteral("x")},
        };
        QVERIFY(tally.sources() == expected);
    }

    void tallyIsBounded() // SEC6
    {
        UnmatchedTally tally;
        for (int i = 0; i < 1000; ++i)
            tally.note(QString::number(i), NoOwner::Unknown, {}, WallTime(std::chrono::seconds(i)));
        QCOMPARE(tally.requests(), quint64(1000));
        QCOMPARE(tally.sources().size(), size_t(UnmatchedTally::mostAddresses));
        QCOMPARE(tally.sources().front().address, QStringLiteral("999"));
        QCOMPARE(tally.sources().back().address, QStringLiteral("900"));
    }

    void nearest_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("found");
        QTest::addRow("its own address, though others sent more")
            << QStringLiteral("10.0.0.3") << QStringLiteral("10.0.0.3");
        QTest::addRow("else who sent most") << QStringLiteral("10.0.0.9") << QStringLiteral("10.0.0.4");
    }
    void nearest()
    {
        QFETCH(QString, address);
        QFETCH(QString, found);
        const std::vector<UnmatchedSource> all{source("10.0.0.3", 1), source("10.0.0.4", 9), source("10.0.0.5", 5)};
        QCOMPARE(nearestSource(all, address)->address, found);
        QVERIFY(!nearestSource({}, address));
    }

    void texts_data()
    {
        QTest::addColumn<UnmatchedSource>("from");
        QTest::addColumn<bool>("isItsOwn");
        QTest::addColumn<QString>("text");
        QTest::addRow("unknown") << source("10.0.0.3", 12) << false
                                 << QStringLiteral(
                                        "12 requests with an unknown service.instance.id came from 10.0.0.3");
        QTest::addRow("one, from its address")
            << source("10.0.0.3", 1, NoOwner::NoId) << true
            << QStringLiteral("1 request without a service.instance.id came from 10.0.0.3, its own address");
        QTest::addRow("ambiguous") << source("[::1]", 2, NoOwner::Ambiguous) << false
                                   << QStringLiteral(
                                          "2 requests with a service.instance.id of several gateways came from [::1]");
    }
    void texts()
    {
        QFETCH(UnmatchedSource, from);
        QFETCH(bool, isItsOwn);
        QFETCH(QString, text);
        QCOMPARE(unmatchedText(from, isItsOwn), text);
    }
};

QTEST_APPLESS_MAIN(TestTelemetryOwner)
#include "tst_telemetryowner.moc"
