// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/outline.h"

namespace flowgate::collector {

/// A box of the graph. Columns and rows count from 0 over the whole graph; a row may be a half, so that one box stands
/// beside the middle of several.
struct GraphNode
{
    enum class Part { Receiver, Processor, Exporter };

    Part part = Part::Receiver;
    QString id; ///< empty: nothing is named where something has to be
    bool isConnector = false;
    bool isDefined = true; ///< the id is in its section
    int pipeline = 0;      ///< index into PipelineGraph::lanes
    int column = 0;
    double row = 0;
    int line = 0; ///< of the definition, else of the reference; 0: none
    QString file;
    int lastLine = 0; ///< of the definition

    friend bool operator==(const GraphNode &, const GraphNode &) = default;
};

/// Data flows from one box to the next; @c joins: from a connector's end in one pipeline to its begin in another.
struct GraphEdge
{
    int from = 0; ///< indices into PipelineGraph::nodes
    int to = 0;
    bool joins = false;

    friend bool operator==(const GraphEdge &, const GraphEdge &) = default;
};

/// One pipeline.
struct GraphLane
{
    QString id;
    QString signal;
    int line = 0;
    int firstColumn = 0;
    int columns = 0;
    int firstRow = 0;
    int rows = 0;

    friend bool operator==(const GraphLane &, const GraphLane &) = default;
};

struct PipelineGraph
{
    std::vector<GraphLane> lanes; ///< in the order of the text
    std::vector<GraphNode> nodes; ///< by lane, then column, then row
    std::vector<GraphEdge> edges;
    bool complete = false; ///< the text had no errors

    [[nodiscard]] int columns() const;
    [[nodiscard]] int rows() const;
    /// The box that a cursor on @p line belongs to, -1 if none does.
    [[nodiscard]] int nodeAt(const QString &file, int line) const;
    /// "logs: otlp → batch → debug", one lane a line, for those who do not see it.
    [[nodiscard]] QStringList sentences() const;

    friend bool operator==(const PipelineGraph &, const PipelineGraph &) = default;
};

/// A lane a pipeline, below each other: receivers, processors one after the other, exporters. A pipeline that is fed by
/// connectors begins right of those that feed it; where pipelines feed each other in a circle the circle is cut.
/// Half-written configs give what is there. Of more than 400 pipelines, 100 boxes below each other, 5,000 boxes in all
/// or 20,000 edges the first are drawn.
/// @thread any; pure
[[nodiscard]] PipelineGraph pipelineGraph(const Outline &outline);

} // namespace flowgate::collector
