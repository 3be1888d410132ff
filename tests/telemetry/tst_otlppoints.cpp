// SPDX-License-Identifier: GPL-3.0-or-later
#include "telemetry/otlpcodec.h"

#include <QTest>

#include <cmath>
#include <functional>
#include <otlp_metrics_service.pb.h>

using namespace flowgate;
using namespace flowgate::telemetry;
namespace metrics = opentelemetry::proto::metrics::v1;
namespace common = opentelemetry::proto::common::v1;
using FillMetric = std::function<void(metrics::Metric &)>;
using CheckPoint = std::function<bool(const MetricPoint &)>;
using MetricsRequest = opentelemetry::proto::collector::metrics::v1::ExportMetricsServiceRequest;
Q_DECLARE_METATYPE(FillMetric)
Q_DECLARE_METATYPE(CheckPoint)

namespace {

const char idText[] = "01a20a40-b847-7c64-a967-500bd08305b3";
const domain::GatewayId id(QByteArray::fromHex("01a20a40b8477c64a967500bd08305b3"));
const domain::WallTime arrival(domain::milliseconds(1'800'000'000'000));

domain::WallTime ms(qint64 count)
{
    return domain::WallTime(domain::milliseconds(count));
}

template<typename Message>
QByteArray bytes(const Message &message)
{
    return QByteArray::fromStdString(message.SerializeAsString());
}

void setId(opentelemetry::proto::resource::v1::Resource &resource, const std::string &text)
{
    common::KeyValue &item = *resource.add_attributes();
    item.set_key("service.instance.id");
    item.mutable_value()->set_string_value(text);
}

void add(common::KeyValue &item, const char *key, const std::string &text)
{
    item.set_key(key);
    item.mutable_value()->set_string_value(text);
}

} // namespace

/// One metric of each kind, one point each.
class TestOtlpPoints : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void point_data();
    void point();
};

void TestOtlpPoints::point_data()
{
    QTest::addColumn<FillMetric>("fill");
    QTest::addColumn<CheckPoint>("check");
    const auto row = [](const char *name, FillMetric fill, CheckPoint check) {
        QTest::addRow("%s", name) << std::move(fill) << std::move(check);
    };
    using M = metrics::Metric;
    using P = MetricPoint;

    row(
        "OTLP gauge of a double with time and attributes",
        [](M &m) {
            m.set_unit("By");
            auto &p = *m.mutable_gauge()->add_data_points();
            p.set_as_double(0.5);
            p.set_time_unix_nano(1'700'000'000'123'999'999ULL);
            add(*p.add_attributes(), "exporter", "debug");
        },
        [](const P &p) {
            return p.kind == MetricKind::Gauge && p.unit == QStringLiteral("By") && p.value == 0.5 &&
                   p.at == ms(1'700'000'000'123) && p.nanos == 999'999 && !p.since && p.attributes.size() == 1 &&
                   p.attributes[0].key == QStringLiteral("exporter") && !p.distribution && !p.cut &&
                   p.temporality == Temporality::Unspecified;
        });
    row(
        "OTLP sum of an integer, monotonic, cumulative, since a start",
        [](M &m) {
            m.mutable_sum()->set_is_monotonic(true);
            m.mutable_sum()->set_aggregation_temporality(metrics::AGGREGATION_TEMPORALITY_CUMULATIVE);
            auto &p = *m.mutable_sum()->add_data_points();
            p.set_as_int(-7);
            p.set_start_time_unix_nano(5'000'000);
            p.set_time_unix_nano(6'000'000);
        },
        [](const P &p) {
            return p.kind == MetricKind::Sum && p.monotonic && p.temporality == Temporality::Cumulative &&
                   p.value == -7.0 && p.since == ms(5) && p.at == ms(6);
        });
    row(
        "OTLP sum, delta, not monotonic",
        [](M &m) {
            m.mutable_sum()->set_aggregation_temporality(metrics::AGGREGATION_TEMPORALITY_DELTA);
            m.mutable_sum()->add_data_points()->set_as_int(1);
        },
        [](const P &p) { return p.temporality == Temporality::Delta && !p.monotonic; });
    row(
        "S20 temporality 99 is unspecified",
        [](M &m) {
            m.mutable_sum()->set_aggregation_temporality(static_cast<metrics::AggregationTemporality>(99));
            m.mutable_sum()->add_data_points()->set_as_int(1);
        },
        [](const P &p) { return p.temporality == Temporality::Unspecified; });
    row(
        "OTLP a point without time has that of arrival",
        [](M &m) { m.mutable_gauge()->add_data_points()->set_as_int(1); },
        [](const P &p) { return p.at == arrival && p.nanos == 0; });
    row(
        "X17 the greatest time does not overflow",
        [](M &m) { m.mutable_gauge()->add_data_points()->set_time_unix_nano(~0ULL); },
        [](const P &p) { return p.at == ms(18'446'744'073'709) && p.nanos == 551'615; });
    row(
        "OTLP no value recorded is not 0",
        [](M &m) {
            auto &p = *m.mutable_gauge()->add_data_points();
            p.set_as_double(0);
            p.set_flags(metrics::DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK);
        },
        [](const P &p) { return !p.value; });
    row(
        "OTLP a point with nothing in it is not 0", [](M &m) { m.mutable_gauge()->add_data_points(); },
        [](const P &p) { return !p.value && !p.distribution; });
    row(
        "OTLP not a number stays one", [](M &m) { m.mutable_gauge()->add_data_points()->set_as_double(std::nan("")); },
        [](const P &p) { return p.value && std::isnan(*p.value); });
    row(
        "OTLP histogram",
        [](M &m) {
            m.mutable_histogram()->set_aggregation_temporality(metrics::AGGREGATION_TEMPORALITY_CUMULATIVE);
            auto &p = *m.mutable_histogram()->add_data_points();
            p.set_count(6);
            p.set_sum(12.5);
            p.set_min(0.0);
            p.add_explicit_bounds(1);
            p.add_explicit_bounds(10);
            for (const unsigned n : {1U, 2U, 3U})
                p.add_bucket_counts(n);
        },
        [](const P &p) {
            const std::vector<DistributionStep> steps{{1, 1}, {10, 2}, {std::numeric_limits<double>::infinity(), 3}};
            return p.kind == MetricKind::Histogram && p.distribution && p.distribution->count == 6 &&
                   p.distribution->sum == 12.5 && p.distribution->min == 0.0 && !p.distribution->max &&
                   p.distribution->steps == steps && !p.value && p.temporality == Temporality::Cumulative;
        });
    row(
        "OTLP histogram whose counts and bounds disagree keeps its totals",
        [](M &m) {
            auto &p = *m.mutable_histogram()->add_data_points();
            p.set_count(6);
            p.add_explicit_bounds(1);
            p.add_bucket_counts(6);
        },
        [](const P &p) { return p.distribution->count == 6 && p.distribution->steps.empty() && !p.cut; });
    row(
        "SEC6 histogram of more steps than the limit",
        [](M &m) {
            auto &p = *m.mutable_histogram()->add_data_points();
            p.set_count(6);
            for (int i = 0; i < 600; ++i) {
                p.add_explicit_bounds(i);
                p.add_bucket_counts(1);
            }
            p.add_bucket_counts(1);
        },
        [](const P &p) { return p.distribution->count == 6 && p.distribution->steps.empty() && p.cut; });
    row(
        "OTLP exponential histogram with its buckets",
        [](M &m) {
            auto &p = *m.mutable_exponential_histogram()->add_data_points();
            p.set_count(12);
            p.set_max(9);
            p.set_scale(0); // powers of 2
            p.set_zero_count(2);
            p.set_zero_threshold(0.25);
            p.mutable_positive()->set_offset(1); // (2, 4], (4, 8]
            p.mutable_positive()->add_bucket_counts(3);
            p.mutable_positive()->add_bucket_counts(1);
            p.mutable_negative()->set_offset(-1); // [-1, -0.5), [-2, -1)
            p.mutable_negative()->add_bucket_counts(5);
            p.mutable_negative()->add_bucket_counts(1);
        },
        [](const P &p) {
            const std::vector<DistributionStep> steps{{-1, 1}, {-0.5, 5}, {0.25, 2}, {4, 3}, {8, 1}};
            return p.kind == MetricKind::ExponentialHistogram && p.distribution->count == 12 &&
                   p.distribution->max == 9.0 && !p.distribution->sum && p.distribution->steps == steps;
        });
    row(
        "OTLP exponential histogram of finer buckets",
        [](M &m) {
            auto &p = *m.mutable_exponential_histogram()->add_data_points();
            p.set_scale(1); // each bucket is the square root of 2 times as wide as the one before
            p.mutable_positive()->set_offset(0);
            p.mutable_positive()->add_bucket_counts(7);
        },
        [](const P &p) { return qFuzzyCompare(p.distribution->steps.front().at, std::sqrt(2.0)); });
    row(
        "OTLP exponential histogram of a scale beyond any",
        [](M &m) {
            auto &p = *m.mutable_exponential_histogram()->add_data_points();
            p.set_count(7);
            p.set_scale(std::numeric_limits<qint32>::min());
            p.mutable_positive()->add_bucket_counts(7);
        },
        [](const P &p) {
            const auto &steps = p.distribution->steps;
            return steps.size() == 1 && std::isinf(steps.front().at) && steps.front().value == 7;
        });
    row(
        "OTLP exponential histogram of too many buckets",
        [](M &m) {
            auto &p = *m.mutable_exponential_histogram()->add_data_points();
            p.set_count(600);
            for (int i = 0; i < 600; ++i)
                p.mutable_positive()->add_bucket_counts(1);
        },
        [](const P &p) { return p.distribution->count == 600 && p.distribution->steps.empty() && p.cut; });
    row(
        "OTLP summary",
        [](M &m) {
            auto &p = *m.mutable_summary()->add_data_points();
            p.set_count(3);
            p.set_sum(30);
            auto &q = *p.add_quantile_values();
            q.set_quantile(0.99);
            q.set_value(20);
        },
        [](const P &p) {
            return p.kind == MetricKind::Summary && p.distribution->sum == 30.0 &&
                   p.distribution->steps == std::vector<DistributionStep>{{0.99, 20}};
        });
    row(
        "SEC6 more attributes than the limit",
        [](M &m) {
            auto &p = *m.mutable_gauge()->add_data_points();
            for (int i = 0; i < 100; ++i)
                add(*p.add_attributes(), "k", "v");
        },
        [](const P &p) { return p.attributes.size() == 64 && p.cut; });
    row(
        "SEC6 a unit longer than the limit",
        [](M &m) {
            m.set_unit(std::string(100'000, 'u'));
            m.mutable_gauge()->add_data_points();
        },
        [](const P &p) { return p.unit.size() == 16 * 1024 && p.cut; });
}

void TestOtlpPoints::point()
{
    QFETCH(FillMetric, fill);
    QFETCH(CheckPoint, check);
    MetricsRequest request;
    metrics::ResourceMetrics &resource = *request.add_resource_metrics();
    setId(*resource.mutable_resource(), idText);
    metrics::Metric &metric = *resource.add_scope_metrics()->add_metrics();
    metric.set_name("otelcol_exporter_sent");
    fill(metric);
    const auto decoded = decodeMetrics(bytes(request), arrival, {});
    QVERIFY(decoded);
    QCOMPARE(decoded->batches.size(), size_t(1));
    QCOMPARE(decoded->batches[0].instanceId, QLatin1String(idText));
    QCOMPARE(decoded->batches[0].records.size(), size_t(1));
    QCOMPARE(decoded->batches[0].records[0].name, QStringLiteral("otelcol_exporter_sent"));
    QCOMPARE(decoded->refused, Refused{});
    QVERIFY(check(decoded->batches[0].records[0]));
}

QTEST_APPLESS_MAIN(TestOtlpPoints)
#include "tst_otlppoints.moc"
