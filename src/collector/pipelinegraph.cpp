// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/pipelinegraph.h"

#include "collector/pipelinecircles.h"
#include "collector/scalar.h"

#include <QSet>

#include <algorithm>
#include <set>

namespace flowgate::collector {

namespace {

using Part = GraphNode::Part;

// Nobody looks at more.
constexpr size_t mostLanes = 400;
constexpr size_t mostInColumn = 100; ///< boxes of one pipeline below each other; also its processors
constexpr size_t mostBoxes = 5'000;
constexpr size_t mostEdges = 20'000;

/// The outline with the pipelines that are drawn.
Outline drawn(Outline outline)
{
    size_t boxes = 0;
    size_t lanes = 0;
    for (Pipeline &pipeline : outline.pipelines) {
        if (lanes == mostLanes || boxes >= mostBoxes)
            break;
        for (auto *ends : {&pipeline.receivers, &pipeline.processors, &pipeline.exporters}) {
            ends->resize(std::min(ends->size(), mostInColumn));
            boxes += std::max<size_t>(ends->size(), 1);
        }
        ++lanes;
    }
    outline.pipelines.resize(lanes);
    return outline;
}

class Layout
{
public:
    explicit Layout(const Outline &outline)
        : m_outline(outline)
        , m_index(outline)
    {
        m_graph.complete = outline.complete;
    }

    PipelineGraph run()
    {
        const auto count = m_outline.pipelines.size();
        findFeeders();
        m_begin.assign(count, -1);
        std::vector<bool> open(count, false);
        for (size_t i = 0; i < count; ++i)
            beginOf(i, open);
        for (size_t i = 0; i < count; ++i)
            lane(i);
        joins();
        return std::move(m_graph);
    }

private:
    [[nodiscard]] static int columnsOf(const Pipeline &pipeline)
    {
        return 2 + static_cast<int>(pipeline.processors.size());
    }

    /// Who hands on to each pipeline through a connector.
    void findFeeders()
    {
        Work work;
        const PipelineLinks links(m_outline, m_index, work);
        for (size_t i = 0; i < m_outline.pipelines.size(); ++i) {
            std::set<size_t> feeders;
            QSet<QString> seen;
            for (const Reference &end : m_outline.pipelines[i].receivers) {
                if (seen.contains(end.id))
                    continue;
                seen.insert(end.id);
                const std::vector<size_t> &writers = links.writers(end.id);
                feeders.insert(writers.begin(), writers.end());
            }
            feeders.erase(i);
            m_feeders.emplace_back(feeders.begin(), feeders.end());
        }
    }

    /// The column that a pipeline begins in. @param open  those whose column is being found: a circle is cut there
    int beginOf(size_t index, std::vector<bool> &open)
    {
        if (m_begin[index] >= 0 || open[index])
            return std::max(m_begin[index], 0);
        open[index] = true;
        int begin = 0;
        for (const size_t other : m_feeders[index]) {
            if (!open[other])
                begin = std::max(begin, beginOf(other, open) + columnsOf(m_outline.pipelines[other]));
        }
        open[index] = false;
        return m_begin[index] = begin;
    }

    void lane(size_t index)
    {
        const Pipeline &pipeline = m_outline.pipelines[index];
        const int rows =
            std::max({static_cast<int>(pipeline.receivers.size()), static_cast<int>(pipeline.exporters.size()), 1});
        m_graph.lanes.push_back(
            {pipeline.id, pipeline.signal, pipeline.mark.line, m_begin[index], columnsOf(pipeline), m_nextRow, rows});
        int column = m_begin[index];
        std::vector<int> before = stack(pipeline.receivers, Part::Receiver, column++);
        for (const Reference &processor : pipeline.processors) {
            const std::vector<int> one = stack({processor}, Part::Processor, column++);
            connect(before, one);
            before = one;
        }
        connect(before, stack(pipeline.exporters, Part::Exporter, column));
        m_nextRow += rows;
    }

    std::vector<int> stack(const std::vector<Reference> &references, Part part, int column)
    {
        const GraphLane &lane = m_graph.lanes.back();
        const int count = std::max(static_cast<int>(references.size()), 1);
        std::vector<int> made;
        for (int i = 0; i < count; ++i) {
            const Reference reference = references.empty() ? Reference() : references[size_t(i)];
            GraphNode node = nodeFor(reference, part);
            node.pipeline = static_cast<int>(m_graph.lanes.size()) - 1;
            node.column = column;
            node.row = lane.firstRow + i + (lane.rows - count) / 2.0;
            if (reference.id.isEmpty())
                node.line = lane.line;
            made.push_back(static_cast<int>(m_graph.nodes.size()));
            m_graph.nodes.push_back(std::move(node));
        }
        return made;
    }

    [[nodiscard]] GraphNode nodeFor(const Reference &reference, Part part) const
    {
        const ComponentKind kind = part == Part::Receiver    ? ComponentKind::Receiver
                                   : part == Part::Processor ? ComponentKind::Processor
                                                             : ComponentKind::Exporter;
        GraphNode node;
        node.part = part;
        node.id = reference.id;
        const Component *defined = m_index.find(kind, reference.id);
        const bool mayBeConnector = part != Part::Processor;
        if (!defined && mayBeConnector) {
            defined = m_index.find(ComponentKind::Connector, reference.id);
            node.isConnector = defined != nullptr;
        }
        // What stands behind a reference is not known, so it is not missing.
        node.isDefined =
            defined || hasReference(reference.id.toUtf8()) ||
            (!reference.id.isEmpty() &&
             (m_outline.isHidden(kind) || (mayBeConnector && m_outline.isHidden(ComponentKind::Connector))));
        node.line = defined ? defined->mark.line : reference.mark.line;
        node.lastLine = defined ? defined->lastLine : reference.mark.line;
        node.file = defined ? defined->file : reference.file;
        return node;
    }

    void connect(const std::vector<int> &from, const std::vector<int> &to)
    {
        for (const int one : from) {
            for (const int other : to)
                addEdge({one, other, false});
        }
    }

    void addEdge(const GraphEdge &edge)
    {
        if (m_graph.edges.size() < mostEdges)
            m_graph.edges.push_back(edge);
    }

    void joins()
    {
        const auto &nodes = m_graph.nodes;
        QHash<QString, std::vector<int>> begins; // of connectors
        for (size_t i = 0; i < nodes.size(); ++i) {
            if (nodes[i].isConnector && nodes[i].part == Part::Receiver)
                begins[nodes[i].id].push_back(static_cast<int>(i));
        }
        for (size_t from = 0; from < nodes.size(); ++from) {
            if (!nodes[from].isConnector || nodes[from].part != Part::Exporter)
                continue;
            for (const int to : begins.value(nodes[from].id))
                addEdge({static_cast<int>(from), to, true});
        }
    }

    const Outline &m_outline;
    OutlineIndex m_index;
    PipelineGraph m_graph;
    std::vector<std::vector<size_t>> m_feeders; ///< of each pipeline, in the order of the text
    std::vector<int> m_begin;
    int m_nextRow = 0;
};

} // namespace

int PipelineGraph::columns() const
{
    int columns = 0;
    for (const GraphLane &lane : lanes)
        columns = std::max(columns, lane.firstColumn + lane.columns);
    return columns;
}

int PipelineGraph::rows() const
{
    return lanes.empty() ? 0 : lanes.back().firstRow + lanes.back().rows;
}

int PipelineGraph::nodeAt(const QString &file, int line) const
{
    for (size_t i = 0; i < nodes.size(); ++i) {
        const GraphNode &node = nodes[i];
        if (!node.id.isEmpty() && node.file == file && node.line <= line && line <= node.lastLine)
            return static_cast<int>(i);
    }
    return -1;
}

QStringList PipelineGraph::sentences() const
{
    std::vector<QStringList> columns(lanes.size());
    std::vector<int> column(lanes.size(), -1);
    for (const GraphNode &node : nodes) {
        const auto lane = static_cast<size_t>(node.pipeline);
        const QString name = node.id.isEmpty() ? QStringLiteral("?") : node.id;
        if (node.column == column[lane])
            columns[lane].back() += QStringLiteral(", ") + name;
        else
            columns[lane].append(name);
        column[lane] = node.column;
    }
    QStringList list;
    for (size_t i = 0; i < lanes.size(); ++i)
        list.append(lanes[i].id + QStringLiteral(": ") + columns[i].join(QStringLiteral(" \u2192 ")));
    return list;
}

PipelineGraph pipelineGraph(const Outline &outline)
{
    const Outline part = drawn(outline);
    return Layout(part).run();
}

} // namespace flowgate::collector
