// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/pipelinegraph.h"

#include <algorithm>

namespace flowgate::collector {

namespace {

using Part = GraphNode::Part;

constexpr size_t mostLanes = 400; // nobody looks at more, and joining them costs their square

bool names(const std::vector<Reference> &list, const QString &id)
{
    return std::ranges::find(list, id, &Reference::id) != list.end();
}

class Layout
{
public:
    explicit Layout(const Outline &outline)
        : m_outline(outline)
    {
        m_graph.complete = outline.complete;
    }

    PipelineGraph run()
    {
        const auto count = m_outline.pipelines.size();
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

    /// The column that a pipeline begins in. @param open  those whose column is being found: a circle is cut there
    int beginOf(size_t index, std::vector<bool> &open)
    {
        if (m_begin[index] >= 0 || open[index])
            return std::max(m_begin[index], 0);
        open[index] = true;
        int begin = 0;
        for (size_t other = 0; other < m_outline.pipelines.size(); ++other) {
            if (other != index && !open[other] && feeds(m_outline.pipelines[other], m_outline.pipelines[index]))
                begin = std::max(begin, beginOf(other, open) + columnsOf(m_outline.pipelines[other]));
        }
        open[index] = false;
        return m_begin[index] = begin;
    }

    [[nodiscard]] bool feeds(const Pipeline &from, const Pipeline &to) const
    {
        return std::ranges::any_of(from.exporters, [&](const Reference &end) {
            return m_outline.find(ComponentKind::Connector, end.id) && names(to.receivers, end.id);
        });
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
        const Component *defined = m_outline.find(kind, reference.id);
        if (!defined && part != Part::Processor) {
            defined = m_outline.find(ComponentKind::Connector, reference.id);
            node.isConnector = defined != nullptr;
        }
        node.isDefined = defined != nullptr;
        node.line = defined ? defined->mark.line : reference.mark.line;
        node.lastLine = defined ? defined->lastLine : reference.mark.line;
        node.file = defined ? defined->file : reference.file;
        return node;
    }

    void connect(const std::vector<int> &from, const std::vector<int> &to)
    {
        for (const int one : from) {
            for (const int other : to)
                m_graph.edges.push_back({one, other, false});
        }
    }

    void joins()
    {
        const auto &nodes = m_graph.nodes;
        for (size_t from = 0; from < nodes.size(); ++from) {
            if (!nodes[from].isConnector || nodes[from].part != Part::Exporter)
                continue;
            for (size_t to = 0; to < nodes.size(); ++to) {
                if (nodes[to].isConnector && nodes[to].part == Part::Receiver && nodes[to].id == nodes[from].id)
                    m_graph.edges.push_back({static_cast<int>(from), static_cast<int>(to), true});
            }
        }
    }

    const Outline &m_outline;
    PipelineGraph m_graph;
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
    QStringList list;
    for (size_t i = 0; i < lanes.size(); ++i) {
        QStringList columns;
        int column = -1;
        for (const GraphNode &node : nodes) {
            if (node.pipeline != static_cast<int>(i))
                continue;
            const QString name = node.id.isEmpty() ? QStringLiteral("?") : node.id;
            if (node.column == column)
                columns.back() += QStringLiteral(", ") + name;
            else
                columns.append(name);
            column = node.column;
        }
        list.append(lanes[i].id + QStringLiteral(": ") + columns.join(QStringLiteral(" \u2192 ")));
    }
    return list;
}

PipelineGraph pipelineGraph(const Outline &outline)
{
    if (outline.pipelines.size() <= mostLanes)
        return Layout(outline).run();
    Outline part = outline;
    part.pipelines.resize(mostLanes);
    return Layout(part).run();
}

} // namespace flowgate::collector
