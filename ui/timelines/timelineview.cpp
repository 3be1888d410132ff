// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timelines/timelineview.h"

#include "ui/timelines/timelinedelegate.h"
#include "ui/timelines/timelineheader.h"
#include "ui/timelines/timewindow.h"
#include "ui/widgets/tables.h"
#include "ui/workspace.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <cmath>

namespace flowgate::ui {

namespace {

constexpr int axis = static_cast<int>(models::TimelineColumn::Timeline);
constexpr int margin = 6;          // at the right: a mark of now is seen whole
constexpr double step = 0.1;       // of the window, for a key
constexpr double notch = 1.25;     // a notch of the wheel
constexpr double keyZoom = 1.5;    // a key
constexpr double wheelNotch = 120; // what Qt gives for one

} // namespace

TimelineView::TimelineView(models::TimelineModel &model, TimeWindow &window, Workspace &workspace, const QString &name,
                           QWidget *parent)
    : QTableView(parent)
    , m_window(window)
    , m_header(new TimelineHeader(*this))
{
    setHorizontalHeader(m_header);
    dressTable(*this, &model, name, workspace);
    setItemDelegateForColumn(axis, new TimelineDelegate(*this));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_header->setStretchLastSection(true);
    connect(&window, &TimeWindow::changed, this, [this] {
        viewport()->update();
        m_header->viewport()->update();
        Q_EMIT viewMoved();
    });
    connect(&workspace, &Workspace::second, this, [this] {
        if (!isVisible() || !m_window.isLive())
            return;
        viewport()->update();
        m_header->viewport()->update();
    });
    connect(m_header, &QHeaderView::sectionResized, this, &TimelineView::viewMoved);
}

void TimelineView::setFleetMarks(std::vector<domain::Event> marks)
{
    m_header->setMarks(std::move(marks));
}

void TimelineView::fitRows(int rows)
{
    m_rows = rows;
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    setMinimumHeight(m_header->sizeHint().height() + verticalHeader()->defaultSectionSize() + 1);
    updateGeometry();
}

QSize TimelineView::sizeHint() const
{
    const QSize usual = QTableView::sizeHint();
    return m_rows == 0 ? usual
                       : QSize(usual.width(), m_header->sizeHint().height() +
                                                  m_rows * verticalHeader()->defaultSectionSize() + 1);
}

TimeScale TimelineView::scale() const
{
    return {m_window.from(), m_window.to(), double(columnViewportPosition(axis)), double(timelineWidth())};
}

int TimelineView::timelineWidth() const
{
    return std::max(columnWidth(axis) - margin, 1);
}

domain::TimelineWindow TimelineView::drawnWindow() const
{
    return {m_window.from(), m_window.to(), m_window.length() / timelineWidth()};
}

bool TimelineView::isOnTimeline(const QPointF &at) const
{
    return columnAt(static_cast<int>(at.x())) == axis;
}

void TimelineView::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Left:
        return m_window.pan(-step);
    case Qt::Key_Right:
        return m_window.pan(step);
    case Qt::Key_Plus:
    case Qt::Key_Equal: // the key of the plus without Shift
        return m_window.zoom(1 / keyZoom);
    case Qt::Key_Minus:
        return m_window.zoom(keyZoom);
    case Qt::Key_0:
        return m_window.goLive();
    default:
        QTableView::keyPressEvent(event);
    }
}

void TimelineView::wheelEvent(QWheelEvent *event)
{
    const QPointF at = event->position();
    const double notches = event->angleDelta().y() / wheelNotch;
    if (event->modifiers() & Qt::ControlModifier && isOnTimeline(at)) {
        m_window.zoom(std::pow(notch, -notches), (at.x() - scale().left) / scale().width);
        return event->accept();
    }
    // With Shift, Qt on most platforms gives the turn as a sideways one.
    const double aside = event->angleDelta().x() / wheelNotch;
    if (aside != 0 || event->modifiers() & Qt::ShiftModifier) {
        m_window.pan(-(aside != 0 ? aside : notches) * step);
        return event->accept();
    }
    QTableView::wheelEvent(event);
}

void TimelineView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && isOnTimeline(event->position()))
        m_draggedFrom = event->position().x();
    QTableView::mousePressEvent(event);
}

void TimelineView::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_draggedFrom)
        return QTableView::mouseMoveEvent(event);
    const double moved = event->position().x() - *m_draggedFrom;
    if (std::abs(moved) < 1)
        return;
    viewport()->setCursor(Qt::ClosedHandCursor);
    m_window.pan(-moved / scale().width);
    m_draggedFrom = event->position().x();
}

void TimelineView::mouseReleaseEvent(QMouseEvent *event)
{
    m_draggedFrom.reset();
    viewport()->unsetCursor();
    QTableView::mouseReleaseEvent(event);
}

void TimelineView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    Q_EMIT viewMoved();
}

void TimelineView::scrollContentsBy(int dx, int dy)
{
    QTableView::scrollContentsBy(dx, dy);
    if (dy != 0)
        Q_EMIT viewMoved();
}

} // namespace flowgate::ui
