// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/telemetry/telemetrykeeper.h"
#include "telemetry/batchcodec.h"
#include "telemetry/series.h"
#include "tests/store/openedstore.h"

#include <QTest>

using namespace flowgate;
using namespace Qt::StringLiterals;
using flowgate::testing::OpenedStore;
using store::TelemetryKind;

namespace {

domain::WallTime atSecond(qint64 second)
{
    return domain::WallTime(domain::milliseconds(1'790'000'100'000 + second * 1000)); // a step begins at 0
}

domain::GatewayId id(char c)
{
    return domain::GatewayId(QByteArray(16, c));
}

/// One counter and one gauge, as one request brings them.
store::TelemetryBatch metrics(char gateway, qint64 second)
{
    telemetry::MetricPoint sent;
    sent.name = u"sent"_s;
    sent.kind = telemetry::MetricKind::Sum;
    sent.temporality = telemetry::Temporality::Cumulative;
    sent.monotonic = true;
    sent.at = atSecond(second);
    sent.value = static_cast<double>(second);
    telemetry::MetricPoint memory;
    memory.name = u"memory"_s;
    memory.at = sent.at;
    memory.value = static_cast<double>(second % 7);
    return {id(gateway), TelemetryKind::Metrics,
            sent.at,     sent.at,
            2,           telemetry::packed(std::vector<telemetry::MetricPoint>{sent, memory})};
}

app::TelemetryRetention keepAll()
{
    return {{}, {}, {}, 1'000'000'000};
}

/// Until there is nothing more to do.
void tidy(OpenedStore &store, const app::TelemetryRetention &retention)
{
    for (int i = 0; i < 1000; ++i) {
        const auto more = app::tidyTelemetry(*store.database, retention);
        QVERIFY2(more.has_value(), more ? "" : qPrintable(more.error().detail));
        if (!*more)
            return;
    }
    QFAIL("it never ends");
}

std::vector<store::TelemetryBatch> kept(OpenedStore &store, char gateway, TelemetryKind kind)
{
    return *store.database->telemetry.query({id(gateway), kind, {}, atSecond(1'000'000)});
}

} // namespace

class TestTelemetryKeeper final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void oldMetricsBecomeSteps()
    {
        OpenedStore store;
        for (qint64 second = 0; second < 900; second += 60) {
            for (const char gateway : {'a', 'b'})
                QVERIFY(store.database->telemetry.add(metrics(gateway, second)));
        }
        app::TelemetryRetention retention = keepAll();
        retention.rawFrom = atSecond(650); // two whole steps are older
        tidy(store, retention);
        for (const char gateway : {'a', 'b'}) {
            QCOMPARE(kept(store, gateway, TelemetryKind::Metrics).size(), size_t(5));
            const auto steps = kept(store, gateway, TelemetryKind::Steps);
            QCOMPARE(steps.size(), size_t(2));
            QCOMPARE(steps[0].at, atSecond(540));
            QCOMPARE(steps[1].at, atSecond(240));
            const auto points = telemetry::unpackedPoints(steps[1].body);
            QVERIFY(points && points->size() == 2);
            const std::vector<telemetry::Series> series = telemetry::seriesOf(*points);
            QCOMPARE(*series[0].points[0].value, (0 + 60 % 7 + 120 % 7 + 180 % 7 + 240 % 7) / 5.0); // memory
            QCOMPARE(*series[1].points[0].value, 240.0);                                            // sent
        }
        tidy(store, retention); // nothing more
        QCOMPARE(kept(store, 'a', TelemetryKind::Steps).size(), size_t(2));
    }

    void twoRequestsOfOneMillisecondCountBoth()
    {
        OpenedStore store;
        for (const int nanos : {100, 900'000, 900'000}) { // the last one came twice: its answer was lost
            telemetry::MetricPoint sent;
            sent.name = u"sent"_s;
            sent.kind = telemetry::MetricKind::Sum;
            sent.temporality = telemetry::Temporality::Delta;
            sent.at = atSecond(1);
            sent.nanos = nanos;
            sent.value = 15;
            QVERIFY(store.database->telemetry.add({id('a'), TelemetryKind::Metrics, sent.at, sent.at, 1,
                                                   telemetry::packed(std::vector<telemetry::MetricPoint>{sent})}));
        }
        QCOMPARE(kept(store, 'a', TelemetryKind::Metrics).size(), size_t(3));
        app::TelemetryRetention retention = keepAll();
        retention.rawFrom = atSecond(1000);
        tidy(store, retention);
        const auto steps = kept(store, 'a', TelemetryKind::Steps);
        QCOMPARE(steps.size(), size_t(1));
        QCOMPARE(*telemetry::unpackedPoints(steps[0].body)->front().value, 30.0);
    }

    void whatCannotBeReadIsDropped()
    {
        OpenedStore store;
        store::TelemetryBatch broken = metrics('a', 10);
        broken.body = "broken";
        QVERIFY(store.database->telemetry.add(broken));
        QVERIFY(store.database->telemetry.add(metrics('a', 20)));
        app::TelemetryRetention retention = keepAll();
        retention.rawFrom = atSecond(1000);
        tidy(store, retention);
        QVERIFY(kept(store, 'a', TelemetryKind::Metrics).empty());
        QCOMPARE(kept(store, 'a', TelemetryKind::Steps).front().records, 2);
    }

    void eachKindGoesInItsTime()
    {
        OpenedStore store;
        for (const TelemetryKind kind : {TelemetryKind::Metrics, TelemetryKind::Steps, TelemetryKind::Logs}) {
            for (const qint64 second : {0, 1000}) {
                store::TelemetryBatch batch = metrics('a', second);
                batch.kind = kind;
                QVERIFY(store.database->telemetry.add(batch));
            }
        }
        app::TelemetryRetention retention = keepAll();
        retention.logsFrom = atSecond(500);
        tidy(store, retention);
        QCOMPARE(kept(store, 'a', TelemetryKind::Logs).size(), size_t(1));
        QCOMPARE(kept(store, 'a', TelemetryKind::Steps).size(), size_t(2));
        retention.metricsFrom = atSecond(500);
        tidy(store, retention);
        QCOMPARE(kept(store, 'a', TelemetryKind::Steps).size(), size_t(1));
        QCOMPARE(kept(store, 'a', TelemetryKind::Metrics).size(), size_t(1));
    }

    void aStepIsMadeHoweverMuchCameAfterIt()
    {
        OpenedStore store;
        for (qint64 second = 0; second < 6000; second += 2)
            QVERIFY(store.database->telemetry.add(metrics('a', second)));
        app::TelemetryRetention retention = keepAll();
        retention.rawFrom = atSecond(600);
        tidy(store, retention);
        const auto steps = kept(store, 'a', TelemetryKind::Steps);
        QCOMPARE(steps.size(), size_t(2));
        QCOMPARE(steps.front().at, atSecond(598));
        QCOMPARE(steps.back().at, atSecond(298));
        QCOMPARE(kept(store, 'a', TelemetryKind::Metrics).back().at, atSecond(600));
    }

    void theOldestGoesFirstWhereItIsTooMuch()
    {
        OpenedStore store;
        qint64 each = 0;
        for (qint64 second = 0; second < 1000; ++second) {
            store::TelemetryBatch batch = metrics('a', second);
            batch.kind = second % 2 == 0 ? TelemetryKind::Logs : TelemetryKind::Metrics;
            each = batch.body.size();
            QVERIFY(store.database->telemetry.add(batch));
        }
        app::TelemetryRetention retention = keepAll();
        retention.mostBytes = 600 * each;
        tidy(store, retention);
        QVERIFY(*store.database->telemetry.bytes() <= retention.mostBytes);
        QVERIFY(*store.database->telemetry.bytes() > 300 * each);
        for (const TelemetryKind kind : {TelemetryKind::Logs, TelemetryKind::Metrics}) {
            const auto left = kept(store, 'a', kind);
            QVERIFY(left.front().at >= atSecond(998)); // the newest are there
            QVERIFY(left.back().at > atSecond(100));
        }
    }
};

QTEST_GUILESS_MAIN(TestTelemetryKeeper)
#include "tst_telemetrykeeper.moc"
