// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timelines/timelinedelegate.h"

#include "ui/common/visibletext.h"
#include "ui/timelines/timelineview.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace flowgate::ui {

namespace {

const models::TimelineRow *rowOf(const QModelIndex &index)
{
    const auto *model = qobject_cast<const models::TimelineModel *>(index.model());
    return model ? model->rowAt(index) : nullptr;
}

} // namespace

TimelineDelegate::TimelineDelegate(TimelineView &view)
    : QStyledItemDelegate(&view)
    , m_view(view)
{
}

void TimelineDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const models::TimelineRow *row = rowOf(index);
    if (!row)
        return;
    const common::Theme &theme = common::themeOf(option.palette);
    painter->fillRect(option.rect, option.state & QStyle::State_Selected ? theme.selection : theme.window);
    TimelinePainter(theme, option.font).drawRow(*painter, option.rect.adjusted(0, 0, 0, -1), m_view.scale(), *row);
    painter->setPen(theme.line);
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
}

bool TimelineDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                                 const QModelIndex &index)
{
    const models::TimelineRow *row = rowOf(index);
    if (!row || event->type() != QEvent::ToolTip)
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    const QString words =
        TimelinePainter::wordsAt(event->pos(), option.rect.adjusted(0, 0, 0, -1), m_view.scale(), *row);
    QToolTip::showText(event->globalPos(), words.isEmpty() ? QString() : common::toolTip(words), view);
    return true;
}

} // namespace flowgate::ui
