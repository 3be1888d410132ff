// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/theme.h"
#include "ui/notices/tray.h"

#include <QIcon>

namespace flowgate::ui {

/// The sizes that trays ask for, in pixels.
inline constexpr int trayIconSizes[] = {16, 22, 24, 32, 48, 64};

/// Our icon with the shape of the worst that is seen, and how many gateways it is about; without a shape where there is
/// nothing. From a hundred on it says 99+.
[[nodiscard]] QPixmap badgedPixmap(const TrayBadge &badge, const common::Theme &theme, int size);
[[nodiscard]] QIcon badgedIcon(const TrayBadge &badge, const common::Theme &theme);

} // namespace flowgate::ui
