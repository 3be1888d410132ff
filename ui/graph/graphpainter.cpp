// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph/graphpainter.h"

#include "ui/common/metrics.h"
#include "ui/common/visibletext.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

namespace flowgate::ui {

namespace {

struct Graph
{
    Q_DECLARE_TR_FUNCTIONS(flowgate::Graph)
};

constexpr qreal margin = common::space::page;

QString missingWords(collector::GraphNode::Part part)
{
    switch (part) {
    case collector::GraphNode::Part::Receiver:
        return Graph::tr("no receiver");
    case collector::GraphNode::Part::Processor:
        return Graph::tr("no processor");
    case collector::GraphNode::Part::Exporter:
        break;
    }
    return Graph::tr("no exporter");
}

void paintEdge(QPainter &painter, const QRectF &from, const QRectF &to, const QColor &colour, bool joins)
{
    const QPointF begin(from.right(), from.center().y());
    const QPointF end(to.left(), to.center().y());
    const qreal bend = std::max(std::abs(end.x() - begin.x()) / 2, 14.0);
    QPainterPath path(begin);
    path.cubicTo(begin + QPointF(bend, 0), end - QPointF(bend, 0), end);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colour, joins ? 1.6 : 1.2));
    painter.drawPath(path);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawPolygon(QPolygonF({end, end + QPointF(-7, -3.5), end + QPointF(-7, 3.5)}));
}

void paintBox(QPainter &painter, const collector::GraphNode &node, const BoxCaption *caption, const QRectF &box,
              const GraphMetrics &metrics, const common::Theme &theme, bool current)
{
    const bool fine = node.isDefined && !node.id.isEmpty();
    QPen pen(current ? theme.accent : fine ? theme.field : theme.attention, current ? 2 : 1.2);
    if (!fine)
        pen.setStyle(Qt::DashLine);
    painter.setPen(pen);
    painter.setBrush(current ? theme.selection : theme.panel);
    const qreal radius = node.isConnector ? box.height() / 2 : common::space::radius;
    painter.drawRoundedRect(box, radius, radius);
    painter.setPen(fine ? theme.text : theme.attention);
    painter.setFont(metrics.font());
    const QString name = node.id.isEmpty() ? missingWords(node.part) : common::oneLine(node.id, 60);
    const QString text = fine || node.id.isEmpty() ? name : Graph::tr("%1, not defined").arg(name);
    const QRectF whole = box.adjusted(6, 0, -6, 0);
    const QRectF upper = caption ? whole.adjusted(0, 4, 0, -whole.height() / 2) : whole;
    const QFontMetricsF lengths(metrics.font());
    painter.drawText(upper, int(Qt::AlignCenter), lengths.elidedText(text, Qt::ElideMiddle, whole.width()));
    if (!caption)
        return;
    painter.setPen(caption->isTrouble ? theme.bad : theme.quiet);
    painter.drawText(whole.adjusted(0, whole.height() / 2, 0, -4), int(Qt::AlignCenter),
                     lengths.elidedText(caption->text, Qt::ElideRight, whole.width()));
}

} // namespace

GraphMetrics::GraphMetrics(const QFont &font, bool withCaptions)
    : m_font(common::codeFont(font))
    , m_width(common::scaled(138, font))
    , m_height(common::scaled(withCaptions ? 46 : 28, font))
    , m_title(common::scaled(24, font))
    , m_gapX(common::scaled(34, font))
    , m_gapY(common::scaled(10, font))
{
}

QRectF GraphMetrics::box(const collector::PipelineGraph &graph, int node) const
{
    const collector::GraphNode &one = graph.nodes[size_t(node)];
    const qreal y = one.row * (m_height + m_gapY) + (one.pipeline + 1) * m_title;
    return {margin + one.column * (m_width + m_gapX), margin + y, m_width, m_height};
}

QRectF GraphMetrics::lane(const collector::PipelineGraph &graph, int lane) const
{
    const collector::GraphLane &one = graph.lanes[size_t(lane)];
    const qreal y = one.firstRow * (m_height + m_gapY) + lane * m_title;
    return {margin + one.firstColumn * (m_width + m_gapX), margin + y, one.columns * (m_width + m_gapX) - m_gapX,
            m_title + one.rows * (m_height + m_gapY)};
}

QSizeF GraphMetrics::size(const collector::PipelineGraph &graph) const
{
    return {2 * margin + graph.columns() * (m_width + m_gapX) - m_gapX,
            2 * margin + graph.rows() * (m_height + m_gapY) + static_cast<qreal>(graph.lanes.size()) * m_title};
}

void paintGraph(QPainter &painter, const collector::PipelineGraph &graph, const std::vector<BoxCaption> &captions,
                const GraphMetrics &metrics, const common::Theme &theme, int current)
{
    painter.setRenderHint(QPainter::Antialiasing);
    for (size_t i = 0; i < graph.lanes.size(); ++i) {
        const QRectF lane = metrics.lane(graph, static_cast<int>(i));
        painter.setFont(metrics.font());
        painter.setPen(theme.quiet);
        painter.drawText(lane, int(Qt::AlignLeft | Qt::AlignTop), common::oneLine(graph.lanes[i].id, 80));
    }
    for (const collector::GraphEdge &edge : graph.edges)
        paintEdge(painter, metrics.box(graph, edge.from), metrics.box(graph, edge.to),
                  edge.joins ? theme.accent : theme.field, edge.joins);
    for (size_t i = 0; i < graph.nodes.size(); ++i)
        paintBox(painter, graph.nodes[i], i < captions.size() && !captions[i].text.isEmpty() ? &captions[i] : nullptr,
                 metrics.box(graph, static_cast<int>(i)), metrics, theme, current == static_cast<int>(i));
}

} // namespace flowgate::ui
