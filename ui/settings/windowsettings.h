// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/settingmodel.h"
#include "ui/settings/preferences.h"

namespace flowgate::ui {

/// The key of each setting of the window begins so.
inline const QString windowPrefix = QStringLiteral("window.");

/// What can be chosen for this window, with what is chosen.
[[nodiscard]] std::vector<models::Setting> windowSettings(const WindowLook &look);
/// @p look with the value of one setting of the window changed; as it was for an unknown key or value.
[[nodiscard]] WindowLook changedLook(WindowLook look, const QString &key, const QVariant &value);

} // namespace flowgate::ui
