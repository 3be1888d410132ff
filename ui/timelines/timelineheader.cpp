// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timelines/timelineheader.h"

#include "ui/common/visibletext.h"
#include "ui/timelines/timelineview.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace flowgate::ui {

namespace {
constexpr int roomForMarks = 8;
constexpr int axis = static_cast<int>(models::TimelineColumn::Timeline);
} // namespace

TimelineHeader::TimelineHeader(TimelineView &view)
    : QHeaderView(Qt::Horizontal, &view)
    , m_view(view)
{
    setSectionsClickable(false);
    setHighlightSections(false);
}

void TimelineHeader::setMarks(std::vector<domain::Event> marks)
{
    m_marks = std::move(marks);
    viewport()->update();
}

QSize TimelineHeader::sectionSizeFromContents(int section) const
{
    return QHeaderView::sectionSizeFromContents(section) + QSize(0, roomForMarks);
}

void TimelineHeader::paintSection(QPainter *painter, const QRect &rect, int section) const
{
    if (section != axis)
        return QHeaderView::paintSection(painter, rect, section);
    const common::Theme &theme = common::themeOf(palette());
    painter->fillRect(rect, theme.panel);
    painter->setPen(theme.line);
    painter->drawLine(rect.bottomLeft(), rect.bottomRight());
    TimelinePainter(theme, font()).drawAxis(*painter, rect, m_view.scale(), m_marks);
}

bool TimelineHeader::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QHeaderView::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const QString words = logicalIndexAt(help->pos()) == axis
                              ? TimelinePainter::marksAt(help->pos().x(), m_view.scale(), m_marks)
                              : QString();
    QToolTip::showText(help->globalPos(), words.isEmpty() ? QString() : common::toolTip(words), this);
    return true;
}

} // namespace flowgate::ui
