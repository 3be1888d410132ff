// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/statusdelegate.h"

#include "ui/common/relativetime.h"
#include "ui/common/statusshape.h"
#include "ui/common/theme.h"
#include "ui/models/roles.h"

#include <QApplication>
#include <QFontDatabase>
#include <QPainter>
#include <QTableView>

namespace flowgate::ui {

namespace {
constexpr int gap = 6;
constexpr int sideMargin = common::space::small;
} // namespace

StatusDelegate::StatusDelegate(const domain::Clock &clock, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_clock(clock)
    , m_monoFamily(QFontDatabase::systemFont(QFontDatabase::FixedFont).family())
{
}

void StatusDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    if (index.data(models::MonoRole).toBool()) {
        option->font.setFamily(m_monoFamily);
        option->font.setPointSizeF(option->font.pointSizeF() * 12.0 / 13.0);
        option->fontMetrics = QFontMetrics(option->font);
    }
    if (const QVariant time = index.data(models::TimeRole); time.isValid())
        option->text = common::age(common::fromMs(time.toLongLong()), m_clock.now());
}

void StatusDelegate::paint(QPainter *painter, const QStyleOptionViewItem &original, const QModelIndex &index) const
{
    QStyleOptionViewItem option = original;
    initStyleOption(&option, index);
    const common::Theme &theme = common::themeOf(option.palette);
    const QStyle &style = option.widget ? *option.widget->style() : *QApplication::style();
    // Whole rows are chosen: a frame around one cell of them says nothing.
    option.state.setFlag(QStyle::State_HasFocus, false);
    style.drawPrimitive(QStyle::PE_PanelItemViewItem, &option, painter, option.widget);

    painter->save();
    painter->setClipRect(option.rect);
    if (qobject_cast<const QTableView *>(option.widget)) {
        painter->setPen(theme.line);
        painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    }

    QRect box = option.rect.adjusted(sideMargin, 0, -sideMargin, -1);
    if (const QVariant tone = index.data(models::ToneRole); tone.isValid()) {
        const auto value = static_cast<common::Tone>(tone.toInt());
        const QRectF shape(box.left(), box.center().y() - common::shapeSize / 2.0 + 0.5, common::shapeSize,
                           common::shapeSize);
        common::paintShape(*painter, shape, value, theme.colour(value));
        box.setLeft(box.left() + common::shapeSize + gap);
    }
    const bool isAge = index.data(models::TimeRole).isValid();
    painter->setFont(option.font);
    painter->setPen(isAge ? theme.quiet : theme.text);
    const QString text = option.fontMetrics.elidedText(option.text, Qt::ElideRight, box.width());
    painter->drawText(box, int(option.displayAlignment & Qt::AlignHorizontal_Mask) | Qt::AlignVCenter, text);
    if (const QString quiet = index.data(models::QuietRole).toString(); !quiet.isEmpty()) {
        box.setLeft(box.left() + option.fontMetrics.horizontalAdvance(text) + gap);
        if (box.width() > 20) {
            painter->setPen(theme.quiet);
            painter->drawText(box, Qt::AlignLeft | Qt::AlignVCenter,
                              option.fontMetrics.elidedText(quiet, Qt::ElideRight, box.width()));
        }
    }
    painter->restore();
}

QSize StatusDelegate::sizeHint(const QStyleOptionViewItem &original, const QModelIndex &index) const
{
    QStyleOptionViewItem option = original;
    initStyleOption(&option, index);
    int width = 2 * sideMargin + option.fontMetrics.horizontalAdvance(option.text);
    if (index.data(models::ToneRole).isValid())
        width += common::shapeSize + gap;
    if (const QString quiet = index.data(models::QuietRole).toString(); !quiet.isEmpty())
        width += gap + option.fontMetrics.horizontalAdvance(quiet);
    return {std::min(width, 800), common::space::row};
}

} // namespace flowgate::ui
