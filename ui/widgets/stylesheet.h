// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/theme.h"

#include <QFont>
#include <QString>

namespace flowgate::ui {

/// The application's style sheet for one theme and one size of text. Widgets say what they are by setLook(), labels by
/// their TextKind too.
/// @param font  the application's
[[nodiscard]] QString styleSheet(const common::Theme &theme, const QFont &font);

} // namespace flowgate::ui
