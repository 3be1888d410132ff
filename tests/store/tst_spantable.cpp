// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/store/oddvalues.h"
#include "tests/store/openedstore.h"

#include <QTest>

using namespace flowgate;
using namespace flowgate::domain;
using namespace flowgate::store;
using flowgate::testing::at;
using flowgate::testing::OddValues;
using flowgate::testing::OpenedStore;

namespace {

Span span(const char *state, qint64 from, std::optional<qint64> to = {}, SpanKind kind = SpanKind::Health)
{
    return {kind, QLatin1StringView(state), at(from), to ? std::optional(at(*to)) : std::nullopt, {}};
}

Span part(const char *path, qint64 from, std::optional<qint64> to = {})
{
    Span one = span("unhealthy", from, to, SpanKind::Component);
    one.part = QLatin1StringView(path);
    return one;
}

struct WithGateway : OpenedStore
{
    WithGateway()
    {
        Gateway gateway;
        gateway.id = id;
        if (!database->gateways.put(gateway))
            qFatal("cannot store the gateway");
    }
    SpanTable &spans() { return database->spans; }
    std::vector<Span> all() { return spans().since(id, at(0)).value_or(std::vector<Span>()); }

    const GatewayId id{QByteArray(16, 's')};
};

using Spans = std::vector<Span>;

} // namespace

Q_DECLARE_METATYPE(NearestChanges)
Q_DECLARE_METATYPE(std::optional<qint64>)

class TestSpanTable final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void followsTheRule();
    void comesBackAsItWas();
    void noncharacters();
    void isQueriedByTime();
    void healsWhatWasLost();
    void needsItsGateway();
    void isPruned();
    void partsAreApart();
    void isDrawn_data();
    void isDrawn();
    void isDrawnByThePixel();
    void knowsAMoment_data();
    void knowsAMoment();
    void knowsAMomentOfManyGateways();
    void findsTheNearestChanges_data();
    void findsTheNearestChanges();
    void saysWhenSomebodyLooked_data();
    void saysWhenSomebodyLooked();
};

// Whatever advanceSpan() says, what is stored is the same history.
void TestSpanTable::followsTheRule()
{
    WithGateway store;
    QRandomGenerator random(3);
    std::map<SpanKind, std::optional<Span>> open;
    Spans expected;
    qint64 now = 1000;
    for (int i = 0; i < 500; ++i) {
        const auto kind = static_cast<SpanKind>(random.bounded(3));
        const char *state = std::array{"healthy", "unhealthy", "lost", "starting"}[size_t(random.bounded(4))];
        now += random.bounded(3) == 0 ? 0 : random.bounded(4000);
        const SpanStep step = advanceSpan(open[kind], kind, QLatin1StringView(state), {}, at(now));
        VERIFY_OK(store.spans().apply(store.id, step));
        if (step.closed)
            expected.push_back(*step.closed);
        if (step.opened)
            open[kind] = step.opened;
    }
    for (const auto &[kind, last] : open)
        expected.push_back(*last);
    const auto byKindAndTime = [](const Span &a, const Span &b) {
        return std::tie(a.kind, a.from, a.to) < std::tie(b.kind, b.from, b.to);
    };
    // Several may begin in one millisecond, the last of them open: nullopt is less than any time, so compare apart.
    Spans stored = store.all();
    QCOMPARE(stored.size(), expected.size());
    std::ranges::stable_sort(stored, byKindAndTime);
    std::ranges::stable_sort(expected, byKindAndTime);
    QCOMPARE(stored, expected);
    QCOMPARE(store.spans().open()->spans.value(store.id).size(), size_t(3));
}

void TestSpanTable::comesBackAsItWas()
{
    WithGateway store;
    for (quint32 seed = 1; seed <= 100; ++seed) {
        OddValues odd(seed);
        Span expected = odd.span(static_cast<SpanKind>(odd.below(3)));
        expected.to = odd.time();
        Gateway gateway;
        gateway.id = odd.id();
        VERIFY_OK(store.database->gateways.put(gateway));
        VERIFY_OK(store.spans().insert(gateway.id, expected));
        QCOMPARE(*store.spans().since(gateway.id, WallTime::min()), Spans{expected});
    }
}

// SQLite turns the two code points that never stand for a character into U+FFFD on their way in from UTF-16.
void TestSpanTable::noncharacters()
{
    WithGateway store;
    Span strange = span("x", 1, 2);
    strange.detail = QString(QChar(0xffff)) + QChar(0xfffe) + u'a';
    VERIFY_OK(store.spans().insert(store.id, strange));
    QCOMPARE(store.all().front().detail, QString(QChar(0xfffd)) + QChar(0xfffd) + u'a');
}

void TestSpanTable::isQueriedByTime()
{
    WithGateway store;
    const Spans all{span("starting", 10, 20), span("healthy", 20, 30), span("unhealthy", 30)};
    for (const Span &one : all)
        VERIFY_OK(store.spans().insert(store.id, one));
    QCOMPARE(*store.spans().since(store.id, at(20)), all);
    QCOMPARE(*store.spans().since(store.id, at(21)), (Spans{all[1], all[2]}));
    QCOMPARE(*store.spans().since(store.id, at(1000)), Spans{all[2]});
    QVERIFY(store.spans().since(GatewayId(QByteArray("other")), at(0))->empty());
}

// Where a job was dropped (queue full), the next one still fits.
void TestSpanTable::healsWhatWasLost()
{
    WithGateway store;
    VERIFY_OK(store.spans().insert(store.id, span("healthy", 10)));
    VERIFY_OK(store.spans().insert(store.id, span("unhealthy", 20)));
    QCOMPARE(store.all(), (Spans{span("healthy", 10, 20), span("unhealthy", 20)}));
    VERIFY_OK(store.spans().insert(store.id, span("healthy", 5))); // the clock stepped back: no end before a beginning
    VERIFY_OK(store.spans().close(store.id, span("healthy", 5, 25)));
    VERIFY_OK(store.spans().close(store.id, span("stopping", 25, 30)));
    VERIFY_OK(store.spans().replaceOpen(store.id, span("starting", 30)));
    QCOMPARE(store.all(), (Spans{span("healthy", 5, 25), span("healthy", 10, 20), span("unhealthy", 20, 20),
                                 span("stopping", 25, 30), span("starting", 30)}));
    VERIFY_ERROR(store.spans().close(store.id, span("open", 1)), StoreErrorKind::Conflict);
}

void TestSpanTable::needsItsGateway()
{
    WithGateway store;
    VERIFY_ERROR(store.spans().insert(GatewayId(QByteArray("unknown")), span("healthy", 1)), StoreErrorKind::Conflict);
    VERIFY_OK(store.sql->runOnce(QStringLiteral(
        "INSERT INTO spans VALUES (X'73737373737373737373737373737373', 9, 'mood', '', 1, NULL, '', '')")));
    VERIFY_ERROR(store.spans().since(store.id, at(0)), StoreErrorKind::Damaged);
    QCOMPARE(store.spans().open()->damaged.size(), size_t(1));
}

void TestSpanTable::isPruned()
{
    WithGateway store;
    VERIFY_OK(store.spans().insert(store.id, span("connected", 0, {}, SpanKind::Presence)));
    for (int i = 0; i < 10; ++i)
        VERIFY_OK(store.spans().insert(store.id, span("healthy", i, i + 1)));
    QCOMPARE(*store.spans().prune(at(8), 4), 4);
    QCOMPARE(*store.spans().prune(at(8), 4), 3);
    QCOMPARE(*store.spans().prune(at(8), 4), 0);
    QCOMPARE(store.all(), (Spans{span("connected", 0, {}, SpanKind::Presence), span("healthy", 7, 8),
                                 span("healthy", 8, 9), span("healthy", 9, 10)}));
    QCOMPARE(*store.spans().prune(at(1000)), 3);
    VERIFY_OK(store.spans().insert(store.id, span("healthy", 20, 21)));
    QCOMPARE(store.all().size(), size_t(2));
}

// Several parts of a collector are in trouble at a time; each has a history of its own.
void TestSpanTable::partsAreApart()
{
    WithGateway store;
    VERIFY_OK(store.spans().insert(store.id, part("exporter:a", 10)));
    VERIFY_OK(store.spans().insert(store.id, part("exporter:b", 20)));
    VERIFY_OK(store.spans().insert(store.id, span("unhealthy", 10)));
    VERIFY_OK(store.spans().close(store.id, part("exporter:a", 10, 30)));
    QCOMPARE(store.all(), (Spans{part("exporter:a", 10, 30), span("unhealthy", 10), part("exporter:b", 20)}));
    QCOMPARE(store.spans().open()->spans.value(store.id).size(), size_t(2));
}

void TestSpanTable::isDrawn_data()
{
    QTest::addColumn<std::vector<Span>>("spans");
    QTest::addColumn<QString>("drawn"); // in a window of 100 to 200 with a grain of 10
    const auto row = [](const char *name, const Spans &spans, const char *drawn) {
        QTest::newRow(name) << spans << QString::fromLatin1(drawn);
    };
    row("nothing", {}, "");
    row("covers the window", {span("healthy", 0, 1000)}, "healthy 0-1000");
    row("open, from before", {span("healthy", 0)}, "healthy 0-");
    row("ends at its beginning", {span("healthy", 0, 100)}, "healthy 0-100");
    row("ends before it", {span("healthy", 0, 99)}, "");
    row("begins at its end", {span("healthy", 200, 300), span("lost", 300)}, "");
    row("short ones of one pixel are one, the worst",
        {span("healthy", 120, 122), span("unhealthy", 122, 124), span("starting", 124, 126)}, "3 x unhealthy 120-126");
    row("short ones of two pixels are two", {span("healthy", 118, 119), span("unhealthy", 121, 122)},
        "healthy 118-119; unhealthy 121-122");
    row("as long as a pixel stays as it is", {span("healthy", 120, 130), span("unhealthy", 130, 131)},
        "healthy 120-130; unhealthy 130-131");
    row("a short one that began before the window", {span("lost", 95, 101), span("connected", 101, 102)},
        "connected 101-102; lost 95-101");
    row("other facts are not put together",
        {span("healthy", 120, 121), span("lost", 120, 121, SpanKind::Presence), part("a", 120, 121),
         part("b", 120, 121)},
        "healthy 120-121; lost 120-121; unhealthy 120-121 of a; unhealthy 120-121 of b");
    row("of not observed and healthy the first is told", {span("healthy", 120, 121), span("not_observed", 121, 122)},
        "2 x not_observed 120-122");
}

void TestSpanTable::isDrawn()
{
    QFETCH(std::vector<Span>, spans);
    QFETCH(QString, drawn);
    WithGateway store;
    for (const Span &one : spans)
        VERIFY_OK(store.spans().insert(store.id, one));
    const auto found = store.spans().drawn(store.id, {at(100), at(200), milliseconds(10)});
    VERIFY_OK(found);
    QStringList texts;
    for (const DrawnSpan &one : *found) {
        const auto ms = [](WallTime time) { return QString::number(time.time_since_epoch().count()); };
        texts.append((one.count > 1 ? QStringLiteral("%1 x ").arg(one.count) : QString()) + one.span.state + u' ' +
                     ms(one.span.from) + u'-' + (one.span.to ? ms(*one.span.to) : QString()) +
                     (one.span.part.isEmpty() ? QString() : QStringLiteral(" of ") + one.span.part));
    }
    texts.sort();
    QCOMPARE(texts.join(QStringLiteral("; ")), drawn);
}

// However many there are, no more come back than can be seen, and no failure is lost among them.
void TestSpanTable::isDrawnByThePixel()
{
    WithGateway store;
    const auto begun = Transaction::begin(*store.sql);
    VERIFY_OK(begun);
    constexpr int all = 20'000;
    for (int i = 0; i < all; ++i)
        VERIFY_OK(store.spans().insert(store.id, span(i == 12'345 ? "unhealthy" : "healthy", i, i + 1)));
    const auto found = store.spans().drawn(store.id, {at(0), at(all), milliseconds(all / 100)});
    VERIFY_OK(found);
    QVERIFY(found->size() <= 101);
    int told = 0;
    int failures = 0;
    for (const DrawnSpan &one : *found) {
        told += one.count;
        failures += one.span.state == u"unhealthy" ? 1 : 0;
        QVERIFY(one.span.detail.isEmpty());
    }
    QCOMPARE(told, all);
    QCOMPARE(failures, 1);
}

void TestSpanTable::knowsAMoment_data()
{
    QTest::addColumn<qint64>("moment");
    QTest::addColumn<QStringList>("expected");
    const QString connected = QStringLiteral("connected");
    const QString healthy = QStringLiteral("healthy");
    QTest::addRow("before the first: nothing") << qint64(99) << QStringList{};
    QTest::addRow("a beginning is covered") << qint64(100) << QStringList{connected};
    QTest::addRow("in a closed span") << qint64(150) << QStringList{connected, healthy};
    QTest::addRow("an end belongs to the next") << qint64(200) << QStringList{connected, QStringLiteral("unhealthy")};
    QTest::addRow("in a gap") << qint64(320) << QStringList{connected};
    QTest::addRow("a span of no length is never seen") << qint64(400) << QStringList{connected, healthy};
    QTest::addRow("an open one lasts") << qint64(1'000'000)
                                       << QStringList{connected, healthy, QStringLiteral("in_sync")};
    QTest::addRow("an open one begins") << qint64(500) << QStringList{connected, healthy, QStringLiteral("in_sync")};
    QTest::addRow("just before an open one") << qint64(499) << QStringList{connected, healthy};
}

void TestSpanTable::knowsAMoment()
{
    QFETCH(qint64, moment);
    QFETCH(QStringList, expected);
    WithGateway store;
    VERIFY_OK(store.spans().insert(store.id, span("connected", 100, {}, SpanKind::Presence)));
    VERIFY_OK(store.spans().insert(store.id, span("healthy", 120, 200)));
    VERIFY_OK(store.spans().insert(store.id, span("unhealthy", 200, 300)));
    VERIFY_OK(store.spans().insert(store.id, span("starting", 350, 400)));
    VERIFY_OK(store.spans().insert(store.id, span("stopping", 400, 400)));
    VERIFY_OK(store.spans().insert(store.id, span("healthy", 400)));
    VERIFY_OK(store.spans().insert(store.id, span("in_sync", 500, {}, SpanKind::Config)));
    const auto loaded = store.spans().at(at(moment));
    VERIFY_OK(loaded);
    QCOMPARE(loaded->damaged.size(), size_t(0));
    Spans spans = loaded->spans.value(store.id);
    std::ranges::sort(spans, {}, &Span::kind);
    QStringList states;
    for (const Span &one : spans)
        states.append(one.state);
    QCOMPARE(states, expected);
    QCOMPARE(loaded->spans.size(), expected.isEmpty() ? 0 : 1);
}

// Whatever the histories are, and however much of them was pruned: what covers the moment, and nothing else.
void TestSpanTable::knowsAMomentOfManyGateways()
{
    OpenedStore store;
    QRandomGenerator random(5);
    SpansByGateway all;
    for (int number = 0; number < 20; ++number) {
        Gateway gateway;
        gateway.id = GatewayId(QByteArray(15, 'm') + char('a' + number));
        VERIFY_OK(store.database->gateways.put(gateway));
        for (const SpanKind kind : {SpanKind::Presence, SpanKind::Health, SpanKind::Config}) {
            qint64 from = random.bounded(2000);
            for (int i = 0; i < 12; ++i) {
                const qint64 to = from + 1 + random.bounded(500);
                const Span one = span("healthy", from, i == 11 ? std::nullopt : std::optional(to), kind);
                VERIFY_OK(store.database->spans.insert(gateway.id, one));
                all[gateway.id].push_back(one);
                from = to + (random.bounded(4) == 0 ? random.bounded(300) : 0);
            }
        }
    }
    const auto check = [&](qint64 prunedBefore) {
        for (qint64 moment = 0; moment < 9000; moment += 97) {
            SpansByGateway expected;
            for (auto entry = all.cbegin(); entry != all.cend(); ++entry) {
                for (const Span &one : entry.value()) {
                    const bool isKept = !one.to || *one.to >= at(prunedBefore);
                    if (isKept && one.from <= at(moment) && (!one.to || *one.to > at(moment)))
                        expected[entry.key()].push_back(one);
                }
            }
            const auto loaded = store.database->spans.at(at(moment));
            VERIFY_OK(loaded);
            SpansByGateway found = loaded->spans;
            for (Spans &spans : found)
                std::ranges::sort(spans, {}, &Span::kind);
            QCOMPARE(found, expected);
        }
    };
    check(0);
    VERIFY_OK(store.database->spans.prune(at(3000)));
    check(3000);
}

void TestSpanTable::findsTheNearestChanges_data()
{
    QTest::addColumn<qint64>("notAfter");
    QTest::addColumn<qint64>("after");
    QTest::addColumn<NearestChanges>("expected");
    QTest::addRow("before all") << qint64(50) << qint64(50) << NearestChanges{{}, at(100)};
    QTest::addRow("a new gateway is one") << qint64(100) << qint64(100) << NearestChanges{at(100), at(200)};
    QTest::addRow("between two") << qint64(250) << qint64(250) << NearestChanges{at(200), at(300)};
    QTest::addRow("apart") << qint64(150) << qint64(300) << NearestChanges{at(100), at(700)};
    QTest::addRow("after all") << qint64(800) << qint64(800) << NearestChanges{at(700), {}};
}

void TestSpanTable::findsTheNearestChanges()
{
    QFETCH(qint64, notAfter);
    QFETCH(qint64, after);
    QFETCH(NearestChanges, expected);
    OpenedStore store;
    for (const auto &[name, seen] : {std::pair('a', 100), std::pair('b', 700)}) {
        Gateway gateway;
        gateway.id = GatewayId(QByteArray(16, name));
        gateway.firstSeen = at(seen);
        VERIFY_OK(store.database->gateways.put(gateway));
    }
    const GatewayId first(QByteArray(16, 'a'));
    VERIFY_OK(store.database->spans.insert(first, span("healthy", 100, 200)));
    VERIFY_OK(store.database->spans.insert(first, span("unhealthy", 200, 300)));
    VERIFY_OK(store.database->spans.insert(first, span("healthy", 300)));
    const auto changes = store.database->spans.changesAround(at(notAfter), at(after));
    VERIFY_OK(changes);
    QVERIFY(*changes == expected);
}

void TestSpanTable::saysWhenSomebodyLooked_data()
{
    QTest::addColumn<qint64>("moment");
    QTest::addColumn<std::optional<qint64>>("look");
    const qint64 tick = observerTick.count();
    QTest::addRow("before the first run: never") << qint64(999) << std::optional<qint64>();
    QTest::addRow("a run's beginning") << qint64(1000) << std::optional<qint64>(1000);
    QTest::addRow("within a run") << qint64(1500) << std::optional<qint64>(1500);
    QTest::addRow("a run's end") << qint64(2000) << std::optional<qint64>(2000);
    QTest::addRow("between two runs") << qint64(2001) << std::optional<qint64>(2000);
    QTest::addRow("just before the next run") << qint64(89'999) << std::optional<qint64>(2000);
    QTest::addRow("the newest run") << qint64(95'000) << std::optional<qint64>(95'000);
    QTest::addRow("its end is to be written yet") << 100'000 + tick << std::optional<qint64>(100'000 + tick);
    QTest::addRow("long behind its end") << 100'001 + 2 * tick << std::optional<qint64>(100'000);
}

void TestSpanTable::saysWhenSomebodyLooked()
{
    QFETCH(qint64, moment);
    QFETCH(std::optional<qint64>, look);
    OpenedStore store;
    VERIFY_OK(store.database->observer.touch(at(1000), at(2000)));
    VERIFY_OK(store.database->observer.touch(at(90'000), at(100'000)));
    const auto found = store.database->observer.lastLook(at(moment));
    VERIFY_OK(found);
    QVERIFY(*found == (look ? std::optional(at(*look)) : std::nullopt));
}

QTEST_GUILESS_MAIN(TestSpanTable)
#include "tst_spantable.moc"
