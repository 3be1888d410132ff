// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/tone.h"

#include <QColor>
#include <QPixmap>

class QPainter;
class QRectF;

namespace flowgate::common {

/// Side of a shape next to 13 px text.
inline constexpr int shapeSize = 11;

/// Paints the shape of @p tone into the square @p box.
void paintShape(QPainter &painter, const QRectF &box, Tone tone, const QColor &colour);
/// The shape as a picture with @p ratio device pixels a pixel, for labels.
[[nodiscard]] QPixmap shapePixmap(Tone tone, const QColor &colour, qreal ratio, int size = shapeSize);

} // namespace flowgate::common
