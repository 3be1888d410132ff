// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/theme.h"

#include <QString>

namespace flowgate::ui {

/// The application's style sheet for one theme. Widgets say what they are by setLook().
[[nodiscard]] QString styleSheet(const common::Theme &theme);

} // namespace flowgate::ui
