// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/settings/settings.h"
#include "ui/models/settingmodel.h"

namespace flowgate::ui {

/// The key of each setting of the control plane begins so on the page; its own key follows.
inline const QString planePrefix = QStringLiteral("plane.");

/// The control plane's settings for people: translated names, and what each takes.
[[nodiscard]] std::vector<models::Setting> planeSettings(const std::vector<app::SettingValue> &settings);
/// As it stands in the row's value.
[[nodiscard]] QVariant planeValue(const app::SettingValue &setting);

} // namespace flowgate::ui
