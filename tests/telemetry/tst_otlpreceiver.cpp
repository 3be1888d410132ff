// SPDX-License-Identifier: GPL-3.0-or-later
#include "telemetry/otlpreceiver.h"

#include <QJsonDocument>
#include <QTest>

#include <otlp_logs_service.pb.h>
#include <otlp_metrics_service.pb.h>
#include <rpc_status.pb.h>

using namespace flowgate;
using namespace flowgate::telemetry;
using Verdict = TelemetrySink::Verdict;
using MetricsRequest = opentelemetry::proto::collector::metrics::v1::ExportMetricsServiceRequest;
using MetricsResponse = opentelemetry::proto::collector::metrics::v1::ExportMetricsServiceResponse;
using LogsRequest = opentelemetry::proto::collector::logs::v1::ExportLogsServiceRequest;
using LogsResponse = opentelemetry::proto::collector::logs::v1::ExportLogsServiceResponse;
Q_DECLARE_METATYPE(flowgate::telemetry::Signal)

namespace {

const char protobufType[] = "application/x-protobuf";

class FixedClock final : public domain::Clock
{
public:
    [[nodiscard]] domain::WallTime now() const override { return domain::WallTime(domain::milliseconds(42)); }
    [[nodiscard]] domain::milliseconds awake() const override { return {}; }
    [[nodiscard]] domain::milliseconds elapsed() const override { return {}; }
};

/// Keeps what it takes; its verdicts come from a list, the last one again and again.
class Sink final : public TelemetrySink
{
public:
    explicit Sink(std::vector<Verdict> verdicts = {Verdict::Taken})
        : m_verdicts(std::move(verdicts))
    {
    }

    Verdict takeMetrics(MetricBatch batch) override { return keep(metrics, std::move(batch)); }
    Verdict takeLogs(LogBatch batch) override { return keep(logs, std::move(batch)); }

    std::vector<MetricBatch> metrics;
    std::vector<LogBatch> logs;

private:
    template<typename List, typename Batch>
    Verdict keep(List &list, Batch batch)
    {
        const Verdict verdict = m_verdicts[std::min(m_calls++, m_verdicts.size() - 1)];
        if (verdict == Verdict::Taken)
            list.push_back(std::move(batch));
        return verdict;
    }
    std::vector<Verdict> m_verdicts;
    size_t m_calls = 0;
};

template<typename Resource>
void identify(Resource &resource, const char *id)
{
    auto &item = *resource.mutable_resource()->add_attributes();
    item.set_key("service.instance.id");
    item.mutable_value()->set_string_value(id);
}

/// Three resources with 1, 2 and 3 records, from gateways ...1 to ...3.
QByteArray request(Signal signal, bool identified = true)
{
    const char *ids[] = {"01a20a40-b847-7c64-a967-500bd0830001", "01a20a40-b847-7c64-a967-500bd0830002",
                         "01a20a40-b847-7c64-a967-500bd0830003"};
    MetricsRequest metrics;
    LogsRequest logs;
    for (int i = 0; i < 3; ++i) {
        identify(*metrics.add_resource_metrics(), identified ? ids[i] : "pod-7");
        identify(*logs.add_resource_logs(), identified ? ids[i] : "pod-7");
        auto &metric = *metrics.mutable_resource_metrics(i)->add_scope_metrics()->add_metrics();
        auto &scope = *logs.mutable_resource_logs(i)->add_scope_logs();
        for (int n = 0; n <= i; ++n) {
            metric.mutable_gauge()->add_data_points();
            scope.add_log_records();
        }
    }
    return QByteArray::fromStdString(signal == Signal::Metrics ? metrics.SerializeAsString()
                                                               : logs.SerializeAsString());
}

} // namespace

class TestOtlpReceiver : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void delivers_data();
    void delivers();
    void partialSuccess_data();
    void partialSuccess();
    void owners_data();
    void owners();
    void contentTypes_data();
    void contentTypes();
    void json_data();
    void json();
    void refusesGarbage();
    void refusesTooMuch();
    void limitsChangeLive();
    void comeAgain();
    void arrivalIsTheClocks();
};

void TestOtlpReceiver::delivers_data()
{
    QTest::addColumn<Signal>("signal");
    QTest::addRow("OTLP metrics") << Signal::Metrics;
    QTest::addRow("OTLP logs") << Signal::Logs;
}

void TestOtlpReceiver::delivers()
{
    QFETCH(Signal, signal);
    const FixedClock clock;
    Sink sink;
    OtlpReceiver receiver(sink, clock);
    QCOMPARE(receiver.answer(signal, protobufType, request(signal)), (OtlpAnswer{200, protobufType, {}, {}}));
    QCOMPARE(sink.metrics.size(), size_t(signal == Signal::Metrics ? 3 : 0));
    QCOMPARE(sink.logs.size(), size_t(signal == Signal::Logs ? 3 : 0));
    QCOMPARE(signal == Signal::Metrics ? sink.metrics[2].records.size() : sink.logs[2].records.size(), size_t(3));
}

void TestOtlpReceiver::partialSuccess_data()
{
    QTest::addColumn<std::vector<Verdict>>("verdicts");
    QTest::addColumn<bool>("identified");
    QTest::addColumn<int>("records"); // limit
    QTest::addColumn<int>("refused");
    QTest::addColumn<QString>("why");
    const auto s = [](const char *text) { return QString::fromLatin1(text); };
    using List = std::vector<Verdict>;
    QTest::addRow("OTLP all taken") << List{Verdict::Taken} << true << 100 << 0 << QString();
    QTest::addRow("OTLP all have another id")
        << List{Verdict::Taken} << false << 100 << 6 << s("6 with a service.instance.id of no gateway");
    QTest::addRow("SEC6 over the limit") << List{Verdict::Taken} << true << 2 << 4 << s("4 over");
    QTest::addRow("OTLP one gateway unknown")
        << List{Verdict::Taken, Verdict::Unknown, Verdict::Taken} << true << 100 << 2 << s("2 of a gateway");
    QTest::addRow("OTLP all unknown") << List{Verdict::Unknown} << true << 100 << 6 << s("6 of a gateway");
    QTest::addRow("OTLP busy after some were taken is no 503: they would come twice")
        << List{Verdict::Taken, Verdict::Busy} << true << 100 << 5 << s("5 dropped");
    QTest::addRow("OTLP unknown and over the limit")
        << List{Verdict::Unknown} << true << 4 << 6 << s("2 over the limit of one request, 4 of a gateway");
}

void TestOtlpReceiver::partialSuccess()
{
    QFETCH(std::vector<Verdict>, verdicts);
    QFETCH(bool, identified);
    QFETCH(int, records);
    QFETCH(int, refused);
    QFETCH(QString, why);
    const FixedClock clock;
    OtlpLimits limits;
    limits.records = records;
    for (const Signal signal : {Signal::Metrics, Signal::Logs}) {
        Sink sink(verdicts);
        OtlpReceiver receiver(sink, clock, limits);
        const OtlpAnswer answer = receiver.answer(signal, protobufType, request(signal, identified));
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.contentType, QByteArray(protobufType));
        MetricsResponse metrics;
        LogsResponse logs;
        const bool isMetrics = signal == Signal::Metrics;
        QVERIFY((isMetrics ? static_cast<google::protobuf::Message &>(metrics) : logs)
                    .ParseFromString(answer.body.toStdString()));
        QCOMPARE(isMetrics ? metrics.has_partial_success() : logs.has_partial_success(), refused > 0);
        QCOMPARE(int(isMetrics ? metrics.partial_success().rejected_data_points()
                               : logs.partial_success().rejected_log_records()),
                 refused);
        const QString text = QString::fromStdString(isMetrics ? metrics.partial_success().error_message()
                                                              : logs.partial_success().error_message());
        QVERIFY2(text.contains(why), qPrintable(text));
    }
}

void TestOtlpReceiver::limitsChangeLive() // SEC6
{
    const FixedClock clock;
    Sink sink;
    OtlpReceiver receiver(sink, clock);
    QVERIFY(receiver.answer(Signal::Logs, protobufType, request(Signal::Logs)).body.isEmpty());
    OtlpLimits limits;
    limits.records = 2;
    receiver.setLimits(limits);
    LogsResponse response;
    const OtlpAnswer answer = receiver.answer(Signal::Logs, protobufType, request(Signal::Logs));
    QVERIFY(response.ParseFromString(answer.body.toStdString()));
    QCOMPARE(int(response.partial_success().rejected_log_records()), 4);
}

void TestOtlpReceiver::owners_data()
{
    using Why = domain::NoOwner;
    using Owner = domain::Result<domain::GatewayId, Why>;
    QTest::addColumn<std::vector<Owner>>("owners"); // of the three resources
    QTest::addColumn<bool>("maySend");
    QTest::addColumn<int>("taken");
    QTest::addColumn<QString>("why");
    const domain::GatewayId g(QByteArray(16, 'g'));
    const auto no = [](Why why) { return Owner(domain::unexpected(why)); };
    QTest::addRow("all are one gateway's") << std::vector<Owner>{g, g, g} << true << 3 << QString();
    QTest::addRow("no id") << std::vector<Owner>{g, no(Why::NoId), g} << true << 2
                           << QStringLiteral("2 without a service.instance.id");
    QTest::addRow("unknown and ambiguous")
        << std::vector<Owner>{no(Why::Unknown), no(Why::Ambiguous), g} << true << 1
        << QStringLiteral("1 with a service.instance.id of no gateway here, 2 with a service.instance.id of several");
    QTest::addRow("SEC7 it may not send for the owner")
        << std::vector<Owner>{g, g, no(Why::Unknown)} << false << 0
        << QStringLiteral(
               "3 with a service.instance.id of no gateway here, 3 of a gateway whose credential this is not");
}

/// Whose a resource is, and whether its sender may send for that gateway.
void TestOtlpReceiver::owners()
{
    using Owner = domain::Result<domain::GatewayId, domain::NoOwner>;
    QFETCH(std::vector<Owner>, owners);
    QFETCH(bool, maySend);
    QFETCH(int, taken);
    QFETCH(QString, why);
    const FixedClock clock;
    Sink sink;
    OtlpReceiver receiver(sink, clock);
    size_t asked = 0;
    QStringList ids;
    const OwnerOf ownerOf = [&](const QString &id) {
        ids.append(id);
        return owners.at(asked++);
    };
    const auto answer =
        receiver.deliver(decodeRequest(Signal::Logs, protobufType, request(Signal::Logs), {}, receiver.limits()),
                         {ownerOf, [maySend](const domain::GatewayId &) { return maySend; }});
    LogsResponse response;
    QVERIFY(response.ParseFromString(answer.body.toStdString()));
    const QString said = QString::fromStdString(response.partial_success().error_message());
    QVERIFY2(said.contains(why), qPrintable(said));
    QCOMPARE(sink.logs.size(), size_t(taken));
    for (const LogBatch &batch : sink.logs)
        QCOMPARE(batch.gateway, domain::GatewayId(QByteArray(16, 'g')));
    QCOMPARE(ids.size(), 3);
    QCOMPARE(ids.first(), QStringLiteral("01a20a40-b847-7c64-a967-500bd0830001"));
}

void TestOtlpReceiver::contentTypes_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("answered");
    const QByteArray protobuf(protobufType);
    QTest::addRow("T4 exact") << protobuf << 200 << protobuf;
    QTest::addRow("T4 with a parameter") << QByteArray("application/x-protobuf; charset=utf-8") << 200 << protobuf;
    QTest::addRow("T4 in another case") << QByteArray(" Application/X-Protobuf ") << 200 << protobuf;
    QTest::addRow("T5 text") << QByteArray("text/plain") << 415 << protobuf;
    QTest::addRow("T5 none") << QByteArray() << 415 << protobuf;
    QTest::addRow("T5 only like it") << QByteArray("application/x-protobuf2") << 415 << protobuf;
}

void TestOtlpReceiver::contentTypes()
{
    QFETCH(QByteArray, type);
    QFETCH(int, status);
    QFETCH(QByteArray, answered);
    const FixedClock clock;
    Sink sink;
    OtlpReceiver receiver(sink, clock);
    const OtlpAnswer answer = receiver.answer(Signal::Logs, type, request(Signal::Logs));
    QCOMPARE(answer.status, status);
    QCOMPARE(answer.contentType, answered);
    QCOMPARE(sink.logs.empty(), status != 200);
    if (status == 200)
        return;
    google::rpc::Status rpc;
    QVERIFY(rpc.ParseFromString(answer.body.toStdString()));
    QCOMPARE(rpc.code(), 12);
    QVERIFY(QString::fromStdString(rpc.message()).contains(QLatin1String(protobufType)));
}

void TestOtlpReceiver::json_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("answer"); // a part of it
    QTest::addColumn<QString>("text");      // of the line that was taken; null: none was
    const QByteArray resource = R"({"resource":{"attributes":[{"key":"service.instance.id","value":{"stringValue":)"
                                R"("01a20a40-b847-7c64-a967-500bd0830001"}}]},"scopeLogs":[{"logRecords":[%1]}]})";
    const auto body = [resource](const QByteArray &record) {
        return R"({"resourceLogs":[)" + QByteArray(resource).replace("%1", record) + "]}";
    };
    const QByteArray line = R"({"timeUnixNano":"1790000000000000000","severityNumber":17,"body":{"stringValue":"why"},)"
                            R"("traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174",)"
                            R"("somethingNew":[{"a":1}]})";
    QTest::newRow("OTLP JSON a line, with ids in hex and fields that are not known")
        << body(line) << 200 << QByteArray("{}") << QStringLiteral("why");
    QTest::newRow("OTLP JSON nothing in it") << QByteArray("{}") << 200 << QByteArray("{}") << QString();
    QTest::newRow("OTLP JSON partial success") << body(line + QByteArray(",{}").repeated(200)) << 200
                                               << QByteArray("\"rejectedLogRecords\":\"101\"") << QStringLiteral("why");
    QTest::newRow("OTLP JSON that ends") << body(line).chopped(1) << 400 << QByteArray("\"code\":3") << QString();
    QTest::newRow("OTLP JSON of another kind") << QByteArray("[1]") << 400 << QByteArray("\"code\":3") << QString();
    QTest::newRow("OTLP JSON nested without end")
        << QByteArray(R"({"a":)").repeated(100'000) << 400 << QByteArray("\"code\":3") << QString();
    QTest::newRow("OTLP JSON of too many values")
        << body("{}" + QByteArray(",{}").repeated(1'100'000)) << 400 << QByteArray("1000000") << QString();
    QTest::newRow("OTLP JSON no text at all")
        << QByteArray("\x0a\xff\x00", 3) << 400 << QByteArray("\"code\":3") << QString();
}

void TestOtlpReceiver::json()
{
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    QFETCH(QByteArray, answer);
    QFETCH(QString, text);
    const FixedClock clock;
    Sink sink;
    OtlpLimits limits;
    limits.records = 100;
    OtlpReceiver receiver(sink, clock, limits);
    const OtlpAnswer said = receiver.answer(Signal::Logs, "application/json;charset=utf-8", body);
    QCOMPARE(said.status, status);
    QCOMPARE(said.contentType, QByteArray("application/json"));
    QVERIFY2(said.body.contains(answer), said.body.constData());
    QVERIFY(QJsonDocument::fromJson(said.body).isObject());
    QCOMPARE(sink.logs.empty(), text.isNull());
    if (!text.isNull())
        QCOMPARE(sink.logs[0].records[0].text, text);
}

void TestOtlpReceiver::refusesGarbage()
{
    const FixedClock clock;
    Sink sink;
    OtlpReceiver receiver(sink, clock);
    const OtlpAnswer answer = receiver.answer(Signal::Metrics, protobufType, "not protobuf");
    QCOMPARE(answer.status, 400);
    google::rpc::Status rpc;
    QVERIFY(rpc.ParseFromString(answer.body.toStdString()));
    QCOMPARE(rpc.code(), 3);
    QVERIFY(QString::fromStdString(rpc.message()).contains(QLatin1String("ExportMetricsServiceRequest")));
}

void TestOtlpReceiver::refusesTooMuch()
{
    const FixedClock clock;
    Sink sink;
    OtlpLimits limits;
    limits.fields = 10;
    OtlpReceiver receiver(sink, clock, limits);
    const OtlpAnswer answer = receiver.answer(Signal::Logs, protobufType, request(Signal::Logs));
    QCOMPARE(answer.status, 400);
    google::rpc::Status rpc;
    QVERIFY(rpc.ParseFromString(answer.body.toStdString()));
    QVERIFY(QString::fromStdString(rpc.message()).contains(QLatin1String("10 fields")));
    QVERIFY(sink.logs.empty());
}

/// ER5: nothing was taken yet, so the client may send the same again.
void TestOtlpReceiver::comeAgain()
{
    const FixedClock clock;
    Sink sink({Verdict::Unknown, Verdict::Busy});
    OtlpReceiver receiver(sink, clock);
    const OtlpAnswer answer = receiver.answer(Signal::Logs, protobufType, request(Signal::Logs));
    QCOMPARE(answer.status, 503);
    QCOMPARE(answer.retryAfterSeconds, 30);
    google::rpc::Status rpc;
    QVERIFY(rpc.ParseFromString(answer.body.toStdString()));
    QCOMPARE(rpc.code(), 14);
    QVERIFY(sink.logs.empty());
}

void TestOtlpReceiver::arrivalIsTheClocks()
{
    const FixedClock clock;
    Sink sink;
    OtlpReceiver receiver(sink, clock);
    (void)receiver.answer(Signal::Logs, protobufType, request(Signal::Logs));
    QCOMPARE(sink.logs[0].records[0].at, clock.now());
}

QTEST_APPLESS_MAIN(TestOtlpReceiver)
#include "tst_otlpreceiver.moc"
