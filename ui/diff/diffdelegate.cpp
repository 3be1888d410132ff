// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/diff/diffdelegate.h"

#include "ui/common/metrics.h"
#include "ui/common/theme.h"
#include "ui/models/diffmodel.h"

#include <QApplication>
#include <QPainter>

namespace flowgate::ui {

namespace {

using Column = models::DiffColumn;
using Kind = models::DiffRow::Kind;

/// " ", "−" or "+", in front of a text.
QString signOf(Kind kind, Column column)
{
    if (column == Column::OldText && (kind == Kind::Removed || kind == Kind::Changed))
        return QStringLiteral("\u2212 ");
    if (column == Column::NewText && (kind == Kind::Added || kind == Kind::Changed))
        return QStringLiteral("+ ");
    return QStringLiteral("  ");
}

} // namespace

void DiffDelegate::paint(QPainter *painter, const QStyleOptionViewItem &original, const QModelIndex &index) const
{
    QStyleOptionViewItem option = original;
    initStyleOption(&option, index);
    const common::Theme &theme = common::themeOf(option.palette);
    const auto kind = static_cast<Kind>(index.data(models::DiffModel::KindRole).toInt());
    const auto column = static_cast<Column>(index.column());
    const bool isOld = column == Column::OldLine || column == Column::OldText;
    const bool goes = isOld && (kind == Kind::Removed || kind == Kind::Changed);
    const bool comes = !isOld && (kind == Kind::Added || kind == Kind::Changed);
    painter->save();
    painter->setClipRect(option.rect);
    const bool chosen = option.state.testFlag(QStyle::State_Selected);
    painter->fillRect(option.rect, goes                              ? theme.removedLine
                                   : comes                           ? theme.addedLine
                                   : kind == Kind::Gap               ? theme.panel
                                   : kind == Kind::ByDesign          ? theme.infoPanel
                                   : chosen && kind != Kind::Changed ? theme.selection
                                                                     : theme.editor);
    if (chosen && column == Column::OldLine)
        painter->fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())), theme.accent);
    painter->setFont(common::codeFont(option.font));
    const bool isNumber = column == Column::OldLine || column == Column::NewLine;
    painter->setPen(isNumber || kind == Kind::Gap ? theme.quiet : theme.text);
    // Code is read from left to right, whatever people read.
    painter->setLayoutDirection(Qt::LeftToRight);
    const QRect box = option.rect.adjusted(6, 0, -6, 0);
    const QString text = isNumber ? option.text : signOf(kind, column) + option.text;
    painter->drawText(box, int((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter), text);
    painter->restore();
}

} // namespace flowgate::ui
