// SPDX-License-Identifier: GPL-3.0-or-later
// One gateway under two uids: what becomes of its history.
#include "tests/store/openedstore.h"

#include <QTest>

using namespace flowgate;
using namespace flowgate::domain;
using namespace flowgate::store;
using flowgate::testing::at;
using flowgate::testing::OpenedStore;

namespace {

using Spans = std::vector<Span>;

Span span(const char *state, qint64 from, std::optional<qint64> to = {}, SpanKind kind = SpanKind::Presence)
{
    return {kind, QLatin1StringView(state), at(from), to ? std::optional(at(*to)) : std::nullopt, {}};
}

TelemetryBatch batch(const GatewayId &gateway, qint64 ms, const char *body)
{
    return {gateway, TelemetryKind::Metrics, at(ms), at(ms), 1, body};
}

struct Pair : OpenedStore
{
    void put(const GatewayId &id)
    {
        Gateway gateway;
        gateway.id = id;
        gateway.labels.insert(QStringLiteral("which"), id.hex());
        if (!database->gateways.put(gateway))
            qFatal("cannot store the gateway");
    }
    void add(const GatewayId &id, const Spans &spans)
    {
        for (const Span &one : spans) {
            if (!database->spans.insert(id, one))
                qFatal("cannot store the span");
        }
    }
    Spans spansOf(const GatewayId &id) { return database->spans.since(id, WallTime::min()).value_or(Spans()); }

    const GatewayId before{QByteArray(16, 'o')};
    const GatewayId now{QByteArray(16, 'n')};
};

} // namespace

class TestSucceed final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    /// S6: under a uid that nobody had, all of it goes on as it is.
    void movesToANewUid()
    {
        Pair store;
        store.put(store.before);
        const Spans history{span("connected", 10), span("healthy", 11, 20, SpanKind::Health),
                            span("unhealthy", 20, {}, SpanKind::Health)};
        store.add(store.before, history);
        store.put(store.now);
        VERIFY_OK(store.database->succeed(store.before, store.now));
        QCOMPARE(store.spansOf(store.now), history);
        QVERIFY(store.spansOf(store.before).empty());
        QVERIFY(!store.database->gateways.get(store.before));
        VERIFY_OK(store.database->gateways.get(store.now));
        // The open ones are still the open ones.
        VERIFY_OK(store.database->spans.close(store.now, span("connected", 10, 40)));
        QCOMPARE(store.database->spans.open()->spans.value(store.now).size(), size_t(1));
        VERIFY_OK(store.database->succeed(store.before, store.now)); // a second time changes nothing
        QCOMPARE(store.spansOf(store.now).size(), size_t(3));
    }

    void linksTwoHistories()
    {
        Pair store;
        store.put(store.before);
        store.add(store.before, {span("connected", 10, 50), span("lost", 50), span("healthy", 11, 70, SpanKind::Health),
                                 span("not_observed", 70, {}, SpanKind::Health)});
        store.put(store.now);
        store.add(store.now, {span("connected", 60, 65), span("lost", 65, 68), span("connected", 68),
                              span("healthy", 61, {}, SpanKind::Health)});
        VERIFY_OK(store.database->succeed(store.before, store.now));
        QCOMPARE(store.spansOf(store.now),
                 (Spans{span("connected", 10, 50), span("healthy", 11, 60, SpanKind::Health), span("lost", 50, 60),
                        span("connected", 60, 65), span("healthy", 61, {}, SpanKind::Health), span("lost", 65, 68),
                        span("connected", 68)}));
        QCOMPARE(store.database->spans.open()->spans.value(store.now).size(), size_t(2));
        store.add(store.now, {span("left", 80)});
        QCOMPARE(store.spansOf(store.now).back(), span("left", 80));
    }

    void takesTelemetryAndEvents()
    {
        Pair store;
        store.put(store.before);
        store.put(store.now);
        // At the same millisecond, so that both have the same number.
        for (const GatewayId &id : {store.before, store.now}) {
            VERIFY_OK(store.database->telemetry.add(batch(id, 5, id == store.before ? "old" : "new")));
            VERIFY_OK(store.database->telemetry.add(batch(id, 5, id == store.before ? "old2" : "new2")));
            const Event event{
                0, at(5), QStringLiteral("gateway_new"), id, QStringLiteral("text"), QStringLiteral("gateway")};
            VERIFY_OK(store.database->events.append(event));
        }
        const qint64 bytes = *store.database->telemetry.bytes();
        VERIFY_OK(store.database->succeed(store.before, store.now));
        QCOMPARE(store.database->telemetry.query({store.now, TelemetryKind::Metrics, at(0), at(9), 10})->size(),
                 size_t(4));
        QVERIFY(store.database->telemetry.query({store.before, TelemetryKind::Metrics, at(0), at(9), 10})->empty());
        QCOMPARE(*store.database->telemetry.bytes(), bytes);
        EventQuery query;
        query.gateway = store.now;
        QCOMPARE(store.database->events.query(query)->size(), size_t(2));
    }
};

QTEST_GUILESS_MAIN(TestSucceed)
#include "tst_succeed.moc"
