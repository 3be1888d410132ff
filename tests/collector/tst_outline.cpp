// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/outline.h"

#include <QTest>

using namespace flowgate::collector;
using namespace Qt::Literals::StringLiterals;
using flowgate::domain::AvailableComponents;
using flowgate::domain::ComponentsHash;

namespace {

const QByteArray text = "receivers:\n"
                        "  otlp:\n"
                        "    protocols:\n"
                        "      grpc:\n"
                        "  otlp/2: {}\n"
                        "processors:\n"
                        "  batch:\n"
                        "exporters:\n"
                        "  kafka/a:\n"
                        "  kafka/b:\n"
                        "connectors:\n"
                        "  forward:\n"
                        "extensions:\n"
                        "  zpages:\n"
                        "service:\n"
                        "  extensions: [zpages, \"${env:MORE}\"]\n"
                        "  pipelines:\n"
                        "    logs/in:\n"
                        "      receivers: [otlp, otlp/2]\n"
                        "      processors: [batch]\n"
                        "      exporters:\n"
                        "        - forward\n"
                        "    traces:\n";

QByteArrayList ids(const std::vector<Reference> &references)
{
    QByteArrayList list;
    for (const Reference &r : references)
        list += r.id.toUtf8() + ':' + QByteArray::number(r.mark.line);
    return list;
}

} // namespace

class TestOutline : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void listsComponents()
    {
        const Outline o = outline(text);
        QVERIFY(o.complete);
        QByteArrayList found;
        for (const Component &c : o.components)
            found += sectionName(c.kind).toUtf8() + '/' + c.id.toUtf8() + ':' + QByteArray::number(c.mark.line) + '-' +
                     QByteArray::number(c.lastLine);
        QCOMPARE(found, (QByteArrayList{"receivers/otlp:2-4", "receivers/otlp/2:5-5", "processors/batch:7-7",
                                        "exporters/kafka/a:9-9", "exporters/kafka/b:10-10", "connectors/forward:12-12",
                                        "extensions/zpages:14-14"}));
        QVERIFY(o.find(ComponentKind::Receiver, u"otlp/2"_s));
        QVERIFY(!o.find(ComponentKind::Exporter, u"otlp/2"_s));
    }

    void listsPipelines()
    {
        const Outline o = outline(text);
        QCOMPARE(o.pipelines.size(), size_t(2));
        const Pipeline &logs = o.pipelines[0];
        QCOMPARE(logs.id, u"logs/in"_s);
        QCOMPARE(logs.signal, u"logs"_s);
        QCOMPARE(logs.mark, (Mark{18, 5}));
        QCOMPARE(ids(logs.receivers), (QByteArrayList{"otlp:19", "otlp/2:19"}));
        QCOMPARE(ids(logs.processors), (QByteArrayList{"batch:20"}));
        QCOMPARE(ids(logs.exporters), (QByteArrayList{"forward:22"}));
        QCOMPARE(o.pipelines[1].id, u"traces"_s);
        QCOMPARE(ids(o.extensions), (QByteArrayList{"zpages:16", "${env:MORE}:16"}));
    }

    void keepsWhatIsThereWhileSomebodyTypes()
    {
        const Outline o =
            outline(QByteArray("receivers:\n  otlp:\n    protocols: {\nservice:\n  pipelines:\n    logs:\n"
                               "      receivers: [otlp]\n"));
        QVERIFY(!o.complete);
        QVERIFY(o.find(ComponentKind::Receiver, u"otlp"_s));
        QCOMPARE(o.pipelines.size(), size_t(1));
    }

    void survivesAnything_data()
    {
        QTest::addColumn<QByteArray>("config");
        for (const char *config :
             {"", "[]", "5", "receivers: 5", "receivers: [otlp]", "service: 5", "service: {pipelines: []}",
              "service: {pipelines: {logs: 5}}", "service: {pipelines: {logs: {receivers: {a: b}}}}",
              "service: {extensions: {a: b}}", "service: {pipelines: {logs: {receivers: [[a], {b: c}, ]}}}"})
            QTest::addRow("odd: %s", config) << QByteArray(config);
    }
    void survivesAnything()
    {
        QFETCH(QByteArray, config);
        const Outline o = outline(config);
        for (const Pipeline &pipeline : o.pipelines)
            QVERIFY(pipeline.receivers.empty());
        QVERIFY(o.components.empty() && o.extensions.empty());
    }

    void typesOfIds()
    {
        QCOMPARE(componentType(u"otlp/2"_s), u"otlp"_s);
        QCOMPARE(componentType(u"otlp"_s), u"otlp"_s);
        QCOMPARE(componentType(u"otlp/a/b"_s), u"otlp"_s);
        QCOMPARE(componentType(u"/2"_s), QString());
    }

    void namesWhatAGatewayLacks()
    {
        AvailableComponents available;
        available.components[u"receivers"_s].components[u"otlp"_s] = {};
        available.components[u"processors"_s].components[u"batch"_s] = {};
        available.components[u"exporters"_s].components[u"debug"_s] = {};
        available.components[u"extensions"_s].components[u"zpages"_s] = {};
        const auto missing = missingComponents(outline(text), available);
        QVERIFY(missing);
        QCOMPARE(missing->size(), size_t(2));
        QCOMPARE(missing->at(0),
                 (MissingComponent{ComponentKind::Exporter, u"kafka"_s, {u"kafka/a"_s, u"kafka/b"_s}, {}, 9}));
        QCOMPARE(missing->at(1).kind, ComponentKind::Connector);
    }

    void doesNotKnowWhatWasNeverListed()
    {
        QVERIFY(!missingComponents(outline(text), {}));
        AvailableComponents hashOnly;
        hashOnly.hash = ComponentsHash("x"); // X1, ST11: "you know it by its hash"
        QVERIFY(!missingComponents(outline(text), hashOnly));
    }
};

QTEST_APPLESS_MAIN(TestOutline)
#include "tst_outline.moc"
