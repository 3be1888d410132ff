// SPDX-License-Identifier: GPL-3.0-or-later
// bench-telemetry: own metrics of a fleet on their way to disk, one packed row a request against a row a point, side by
// side in one run; and what a chart of a day costs. On one thread.
#include "app/desk/desk.h"
#include "store/opening.h"
#include "store/sql.h"
#include "store/values.h"
#include "telemetry/batchcodec.h"
#include "ui/models/telemetrycharts.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QTemporaryDir>

#include <cstdio>

using namespace flowgate;

namespace {

constexpr int gateways = 1000;
constexpr int minutes = 20;
constexpr int pointsEach = 50;
const domain::WallTime start{domain::milliseconds(1'790'000'000'000)};

domain::GatewayId idOf(int number)
{
    QByteArray bytes(16, 'g');
    bytes[0] = static_cast<char>(number >> 8);
    bytes[1] = static_cast<char>(number & 0xff);
    return domain::GatewayId(bytes);
}

/// What one request of a Collector brings: names and attributes as long as its own are.
std::vector<telemetry::MetricPoint> requestOf(int gateway, int minute)
{
    static const char *const names[] = {"otelcol_receiver_accepted_log_records", "otelcol_exporter_sent_log_records",
                                        "otelcol_exporter_queue_size", "otelcol_process_memory_rss",
                                        "otelcol_processor_batch_batch_send_size"};
    std::vector<telemetry::MetricPoint> points;
    for (int i = 0; i < pointsEach; ++i) {
        telemetry::MetricPoint point;
        point.name = QString::fromLatin1(names[i % 5]);
        point.unit = QStringLiteral("{records}");
        point.kind = telemetry::MetricKind::Sum;
        point.temporality = telemetry::Temporality::Cumulative;
        point.monotonic = true;
        point.at = start + std::chrono::minutes(minute);
        point.nanos =
            (gateway * 7919 + minute * 104'729 + (i % 5) * 17'291) % 1'000'000; // each metric is read by itself
        point.since = start;
        point.value = minute * 1000.0 + gateway * 7 + i * 13;
        point.attributes = {{QStringLiteral("receiver"), {QStringLiteral("otlp/%1").arg(i / 5)}},
                            {QStringLiteral("transport"), {QStringLiteral("grpc")}}};
        points.push_back(std::move(point));
    }
    return points;
}

struct Cost
{
    double seconds = 0;
    qint64 bytes = 0;
};

/// @p write puts one request into the database; a transaction a minute, as the store commits in groups.
Cost costOf(const QString &schema, const std::function<void(store::Database &, store::Sql &, int, int)> &write)
{
    const QTemporaryDir folder;
    const domain::SystemClock clock;
    auto opened = store::openDatabase(folder.path(), QStringLiteral("flowgate.db"), clock);
    if (!opened)
        qFatal("%s", qPrintable(opened.error().detail));
    store::Sql &sql = *opened->sql;
    store::Database database(sql);
    if (!schema.isEmpty() && !sql.runOnce(schema))
        qFatal("no table");
    QElapsedTimer time;
    time.start();
    for (int minute = 0; minute < minutes; ++minute) {
        auto transaction = store::Transaction::begin(sql);
        for (int gateway = 0; gateway < gateways; ++gateway)
            write(database, sql, gateway, minute);
        if (!transaction || !transaction->commit())
            qFatal("not committed");
    }
    const double seconds = double(time.nsecsElapsed()) / 1e9;
    const QString file = sql.file();
    opened->sql.reset(); // brings the log into the file
    return {seconds, QFileInfo(file).size()};
}

void tell(const char *what, const Cost &cost)
{
    const double points = double(gateways) * minutes * pointsEach;
    std::printf("%-16s %9.0f points/s, %5.1f bytes a point, %.1f MiB a gateway and day\n", what, points / cost.seconds,
                double(cost.bytes) / points, double(cost.bytes) / gateways / minutes * 1440 / 1024 / 1024);
}

/// A day of one gateway as the charts want it.
void chartsOfADay()
{
    const QTemporaryDir folder;
    const domain::SystemClock clock;
    auto opened = store::openDatabase(folder.path(), QStringLiteral("flowgate.db"), clock);
    store::Database database(*opened->sql);
    for (int minute = 0; minute < 1440; ++minute) {
        const domain::WallTime at = start + std::chrono::minutes(minute);
        if (!database.telemetry.add(
                {idOf(1), store::TelemetryKind::Metrics, at, at, pointsEach, telemetry::packed(requestOf(1, minute))}))
            qFatal("not stored");
    }
    QElapsedTimer time;
    time.start();
    const auto batches =
        database.telemetry.query({idOf(1), store::TelemetryKind::Metrics, start, start + std::chrono::hours(48)});
    std::vector<telemetry::MetricPoint> points;
    for (auto batch = batches->rbegin(); batch != batches->rend(); ++batch) {
        auto some = telemetry::unpackedPoints(batch->body);
        points.insert(points.end(), std::make_move_iterator(some->begin()), std::make_move_iterator(some->end()));
    }
    const size_t count = points.size();
    const auto charts = models::mainCharts(telemetry::seriesOf(std::move(points)));
    std::printf("charts of a day: %zu points, %zu charts, %.0f ms\n", count, charts.size(),
                double(time.nsecsElapsed()) / 1e6);
}

} // namespace

int main()
{
    const Cost packed = costOf({}, [](store::Database &database, store::Sql &, int gateway, int minute) {
        const auto points = requestOf(gateway, minute);
        const store::TelemetryBatch batch{idOf(gateway),     store::TelemetryKind::Metrics,
                                          points.front().at, points.back().at,
                                          pointsEach,        telemetry::packed(points)};
        if (!database.telemetry.add(batch))
            qFatal("not stored");
    });
    const Cost single = costOf(
        QStringLiteral("CREATE TABLE points (series BIGINT NOT NULL, at BIGINT NOT NULL, value DOUBLE PRECISION NOT "
                       "NULL, PRIMARY KEY (series, at))"),
        [](store::Database &, store::Sql &sql, int gateway, int minute) {
            int number = 0;
            for (const telemetry::MetricPoint &point : requestOf(gateway, minute)) {
                // The series is taken as known: finding it is not counted.
                const qint64 series = qint64(gateway) * pointsEach + number++;
                if (!sql.run("INSERT INTO points (series, at, value) VALUES (?, ?, ?)",
                             {store::bound(series), store::bound(point.at), *point.value}))
                    qFatal("not stored");
            }
        });
    std::printf("%d gateways, %d minutes, %d points a request\n", gateways, minutes, pointsEach);
    tell("packed", packed);
    tell("a row a point", single);
    std::printf("packed against single: %.2f of the time, %.2f of the size\n", packed.seconds / single.seconds,
                double(packed.bytes) / double(single.bytes));
    chartsOfADay();
    return 0;
}
