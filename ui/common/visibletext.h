// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace flowgate::common {

/// Text that a gateway sent, made safe to show: control characters become their pictures (U+2400…), characters that
/// turn or hide text (bidi marks, zero widths, separators) become ⟨U+202E⟩, a lone surrogate becomes U+FFFD. Cut with
/// an ellipsis at @p limit UTF-16 units of the input. Show the result as plain text all the same.
/// @thread any; pure
[[nodiscard]] QString oneLine(const QString &text, int limit = 1000);
/// The same, but line feeds and tabs stay.
[[nodiscard]] QString manyLines(const QString &text, int limit = 100'000);

/// oneLine() for a menu or a button, where & would make a shortcut.
[[nodiscard]] QString menuText(const QString &text, int limit = 80);

/// @p text for a tool tip: escaped and wrapped in markup of ours, since a tool tip guesses whether text is rich.
[[nodiscard]] QString toolTip(const QString &text);

} // namespace flowgate::common
