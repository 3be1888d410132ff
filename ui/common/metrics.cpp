// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/metrics.h"

#include "ui/common/theme.h"

#include <QFontDatabase>
#include <QFontInfo>
#include <QFontMetrics>

#include <algorithm>
#include <cmath>

namespace flowgate::common {

namespace {

/// A font may be given in pixels: then there is no size in points until it is resolved.
qreal points(const QFont &font)
{
    return font.pointSizeF() > 0 ? font.pointSizeF() : QFontInfo(font).pointSizeF();
}

} // namespace

TextSizes textSizes(const QFont &base)
{
    const qreal normal = points(base);
    return {normal * 12.0 / 13.0, normal, normal * 15.0 / 13.0};
}

QString codeFamily()
{
    return QFontDatabase::systemFont(QFontDatabase::FixedFont).family();
}

QFont codeFont(const QFont &base)
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPointSizeF(textSizes(base).small);
    return font;
}

int scaled(int length, const QFont &font)
{
    return static_cast<int>(std::lround(length * std::max(points(font) / 10.0, 1.0)));
}

int rowHeight(const QFontMetrics &metrics, Density density)
{
    const bool compact = density == Density::Compact;
    return std::max(metrics.lineSpacing() + (compact ? 6 : 12), compact ? space::compactRow : space::row);
}

} // namespace flowgate::common
