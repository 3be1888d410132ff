// SPDX-License-Identifier: GPL-3.0-or-later
#include "telemetry/otlpcodec.h"

#include <QTest>

#include <functional>
#include <otlp_logs_service.pb.h>
#include <otlp_metrics_service.pb.h>

using namespace flowgate;
using namespace flowgate::telemetry;
namespace metrics = opentelemetry::proto::metrics::v1;
namespace logs = opentelemetry::proto::logs::v1;
namespace common = opentelemetry::proto::common::v1;
using MetricsRequest = opentelemetry::proto::collector::metrics::v1::ExportMetricsServiceRequest;
using LogsRequest = opentelemetry::proto::collector::logs::v1::ExportLogsServiceRequest;
using FillLog = std::function<void(logs::LogRecord &)>;
using CheckLog = std::function<bool(const LogLine &)>;
using FillAttributes = std::function<void(opentelemetry::proto::resource::v1::Resource &)>;
Q_DECLARE_METATYPE(FillLog)
Q_DECLARE_METATYPE(CheckLog)
Q_DECLARE_METATYPE(FillAttributes)

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

/// @p count points of one gauge, from a resource with this id.
void addGauge(MetricsRequest &request, const std::string &resourceId, int count)
{
    metrics::ResourceMetrics &resource = *request.add_resource_metrics();
    setId(*resource.mutable_resource(), resourceId);
    metrics::Metric &metric = *resource.add_scope_metrics()->add_metrics();
    metric.set_name("up");
    for (int i = 0; i < count; ++i)
        metric.mutable_gauge()->add_data_points()->set_as_int(i);
}

} // namespace

class TestOtlpCodec : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void line_data();
    void line();
    void instanceIds_data();
    void instanceIds();
    void countsWhatIsOver();
    void sortsByResource();
    void malformed_data();
    void malformed();
    void everyCutIsSafe();
};

void TestOtlpCodec::line_data()
{
    QTest::addColumn<FillLog>("fill");
    QTest::addColumn<CheckLog>("check");
    const auto row = [](const char *name, FillLog fill, CheckLog check) {
        QTest::addRow("%s", name) << std::move(fill) << std::move(check);
    };
    using R = logs::LogRecord;
    using L = LogLine;

    row(
        "OTLP a line as the Collector sends it",
        [](R &r) {
            r.set_time_unix_nano(7'000'000);
            r.set_observed_time_unix_nano(8'000'000);
            r.set_severity_number(logs::SEVERITY_NUMBER_WARN);
            r.set_severity_text("warn");
            r.mutable_body()->set_string_value("Exporting failed");
            add(*r.add_attributes(), "otelcol.component.id", "otlp");
        },
        [](const L &l) {
            return l.at == ms(7) && l.severity == 13 && l.severityText == QStringLiteral("warn") &&
                   l.text == QStringLiteral("Exporting failed") && l.attributes.size() == 1 && !l.cut;
        });
    row(
        "OTLP time not known: when it was read", [](R &r) { r.set_observed_time_unix_nano(8'000'000); },
        [](const L &l) { return l.at == ms(8); });
    row(
        "OTLP no time at all: arrival", [](R &) {}, [](const L &l) { return l.at == arrival && l.text.isEmpty(); });
    row(
        "S20 severity 77 is kept", [](R &r) { r.set_severity_number(static_cast<logs::SeverityNumber>(77)); },
        [](const L &l) { return l.severity == 77; });
    row(
        "OTLP a structured body is JSON",
        [](R &r) { add(*r.mutable_body()->mutable_kvlist_value()->add_values(), "a", "b"); },
        [](const L &l) { return l.text == QStringLiteral("{\"a\":\"b\"}"); });
    row(
        "OTLP an integer body is its digits", [](R &r) { r.mutable_body()->set_int_value(9007199254740993); },
        [](const L &l) { return l.text == QStringLiteral("9007199254740993"); });
    row(
        "SEC6 a long body is cut", [](R &r) { r.mutable_body()->set_string_value(std::string(1'000'000, 'x')); },
        [](const L &l) { return l.text.size() == 16 * 1024 && l.cut; });
    row(
        "SEC6 a long body of three-byte characters is cut at the same length",
        [](R &r) {
            std::string text;
            for (int i = 0; i < 20'000; ++i)
                text += "\xe2\x82\xac";
            r.mutable_body()->set_string_value(text);
        },
        [](const L &l) { return l.text.size() == 16 * 1024 && l.text.back() == QChar(0x20ac) && l.cut; });
    row(
        "SEC6 a cut leaves no half of a character",
        [](R &r) {
            std::string text = "x";
            for (int i = 0; i < 20'000; ++i)
                text += "\xf0\x9f\x8c\x90";
            r.mutable_body()->set_string_value(text);
        },
        [](const L &l) { return l.text.size() == 16 * 1024 - 1 && l.text.back().isLowSurrogate() && l.cut; });
    row(
        "SEC6 long lists and bytes within a body are cut",
        [](R &r) {
            for (int i = 0; i < 100; ++i)
                r.mutable_body()->mutable_array_value()->add_values()->set_bytes_value(std::string(20'000, 'x'));
        },
        [](const L &l) { return l.text.size() == 16 * 1024 && l.cut; });
    row(
        "OTLP a string by index belongs to profiles", [](R &r) { r.mutable_body()->set_string_value_strindex(3); },
        [](const L &l) { return l.text.isEmpty(); });
}

void TestOtlpCodec::line()
{
    QFETCH(FillLog, fill);
    QFETCH(CheckLog, check);
    LogsRequest request;
    logs::ResourceLogs &resource = *request.add_resource_logs();
    setId(*resource.mutable_resource(), idText);
    resource.add_scope_logs()->mutable_scope()->set_name("go.opentelemetry.io/collector/service");
    fill(*resource.mutable_scope_logs(0)->add_log_records());
    const auto decoded = decodeLogs(bytes(request), arrival, {});
    QVERIFY(decoded);
    QCOMPARE(decoded->batches.size(), size_t(1));
    QCOMPARE(decoded->batches[0].instanceId, QLatin1String(idText));
    QCOMPARE(decoded->batches[0].records.size(), size_t(1));
    QCOMPARE(decoded->batches[0].records[0].scope, QStringLiteral("go.opentelemetry.io/collector/service"));
    QVERIFY(check(decoded->batches[0].records[0]));
}

void TestOtlpCodec::instanceIds_data()
{
    QTest::addColumn<FillAttributes>("fill");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, FillAttributes fill, const QString &expected) {
        QTest::addRow("%s", name) << std::move(fill) << expected;
    };
    using R = opentelemetry::proto::resource::v1::Resource;
    row(
        "gateway.md the uid as a UUID", [](R &r) { setId(r, idText); }, QString::fromLatin1(idText));
    row(
        "any other text", [](R &r) { setId(r, "pod-7"); }, QStringLiteral("pod-7"));
    row(
        "behind other attributes",
        [](R &r) {
            add(*r.add_attributes(), "service.name", "otelcol-contrib");
            setId(r, idText);
        },
        QString::fromLatin1(idText));
    row("none", [](R &) {}, {});
    row("an empty one", [](R &r) { setId(r, ""); }, {});
    row(
        "SEC6 a huge one is cut", [](R &r) { setId(r, std::string(100'000, '-') + idText); }, QString(256, u'-'));
    row("SEC6 one that is no string",
        [](R &r) {
            r.add_attributes()->set_key("service.instance.id");
            r.mutable_attributes(0)->mutable_value()->set_bytes_value(idText);
        },
        {});
}

void TestOtlpCodec::instanceIds()
{
    QFETCH(FillAttributes, fill);
    QFETCH(QString, expected);
    LogsRequest request;
    fill(*request.add_resource_logs()->mutable_resource());
    request.mutable_resource_logs(0)->add_scope_logs()->add_log_records();
    request.mutable_resource_logs(0)->mutable_scope_logs(0)->add_log_records();
    const auto decoded = decodeLogs(bytes(request), arrival, {});
    QVERIFY(decoded);
    QCOMPARE(decoded->batches.size(), size_t(1));
    QCOMPARE(decoded->batches[0].instanceId, expected);
    QCOMPARE(decoded->batches[0].records.size(), size_t(2));
    QVERIFY(decoded->batches[0].gateway.isEmpty()); // the receiver finds out
}

void TestOtlpCodec::countsWhatIsOver()
{
    MetricsRequest request;
    addGauge(request, idText, 7);
    addGauge(request, "nobody", 5);
    addGauge(request, idText, 7);
    OtlpLimits limits;
    limits.records = 10;
    const auto decoded = decodeMetrics(bytes(request), arrival, limits);
    QVERIFY(decoded);
    QCOMPARE(decoded->batches.size(), size_t(2));
    QCOMPARE(decoded->batches[0].records.size(), size_t(7));
    QCOMPARE(decoded->batches[1].records.size(), size_t(3));
    QCOMPARE(decoded->batches[1].records[2].value, 2.0);
    QCOMPARE(decoded->refused, Refused{.overLimit = 9});
}

void TestOtlpCodec::sortsByResource()
{
    const char other[] = "01a20a40-b847-7c64-a967-500bd08305b4";
    MetricsRequest request;
    addGauge(request, idText, 1);
    addGauge(request, other, 2);
    addGauge(request, idText, 0); // no points: no batch
    const auto decoded = decodeMetrics(bytes(request), arrival, {});
    QVERIFY(decoded);
    QCOMPARE(decoded->batches.size(), size_t(2));
    QCOMPARE(decoded->batches[0].instanceId, QLatin1String(idText));
    QCOMPARE(decoded->batches[1].instanceId, QLatin1String(other));
    QCOMPARE(decoded->batches[1].records.size(), size_t(2));
}

void TestOtlpCodec::malformed_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("failure"); // -1: valid
    QTest::addRow("OTLP empty is valid") << QByteArray() << -1;
    QTest::addRow("SEC6 garbage") << QByteArray("{\"resourceLogs\":[]}") << int(OtlpFailure::Malformed);
    QTest::addRow("SEC6 cut short") << QByteArray("\x0a\x05\x12", 3) << int(OtlpFailure::Malformed);
    QTest::addRow("SEC6 too many fields")
        << QByteArray("\x0a\x00", 2).repeated(1001) << int(OtlpFailure::TooManyFields);
    QTest::addRow("T13 unknown field") << QByteArray("\xa0\x06\x01", 3) << -1;
}

void TestOtlpCodec::malformed()
{
    QFETCH(QByteArray, body);
    QFETCH(int, failure);
    OtlpLimits limits;
    limits.fields = 1000;
    const auto asMetrics = decodeMetrics(body, arrival, limits);
    const auto asLogs = decodeLogs(body, arrival, limits);
    QCOMPARE(asMetrics ? -1 : int(asMetrics.error()), failure);
    QCOMPARE(asLogs ? -1 : int(asLogs.error()), failure);
}

void TestOtlpCodec::everyCutIsSafe()
{
    MetricsRequest request;
    addGauge(request, idText, 3);
    const QByteArray whole = bytes(request);
    int failures = 0;
    for (qsizetype size = 0; size < whole.size(); ++size) {
        const QByteArray cut(whole.constData(), size);
        failures += decodeMetrics(cut, arrival, {}) ? 0 : 1;
        QByteArray bent = whole;
        bent[size] = static_cast<char>(bent.at(size) ^ '\xff');
        (void)decodeMetrics(bent, arrival, {});
        (void)decodeLogs(bent, arrival, {});
    }
    QVERIFY(failures > 0);
}

QTEST_APPLESS_MAIN(TestOtlpCodec)
#include "tst_otlpcodec.moc"
