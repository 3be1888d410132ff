// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/statusshape.h"

#include <QPainter>
#include <QPainterPath>

namespace flowgate::common {

void paintShape(QPainter &painter, const QRectF &box, Tone tone, const QColor &colour)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    switch (tone) {
    case Tone::Good:
        painter.drawEllipse(box.adjusted(0.5, 0.5, -0.5, -0.5));
        break;
    case Tone::Attention: {
        QPainterPath triangle;
        triangle.moveTo(box.center().x(), box.top() + 0.5);
        triangle.lineTo(box.right(), box.bottom() - 0.5);
        triangle.lineTo(box.left(), box.bottom() - 0.5);
        triangle.closeSubpath();
        painter.drawPath(triangle);
        break;
    }
    case Tone::Bad:
        painter.drawRect(box.adjusted(1, 1, -1, -1));
        break;
    case Tone::UnderWay: {
        const QRectF disc = box.adjusted(1, 1, -1, -1);
        painter.drawPie(disc, 90 * 16, 180 * 16);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(colour, 1.3));
        painter.drawEllipse(disc);
        break;
    }
    case Tone::Unknown: {
        QPen pen(colour, 1.3);
        pen.setDashPattern({1.6, 1.6});
        painter.setBrush(Qt::NoBrush);
        painter.setPen(pen);
        painter.drawEllipse(box.adjusted(1, 1, -1, -1));
        break;
    }
    }
    painter.restore();
}

QPixmap shapePixmap(Tone tone, const QColor &colour, qreal ratio, int size)
{
    QPixmap pixmap(QSize(size, size) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paintShape(painter, QRectF(0, 0, size, size), tone, colour);
    return pixmap;
}

} // namespace flowgate::common
