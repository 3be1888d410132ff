// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/navigation/pagebutton.h"

#include "ui/common/metrics.h"
#include "ui/common/theme.h"

#include <QLocale>
#include <QPainter>
#include <QStyle>

#include <algorithm>

namespace flowgate::ui {

namespace {
constexpr int side = common::space::page;
}

PageButton::PageButton(const QIcon &icon, const QString &name, QWidget *parent)
    : QAbstractButton(parent)
{
    setIcon(icon);
    setText(name);
    setAccessibleName(name);
    setCheckable(true);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void PageButton::setCount(int count)
{
    if (count == m_count)
        return;
    m_count = count;
    setAccessibleName(count < 0 ? text() : tr("%1, %2").arg(text(), countText()));
    updateGeometry();
    update();
}

QString PageButton::countText() const
{
    return m_count < 0 ? QString() : QLocale().toString(m_count);
}

QSize PageButton::sizeHint() const
{
    const int icon = common::scaled(16, font());
    const QFontMetrics metrics = fontMetrics();
    // A number of up to three digits changes nothing around it.
    const int count =
        std::max(metrics.horizontalAdvance(QStringLiteral("999")), metrics.horizontalAdvance(countText()));
    const int width = side + icon + side + metrics.horizontalAdvance(text()) + side + count + side;
    return {width, common::rowHeight(metrics, common::Density::Comfortable) + common::space::tiny};
}

void PageButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setLayoutDirection(text().isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight);
    painter.setRenderHint(QPainter::Antialiasing);
    const common::Theme &theme = common::themeOf(palette());
    const QRectF frame = QRectF(rect()).adjusted(1, 1, -1, -1);
    painter.setPen(hasFocus() ? QPen(theme.accent, 1) : QPen(Qt::NoPen));
    painter.setBrush(isChecked() ? QBrush(theme.selection) : underMouse() ? QBrush(theme.window) : QBrush(Qt::NoBrush));
    painter.drawRoundedRect(frame, common::space::radius, common::space::radius);

    const auto mirrored = [this](const QRect &box) { return QStyle::visualRect(layoutDirection(), rect(), box); };
    const int size = common::scaled(16, font());
    icon().paint(&painter, mirrored(QRect(side, (height() - size) / 2, size, size)));
    const int from = side + size + side;
    const QString count = countText();
    const int countWidth = fontMetrics().horizontalAdvance(count);
    const QRect countBox(width() - side - countWidth, 0, countWidth, height());
    painter.setPen(theme.quiet);
    painter.drawText(mirrored(countBox), Qt::AlignCenter, count);
    const QRect textBox(from, 0, countBox.left() - common::space::small - from, height());
    painter.setPen(theme.text);
    painter.drawText(mirrored(textBox),
                     int(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft) | Qt::AlignAbsolute) |
                         Qt::AlignVCenter,
                     fontMetrics().elidedText(text(), Qt::ElideRight, textBox.width()));
}

} // namespace flowgate::ui
