// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>

namespace flowgate::ui {

/// One of our one-colour icons ("fleet", "copy"), painted in the text colour that the application's palette has at
/// that moment: it follows a change between light and dark by itself.
[[nodiscard]] QIcon lineIcon(const QString &name);

} // namespace flowgate::ui
