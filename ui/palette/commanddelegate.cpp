// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/palette/commanddelegate.h"

#include "ui/common/metrics.h"
#include "ui/common/theme.h"
#include "ui/models/commandmodel.h"
#include "ui/widgets/icons.h"

#include <QPainter>
#include <QTextLayout>
#include <QWidget>

#include <cmath>

namespace flowgate::ui {

using models::CommandModel;

namespace {

constexpr int side = common::space::small;

/// One line in which the letters at @p bold are. @return its width
qreal layOut(QTextLayout &layout, const QList<int> &bold)
{
    QList<QTextLayout::FormatRange> formats;
    for (const int at : bold) {
        QTextLayout::FormatRange range;
        range.start = at;
        range.length = 1;
        range.format.setFontWeight(QFont::Bold);
        range.format.setFontUnderline(true);
        formats.append(range);
    }
    layout.setFormats(formats);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    if (line.isValid())
        line.setLineWidth(1e6);
    layout.endLayout();
    return line.isValid() ? line.naturalTextWidth() : 0;
}

} // namespace

CommandDelegate::CommandDelegate(QObject *parent)
    : QStyledItemDelegate(parent)
    , m_icons{lineIcon(QStringLiteral("page")), lineIcon(QStringLiteral("action")), lineIcon(QStringLiteral("configs")),
              lineIcon(QStringLiteral("fleet"))}
{
}

void CommandDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const common::Theme &theme = common::themeOf(option.palette);
    const bool runs = index.data(CommandModel::WhyNotRole).toString().isEmpty();
    const auto mirrored = [&option](const QRect &box) {
        return QStyle::visualRect(option.direction, option.rect, box);
    };
    painter->save();
    painter->setClipRect(option.rect);
    if (option.state.testFlag(QStyle::State_Selected))
        painter->fillRect(option.rect, theme.selection);
    const int size = common::scaled(16, option.font);
    QRect box = option.rect.adjusted(side, 0, -side, 0);
    m_icons.at(size_t(index.data(CommandModel::KindRole).toInt()))
        .paint(painter, mirrored(QRect(box.left(), box.center().y() - size / 2, size, size)), Qt::AlignCenter,
               runs ? QIcon::Normal : QIcon::Disabled);
    box.setLeft(box.left() + size + side);

    painter->setFont(option.font);
    painter->setPen(theme.quiet);
    if (const QString shortcut = index.data(CommandModel::ShortcutRole).toString(); !shortcut.isEmpty()) {
        painter->setLayoutDirection(shortcut.isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight);
        const int width = option.fontMetrics.horizontalAdvance(shortcut);
        painter->drawText(mirrored(QRect(box.right() - width, box.top(), width + 1, box.height())), Qt::AlignCenter,
                          shortcut);
        box.setRight(box.right() - width - 2 * side);
    }
    painter->setPen(runs ? theme.text : theme.quiet);
    const QString title = index.data().toString();
    const QString shown = option.fontMetrics.elidedText(title, Qt::ElideRight, box.width());
    const QList<int> bold = shown == title ? index.data(CommandModel::PositionsRole).value<QList<int>>() : QList<int>();
    QTextLayout layout(shown, option.font);
    const auto width = static_cast<int>(std::ceil(layOut(layout, bold)));
    const QRect titleBox = mirrored(QRect(box.left(), box.top(), std::min(width, box.width()), box.height()));
    layout.draw(painter,
                QPointF(titleBox.left(), titleBox.top() + (titleBox.height() - option.fontMetrics.height()) / 2));
    box.setLeft(box.left() + width + 2 * side);
    if (box.width() > 40) {
        painter->setPen(theme.quiet);
        painter->drawText(mirrored(box),
                          int(QStyle::visualAlignment(option.direction, Qt::AlignLeft) | Qt::AlignAbsolute) |
                              Qt::AlignVCenter,
                          option.fontMetrics.elidedText(index.data(CommandModel::DetailRole).toString(), Qt::ElideRight,
                                                        box.width()));
    }
    painter->restore();
}

QSize CommandDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {100, common::rowHeight(option.fontMetrics, common::Density::Comfortable)};
}

} // namespace flowgate::ui
