// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/tone.h"

#include <QColor>
#include <QPalette>

namespace flowgate::common {

/// All colours of the window, in one place.
struct Theme
{
    bool dark = false;
    QColor window; ///< where content is
    QColor panel;  ///< where tools are
    QColor line;
    QColor field; ///< border of what can be typed into or chosen from: 3:1 on window and panel
    QColor text;
    QColor quiet; ///< text that is not the point
    QColor selection;
    QColor accent;
    QColor onAccent; ///< text on accent
    QColor good;
    QColor attention;
    QColor bad;
    QColor underWay;
    QColor badPanel;       ///< behind a failure
    QColor infoPanel;      ///< behind what is under way
    QColor attentionPanel; ///< behind what is not as usual
    QColor editor;
    QColor yamlKey;
    QColor yamlValue;
    QColor yamlWord; ///< numbers, true, null, references
    QColor addedLine;
    QColor removedLine;

    [[nodiscard]] QColor colour(Tone tone) const;
    [[nodiscard]] QPalette palette() const;
};

/// Light or dark, by how light the window colour of @p palette is. The two are constants: cheap to call in a paint.
[[nodiscard]] const Theme &themeOf(const QPalette &palette);
[[nodiscard]] const Theme &lightTheme();
[[nodiscard]] const Theme &darkTheme();

/// Spaces in device-independent pixels, in steps of four.
namespace space {
inline constexpr int tiny = 4;
inline constexpr int small = 8;
inline constexpr int page = 12;
inline constexpr int large = 16;
inline constexpr int row = 30;
inline constexpr int compactRow = 24;
inline constexpr int radius = 6;
} // namespace space

} // namespace flowgate::common
