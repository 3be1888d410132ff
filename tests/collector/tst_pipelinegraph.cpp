// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/pipelinegraph.h"

#include <QSet>
#include <QTest>

using namespace flowgate::collector;

namespace {

PipelineGraph graphOf(const QByteArray &text)
{
    return pipelineGraph(outline(text));
}

const QByteArray forward = "receivers: {otlp: , nop: }\n"
                           "processors: {batch: , filter: }\n"
                           "exporters: {debug: , file: }\n"
                           "connectors: {forward: }\n"
                           "service:\n"
                           "  pipelines:\n"
                           "    logs/out: {receivers: [forward], exporters: [debug, file]}\n"
                           "    logs/in: {receivers: [otlp, nop], processors: [batch, filter], exporters: [forward]}\n";

} // namespace

class TestPipelineGraph : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void laysLanesOut()
    {
        const PipelineGraph graph = graphOf(forward);
        QVERIFY(graph.complete);
        QCOMPARE(graph.lanes.size(), size_t(2));
        // What is fed begins right of what feeds it, wherever it stands in the text.
        QCOMPARE(graph.lanes[1].firstColumn, 0);
        QCOMPARE(graph.lanes[1].columns, 4);
        QCOMPARE(graph.lanes[0].firstColumn, 4);
        QCOMPARE(graph.columns(), 6);
        QCOMPARE(graph.rows(), 4);
        QCOMPARE(graph.sentences(),
                 QStringList({QStringLiteral("logs/out: forward \u2192 debug, file"),
                              QStringLiteral("logs/in: otlp, nop \u2192 batch \u2192 filter \u2192 forward")}));
        int joins = 0;
        for (const GraphEdge &edge : graph.edges) {
            joins += edge.joins ? 1 : 0;
            QVERIFY(graph.nodes[size_t(edge.from)].column < graph.nodes[size_t(edge.to)].column);
        }
        QCOMPARE(joins, 1);
    }

    /// No two boxes on one place, none outside its lane.
    void boxesDoNotMeet()
    {
        const PipelineGraph graph = graphOf(forward);
        QSet<std::pair<int, int>> places;
        for (const GraphNode &node : graph.nodes) {
            const GraphLane &lane = graph.lanes[size_t(node.pipeline)];
            QVERIFY(node.row >= lane.firstRow && node.row <= lane.firstRow + lane.rows - 1);
            QVERIFY(node.column >= lane.firstColumn && node.column < lane.firstColumn + lane.columns);
            places.insert({node.column, int(node.row * 2)});
        }
        QCOMPARE(size_t(places.size()), graph.nodes.size());
    }

    void halfWrittenIsDrawn()
    {
        const PipelineGraph graph = graphOf("receivers: {otlp: }\n"
                                            "service:\n"
                                            "  pipelines:\n"
                                            "    logs: {receivers: [otlp, gone], processors: [batch]}\n"
                                            "    traces:\n");
        QCOMPARE(graph.lanes.size(), size_t(2));
        int missing = 0;
        int undefined = 0;
        for (const GraphNode &node : graph.nodes) {
            missing += node.id.isEmpty() ? 1 : 0;
            undefined += !node.id.isEmpty() && !node.isDefined ? 1 : 0;
        }
        QCOMPARE(missing, 3); // the exporters of one, both ends of the other
        QCOMPARE(undefined, 2);
        QVERIFY(graphOf("").lanes.empty());
        QVERIFY(!graphOf("a: [").complete);
    }

    void circlesEnd()
    {
        const PipelineGraph graph = graphOf("connectors: {forward/a: , forward/b: }\n"
                                            "service:\n"
                                            "  pipelines:\n"
                                            "    logs/1: {receivers: [forward/b], exporters: [forward/a]}\n"
                                            "    logs/2: {receivers: [forward/a], exporters: [forward/b]}\n"
                                            "    logs/3: {receivers: [forward/a], exporters: [forward/a]}\n");
        QCOMPARE(graph.lanes.size(), size_t(3));
        for (const GraphLane &lane : graph.lanes)
            QVERIFY(lane.firstColumn >= 0 && lane.firstColumn < 20);
    }

    void linesAndBoxesKnowEachOther()
    {
        const PipelineGraph graph = graphOf("receivers:\n"
                                            "  otlp:\n"
                                            "    protocols: {grpc: }\n"
                                            "exporters:\n"
                                            "  debug:\n"
                                            "service:\n"
                                            "  pipelines:\n"
                                            "    logs: {receivers: [otlp], exporters: [debug]}\n");
        const int otlp = graph.nodeAt(QString(), 3);
        QVERIFY(otlp >= 0);
        QCOMPARE(graph.nodes[size_t(otlp)].id, QStringLiteral("otlp"));
        QCOMPARE(graph.nodes[size_t(otlp)].line, 2);
        QCOMPARE(graph.nodeAt(QString(), 1), -1);
    }

    void manyPipelinesAreBounded()
    {
        QByteArray text = "receivers: {otlp: }\nexporters: {debug: }\nconnectors:\n";
        for (int i = 0; i < 199; ++i)
            text += "  forward/" + QByteArray::number(i) + ":\n";
        text += "service:\n  pipelines:\n";
        for (int i = 0; i < 200; ++i)
            text += "    logs/" + QByteArray::number(i) + ": {receivers: [" +
                    (i == 0 ? QByteArray("otlp") : "forward/" + QByteArray::number(i - 1)) + "], exporters: [" +
                    (i == 199 ? QByteArray("debug") : "forward/" + QByteArray::number(i)) + "]}\n";
        const PipelineGraph graph = graphOf(text);
        QCOMPARE(graph.lanes.size(), size_t(200));
        QCOMPARE(graph.lanes.back().firstColumn, 398);
    }

    void manyBoxesAreBounded()
    {
        QByteArray ids;
        QByteArray text = "connectors:\n";
        for (int i = 0; i < 2000; ++i) {
            text += "  forward/" + QByteArray::number(i) + ":\n";
            ids += "forward/" + QByteArray::number(i) + ", ";
        }
        text += "service:\n  pipelines:\n";
        for (int i = 0; i < 40; ++i)
            text += "    logs/" + QByteArray::number(i) + ": {receivers: [" + ids + "], exporters: [" + ids + "]}\n";
        const PipelineGraph graph = graphOf(text);
        QCOMPARE(graph.lanes.size(), size_t(25)); // of two hundred boxes each
        QCOMPARE(graph.nodes.size(), size_t(5000));
        QCOMPARE(graph.edges.size(), size_t(20'000));
        QCOMPARE(graph.sentences().size(), 25);
    }

    void whatStandsBehindAReferenceIsNotMissing()
    {
        const PipelineGraph graph = graphOf("exporters: ${file:e.yaml}\n"
                                            "receivers: {otlp: }\n"
                                            "service:\n"
                                            "  pipelines:\n"
                                            "    logs: {receivers: [otlp, gone], exporters: [debug]}\n"
                                            "    traces: {receivers: '${env:R}', exporters: ['${env:E}']}\n");
        QStringList missing;
        for (const GraphNode &node : graph.nodes) {
            if (!node.isDefined)
                missing.append(node.id);
        }
        QCOMPARE(missing, QStringList{QStringLiteral("gone")});
        QCOMPARE(graph.sentences().back(), QStringLiteral("traces: ${env:R} \u2192 ${env:E}"));
    }
};

QTEST_APPLESS_MAIN(TestPipelineGraph)
#include "tst_pipelinegraph.moc"
