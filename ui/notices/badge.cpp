// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notices/badge.h"

#include <QPainter>
#include <QPainterPath>
#include <QSvgRenderer>

#include <algorithm>

namespace flowgate::ui {

namespace {

QString countText(int count)
{
    constexpr int most = 99;
    return count > most ? QStringLiteral("99+") : QString::number(count);
}

/// A square as bad states have it, or a triangle as those have it that want somebody.
QPainterPath shapeIn(const QRectF &box, domain::Attention worst)
{
    QPainterPath path;
    if (worst == domain::Attention::Urgent) {
        path.addRect(box);
        return path;
    }
    path.moveTo(box.center().x(), box.top());
    path.lineTo(box.right(), box.bottom());
    path.lineTo(box.left(), box.bottom());
    path.closeSubpath();
    return path;
}

/// The count as an outline as high as @p height, so that it is as sharp as the size allows, whatever the font.
QPainterPath digits(const QString &text, qreal height, qreal width)
{
    QFont font;
    font.setBold(true);
    font.setPixelSize(100);
    QPainterPath path;
    path.addText(0, 0, font, text);
    const QRectF bounds = path.boundingRect();
    const qreal scale = std::min(height / bounds.height(), width / bounds.width());
    QTransform fit;
    fit.scale(scale, scale);
    fit.translate(-bounds.left(), -bounds.top());
    return fit.map(path);
}

} // namespace

QPixmap badgedPixmap(const TrayBadge &badge, const common::Theme &theme, int size)
{
    QPixmap pixmap(size, size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    QSvgRenderer(QStringLiteral(":/icons/flowgate.svg")).render(&painter, QRectF(0, 0, size, size));
    if (badge.worst == domain::Attention::None || badge.count <= 0)
        return pixmap;

    const bool urgent = badge.worst == domain::Attention::Urgent;
    const QString text = countText(badge.count);
    const qreal unit = size / 16.0;
    // A digit needs six of sixteen pixels to be read, and a triangle has little room for it.
    const qreal height = urgent ? 10 * unit : 13 * unit;
    const qreal width = text.size() == 1 && urgent ? 9 * unit : urgent || text.size() == 1 ? 14 * unit : 16 * unit;
    const QRectF box(size - width, size - height, width, height);
    const QPainterPath shape = shapeIn(box, badge.worst);
    const QColor fill = urgent ? theme.bad : theme.attention;
    // A gap parts it from our icon, whatever the tray's colour.
    painter.setCompositionMode(QPainter::CompositionMode_Clear);
    painter.strokePath(shape, QPen(Qt::black, 2 * unit, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
    painter.setCompositionMode(QPainter::CompositionMode_SourceOver);
    painter.fillPath(shape, fill);
    const QPainterPath number = digits(text, urgent ? 7 * unit : 6.5 * unit, urgent ? width - 2.5 * unit : 8 * unit);
    const QRectF bounds = number.boundingRect();
    const qreal below = urgent ? (height - bounds.height()) / 2 : 1.2 * unit;
    painter.translate(box.center().x() - bounds.width() / 2, box.bottom() - below - bounds.height());
    painter.fillPath(number, theme.window);
    return pixmap;
}

QIcon badgedIcon(const TrayBadge &badge, const common::Theme &theme)
{
    QIcon icon;
    for (const int size : trayIconSizes)
        icon.addPixmap(badgedPixmap(badge, theme, size));
    return icon;
}

} // namespace flowgate::ui
