// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph/pipelinecanvas.h"

#include "ui/common/visibletext.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <cmath>

namespace flowgate::ui {

PipelineCanvas::PipelineCanvas(QWidget *parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Pipelines"));
    setLayoutDirection(Qt::LeftToRight); // data flows so, whatever people read
}

void PipelineCanvas::setGraph(const collector::PipelineGraph &graph)
{
    if (graph == m_graph)
        return;
    m_graph = graph;
    if (m_current >= static_cast<int>(m_graph.nodes.size()))
        m_current = -1;
    setAccessibleDescription(m_graph.sentences().join(u'\n'));
    fit();
    update();
}

void PipelineCanvas::setCaptions(std::vector<BoxCaption> captions)
{
    if (captions == m_captions)
        return;
    m_captions = std::move(captions);
    fit();
    update();
}

void PipelineCanvas::setCurrent(int node)
{
    if (node == m_current)
        return;
    m_current = node;
    if (node >= 0) {
        setAccessibleName(tr("Pipelines: %1").arg(wordsFor(node)));
        QAccessibleEvent changed(this, QAccessible::NameChanged);
        QAccessible::updateAccessibility(&changed);
    }
    update();
    Q_EMIT currentChanged();
}

QString PipelineCanvas::wordsFor(int node) const
{
    const collector::GraphNode &one = m_graph.nodes[size_t(node)];
    const QString lane = common::oneLine(m_graph.lanes[size_t(one.pipeline)].id, 80);
    if (one.id.isEmpty())
        return tr("nothing, in %1").arg(lane);
    const QString name = common::oneLine(one.id, 80);
    if (!one.isDefined)
        return tr("%1, which is not defined, in %2").arg(name, lane);
    const QString words = one.isConnector ? tr("connector %1, in %2").arg(name, lane) : tr("%1, in %2").arg(name, lane);
    const bool hasCaption = size_t(node) < m_captions.size() && !m_captions[size_t(node)].text.isEmpty();
    return hasCaption ? words + QStringLiteral(": ") + m_captions[size_t(node)].text : words;
}

void PipelineCanvas::fit()
{
    const QSizeF size = metrics().size(m_graph) * m_zoom;
    setFixedSize(size.toSize().expandedTo(QSize(1, 1)));
}

void PipelineCanvas::fitTo(int width)
{
    constexpr qreal smallest = 0.65; // can still be read
    if (m_zoomed || m_graph.lanes.empty())
        return;
    m_zoom = std::clamp(width / metrics().size(m_graph).width(), smallest, 1.0);
    fit();
    update();
}

void PipelineCanvas::zoom(qreal factor)
{
    m_zoomed = true;
    m_zoom = std::clamp(m_zoom * factor, 0.25, 3.0);
    fit();
    update();
}

void PipelineCanvas::resetZoom()
{
    m_zoom = 1;
    zoom(1);
}

QRect PipelineCanvas::boxOf(int node) const
{
    const QRectF box = metrics().box(m_graph, node);
    return QRectF(box.topLeft() * m_zoom, box.size() * m_zoom).toAlignedRect();
}

int PipelineCanvas::nodeAt(const QPointF &place) const
{
    const GraphMetrics lengths = metrics();
    for (size_t i = 0; i < m_graph.nodes.size(); ++i) {
        if (lengths.box(m_graph, static_cast<int>(i)).contains(place / m_zoom))
            return static_cast<int>(i);
    }
    return -1;
}

void PipelineCanvas::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setLayoutDirection(Qt::LeftToRight);
    painter.scale(m_zoom, m_zoom);
    paintGraph(painter, m_graph, m_captions, metrics(), common::themeOf(palette()), m_current);
}

void PipelineCanvas::mousePressEvent(QMouseEvent *event)
{
    const int node = nodeAt(event->position());
    setCurrent(node);
    if (node >= 0 && event->button() == Qt::LeftButton)
        Q_EMIT chosen(node);
}

/// To the nearest box in that direction.
void PipelineCanvas::walk(int columns, int rows)
{
    if (m_graph.nodes.empty())
        return;
    if (m_current < 0)
        return setCurrent(0);
    const collector::GraphNode &from = m_graph.nodes[size_t(m_current)];
    int best = -1;
    double least = 0;
    for (size_t i = 0; i < m_graph.nodes.size(); ++i) {
        const collector::GraphNode &to = m_graph.nodes[i];
        const double along = columns != 0 ? (to.column - from.column) * columns : (to.row - from.row) * rows;
        const double across = columns != 0 ? std::abs(to.row - from.row) : std::abs(to.column - from.column);
        const double far = along + 2 * across;
        if (along > 0 && (best < 0 || far < least)) {
            best = static_cast<int>(i);
            least = far;
        }
    }
    if (best >= 0)
        setCurrent(best);
}

void PipelineCanvas::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Left:
        return walk(-1, 0);
    case Qt::Key_Right:
        return walk(1, 0);
    case Qt::Key_Up:
        return walk(0, -1);
    case Qt::Key_Down:
        return walk(0, 1);
    case Qt::Key_Plus:
        return zoom(1.2);
    case Qt::Key_Minus:
        return zoom(1 / 1.2);
    case Qt::Key_0:
        return resetZoom();
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (m_current >= 0)
            Q_EMIT chosen(m_current);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void PipelineCanvas::wheelEvent(QWheelEvent *event)
{
    if (!(event->modifiers() & Qt::ControlModifier))
        return QWidget::wheelEvent(event);
    zoom(event->angleDelta().y() > 0 ? 1.1 : 1 / 1.1);
    event->accept();
}

void PipelineCanvas::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fit();
}

bool PipelineCanvas::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int node = nodeAt(QPointF(help->pos()));
        if (node >= 0)
            QToolTip::showText(help->globalPos(), common::toolTip(wordsFor(node)), this);
        else
            QToolTip::hideText();
        return true;
    }
    return QWidget::event(event);
}

} // namespace flowgate::ui
