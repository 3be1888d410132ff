// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/statusdelegate.h"

#include "ui/common/metrics.h"
#include "ui/common/relativetime.h"
#include "ui/common/statusshape.h"
#include "ui/common/theme.h"
#include "ui/models/roles.h"

#include <QApplication>
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
    , m_monoFamily(common::codeFamily())
{
}

void StatusDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    if (index.data(models::MonoRole).toBool()) {
        option->font.setFamily(m_monoFamily);
        option->font.setPointSizeF(common::textSizes(option->font).small);
        option->fontMetrics = QFontMetrics(option->font);
    }
    if (const QVariant time = index.data(models::TimeRole); time.isValid())
        option->text = m_exactTimes ? common::clockTime(common::fromMs(time.toLongLong()), m_clock.now())
                                    : common::age(common::fromMs(time.toLongLong()), m_clock.now());
}

void StatusDelegate::setLook(int rowHeight, bool exactTimes)
{
    m_rowHeight = rowHeight;
    m_exactTimes = exactTimes;
}

void StatusDelegate::setTwoLines(bool two)
{
    if (std::exchange(m_twoLines, two) != two)
        Q_EMIT sizeHintChanged({});
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

    // Laid out from left to right; where people read the other way, it is mirrored as it is drawn.
    const auto mirrored = [&option](const QRect &rect) {
        return QStyle::visualRect(option.direction, option.rect, rect);
    };
    QRect box = option.rect.adjusted(sideMargin, 0, -sideMargin, -1);
    const auto drawQuiet = [&](const QRect &where, const QString &quiet) {
        painter->setPen(theme.quiet);
        painter->drawText(mirrored(where),
                          int(QStyle::visualAlignment(option.direction, Qt::AlignLeft) | Qt::AlignAbsolute) |
                              Qt::AlignVCenter,
                          option.fontMetrics.elidedText(quiet, Qt::ElideRight, where.width()));
    };
    if (m_twoLines) {
        const int line = option.fontMetrics.height();
        const int top = box.top() + (box.height() - 2 * line) / 2;
        if (const QString below = index.data(models::BelowRole).toString(); !below.isEmpty()) {
            painter->setFont(option.font);
            drawQuiet(QRect(box.left(), top + line, box.width(), line), below);
        }
        box = QRect(box.left(), top, box.width(), line);
    }
    if (const QVariant tone = index.data(models::ToneRole); tone.isValid()) {
        const auto value = static_cast<common::Tone>(tone.toInt());
        const int size = common::scaled(common::shapeSize, option.font);
        const QRect shape(box.left(), box.center().y() - size / 2 + 1, size, size);
        common::paintShape(*painter, mirrored(shape), value, theme.colour(value));
        box.setLeft(box.left() + size + gap);
    }
    const bool isAge = index.data(models::TimeRole).isValid();
    painter->setFont(option.font);
    painter->setPen(isAge ? theme.quiet : theme.text);
    const QString text = option.fontMetrics.elidedText(option.text, Qt::ElideRight, box.width());
    const auto alignment = option.displayAlignment & Qt::AlignHorizontal_Mask;
    // "2 min" is read from left to right on a page of the other direction too.
    painter->setLayoutDirection(text.isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight);
    painter->drawText(mirrored(box),
                      int(QStyle::visualAlignment(option.direction, alignment) | Qt::AlignAbsolute) | Qt::AlignVCenter,
                      text);
    if (const QString quiet = index.data(models::QuietRole).toString(); !quiet.isEmpty()) {
        box.setLeft(box.left() + option.fontMetrics.horizontalAdvance(text) + gap);
        if (box.width() > 20)
            drawQuiet(box, quiet);
    }
    painter->restore();
}

QSize StatusDelegate::sizeHint(const QStyleOptionViewItem &original, const QModelIndex &index) const
{
    QStyleOptionViewItem option = original;
    initStyleOption(&option, index);
    int width = 2 * sideMargin + option.fontMetrics.horizontalAdvance(option.text);
    if (index.data(models::ToneRole).isValid())
        width += common::scaled(common::shapeSize, option.font) + gap;
    if (const QString quiet = index.data(models::QuietRole).toString(); !quiet.isEmpty())
        width += gap + option.fontMetrics.horizontalAdvance(quiet);
    return {std::min(width, 800), m_rowHeight};
}

} // namespace flowgate::ui
