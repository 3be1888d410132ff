// SPDX-License-Identifier: GPL-3.0-or-later
#include "fleetsim/collectormodel.h"

#include <QTest>

using namespace flowgate;
using namespace flowgate::fleetsim;

namespace {

const char good[] = "receivers: {otlp: {protocols: {grpc: }}}\n"
                    "processors: {batch: }\n"
                    "exporters: {debug: {verbosity: detailed}}\n"
                    "service: {pipelines: {logs: {receivers: [otlp], processors: [batch], exporters: [debug]}}}\n";

YamlNode yaml(const QByteArray &text)
{
    return parseYaml(text).value();
}

SupervisorFacts facts()
{
    return {"01a20a40-b847-7c64-a967-500bd08305b3", 18214, 34083, {{"host.name", "edge-ber-01"}}};
}

} // namespace

class TestCollectorModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void objects_data();
    void objects();
    void reports_data();
    void reports();
    void supervisorAdds();
    void health();
    void failingExporter();
    void listsItsParts();
};

void TestCollectorModel::objects_data()
{
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<QString>("words"); // null: no objection
    const auto row = [](const char *name, const QByteArray &config, const char *words) {
        QTest::addRow("%s", name) << config << QString::fromLatin1(words);
    };
    row("gateway.md a good one", good, nullptr);
    row("gateway.md nothing to run", "{}", nullptr);
    row("gateway.md unknown receiver, as the Collector says it", "receivers: {nosuch: {}}",
        "'receivers' unknown type: \"nosuch\" for id: \"nosuch\" (valid values: [nop otlp])");
    row("gateway.md unknown type with a name", "exporters: {kafka/in: {}}",
        "'exporters' unknown type: \"kafka\" for id: \"kafka/in\"");
    row("gateway.md unknown section", "reciever: {}", "'' has invalid keys: reciever");
    row("gateway.md pipeline names what is not configured",
        "receivers: {otlp: }\nexporters: {debug: }\nservice: {pipelines: {logs: {receivers: [otlp], exporters: "
        "[otlp]}}}",
        "service::pipelines::logs: references exporter \"otlp\" which is not configured");
    row("gateway.md pipeline without exporter",
        "receivers: {otlp: }\nservice: {pipelines: {logs: {receivers: [otlp]}}}",
        "service::pipelines::logs: must have at least one exporter");
    row("gateway.md processor that is not configured",
        "receivers: {otlp: }\nexporters: {debug: }\n"
        "service: {pipelines: {logs: {receivers: [otlp], processors: [batch], exporters: [debug]}}}",
        "references processor \"batch\"");
    row("gateway.md a connector is both ends",
        "receivers: {otlp: }\nexporters: {debug: }\nconnectors: {forward: }\nservice: {pipelines: {"
        "logs: {receivers: [otlp], exporters: [forward]}, logs/2: {receivers: [forward], exporters: [debug]}}}",
        nullptr);
    row("gateway.md extension that is not configured", "service: {extensions: [health_check]}",
        "service::extensions: references extension \"health_check\"");
}

void TestCollectorModel::objects()
{
    QFETCH(QByteArray, config);
    QFETCH(QString, words);
    const auto reason = objection(yaml(config), builtIn(false));
    QCOMPARE(reason.has_value(), !words.isNull());
    if (reason)
        QVERIFY2(reason->contains(words), qPrintable(*reason));
}

void TestCollectorModel::reports_data()
{
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<QByteArrayList>("path");
    QTest::addColumn<QByteArray>("value"); // as YAML
    const auto row = [](const char *name, const QByteArray &config, const QByteArray &path, const char *value) {
        QTest::addRow("%s", name) << config << path.split('.') << QByteArray(value);
    };
    row("enum words in their own case", good, "exporters.debug.verbosity", "Detailed\n");
    row("defaults beside it", good, "exporters.debug.sending_queue", "null\n");
    row("a component of nothing gets its defaults", good, "processors.batch.timeout", "200ms\n");
    row("a protocol of nothing too", good, "receivers.otlp.protocols.grpc.endpoint", "localhost:4317\n");
    row("the other one is off", good, "receivers.otlp.protocols.http", "null\n");
    row("connectors though there are none", good, "connectors", "{}\n");
    row("5000ms", "processors: {batch: {timeout: 5000ms}}", "processors.batch.timeout", "5s\n");
    row("90s", "processors: {batch: {timeout: 90s}}", "processors.batch.timeout", "1m30s\n");
    row("1500ms", "processors: {batch: {timeout: 1500ms}}", "processors.batch.timeout", "1.5s\n");
    row("2h", "processors: {batch: {timeout: 2h}}", "processors.batch.timeout", "2h0m0s\n");
    row("a quoted text is no duration", "processors: {batch: {timeout: '90s'}}", "processors.batch.timeout",
        "\"90s\"\n");
    row("headers are masked", "exporters: {otlp: {headers: {authorization: secret}}}",
        "exporters.otlp.headers.authorization", "\"[REDACTED]\"\n");
    row("environment is resolved", "exporters: {otlp: {endpoint: '${env:OUT}'}}", "exporters.otlp.endpoint", "\"\"\n");
}

void TestCollectorModel::reports()
{
    QFETCH(QByteArray, config);
    QFETCH(QByteArrayList, path);
    QFETCH(QByteArray, value);
    const YamlNode reported = asReported(composed(yaml(config), facts()));
    const YamlNode *node = &reported;
    for (const QByteArray &key : path)
        node = node ? node->find(key) : nullptr;
    QVERIFY(node);
    QCOMPARE(writeYaml(*node), value);
    QVERIFY(parseYaml(writeYaml(reported)));
}

void TestCollectorModel::supervisorAdds()
{
    const YamlNode node =
        composed(yaml("service: {extensions: [health_check], telemetry: {logs: {encoding: console}}}"), facts());
    QCOMPARE(writeYaml(*node.find("service")->find("extensions")), QByteArray("- health_check\n- opamp\n"));
    const YamlNode &opamp = *node.find("extensions")->find("opamp");
    QCOMPARE(opamp.find("ppid")->text, QByteArray("18214"));
    QCOMPARE(opamp.find("instance_uid")->text, facts().instanceUid);
    const YamlNode &telemetry = *node.find("service")->find("telemetry");
    QCOMPARE(telemetry.find("logs")->find("encoding")->text, QByteArray("console")); // the operator's wins
    QCOMPARE(telemetry.find("resource")->find("host.name")->text, QByteArray("edge-ber-01"));
}

void TestCollectorModel::health()
{
    const auto tree = healthTree(composed(yaml(good), facts()), CollectorPhase::Running, 5, 9);
    QVERIFY(tree.healthy);
    QCOMPARE(tree.startTimeUnixNano, quint64(5));
    QCOMPARE(tree.status, QStringLiteral("StatusOK"));
    const auto &pipeline = tree.components.at(QStringLiteral("pipeline:logs"));
    QCOMPARE(pipeline.components.size(), size_t(3));
    for (const char *id : {"receiver:otlp", "processor:batch", "exporter:debug"})
        QVERIFY(pipeline.components.at(QLatin1String(id)).healthy);
    QVERIFY(tree.components.at(QStringLiteral("extensions")).components.contains(QStringLiteral("extension:opamp")));

    const auto starting = healthTree(composed(yaml(good), facts()), CollectorPhase::Starting, 5, 9);
    QVERIFY(!starting.healthy);
    QCOMPARE(starting.startTimeUnixNano, quint64(0));
    QCOMPARE(starting.status, QStringLiteral("StatusStarting"));
}

void TestCollectorModel::failingExporter()
{
    auto tree = healthTree(composed(yaml(good), facts()), CollectorPhase::Running, 5, 9);
    QVERIFY(failExporter(tree, QStringLiteral("connection refused")));
    QVERIFY(!tree.healthy);
    QCOMPARE(domain::deepestError(tree), QStringLiteral("pipeline:logs/exporter:debug: connection refused"));
    QVERIFY(tree.components.at(QStringLiteral("extensions")).healthy);
    auto none = healthTree(composed(yaml("{}"), facts()), CollectorPhase::Running, 5, 9);
    QVERIFY(!failExporter(none, QStringLiteral("x")));
    QVERIFY(none.healthy);
}

void TestCollectorModel::listsItsParts()
{
    const auto large = listed(builtIn(true), QStringLiteral("0.149.0"));
    QCOMPARE(large.hash.bytes().size(), qsizetype(32));
    const auto &kafka = large.components.at(QStringLiteral("receivers")).components.at(QStringLiteral("kafka"));
    QCOMPARE(kafka.metadata.front().key, QStringLiteral("code.namespace"));
    QCOMPARE(
        domain::attributeText(kafka.metadata.front().value),
        QStringLiteral("github.com/open-telemetry/opentelemetry-collector-contrib/receiver/kafkareceiver v0.149.0"));
    QCOMPARE(listed(builtIn(true), QStringLiteral("0.149.0")).hash, large.hash);
    QVERIFY(listed(builtIn(false), QStringLiteral("0.149.0")).hash != large.hash);
    QVERIFY(listed(builtIn(true), QStringLiteral("0.147.0")).hash != large.hash);
}

QTEST_APPLESS_MAIN(TestCollectorModel)
#include "tst_collectormodel.moc"
