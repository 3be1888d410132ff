// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QString>

class QFontMetrics;

namespace flowgate::common {

/// The three sizes of text, in points. At 10 points they are 12, 13 and 15 px on a screen of 96 dpi.
struct TextSizes
{
    qreal small = 9.2;
    qreal normal = 10;
    qreal large = 11.5;
};
[[nodiscard]] TextSizes textSizes(const QFont &base);

/// The monospace family of the system, for ids, selectors, versions and YAML.
[[nodiscard]] QString codeFamily();
/// That family in the small size that goes with @p base.
[[nodiscard]] QFont codeFont(const QFont &base);

/// A length that was made for text of 10 points, for the size of @p font; never shorter than it was made.
[[nodiscard]] int scaled(int length, const QFont &font);

/// How close the rows of tables are.
enum class Density { Comfortable, Compact };
/// Height of a table's row, in device-independent pixels: 30, or 24 where compact, at 10 points.
[[nodiscard]] int rowHeight(const QFontMetrics &metrics, Density density);

} // namespace flowgate::common
