// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/settings/settingspec.h"

namespace flowgate::ui {

/// How the window says what a setting is.
struct SettingWords
{
    QString group;
    QString title;
    QString description;
    QString effect;
};

/// Of a setting that limits what the endpoint bears; of another one, its own English.
[[nodiscard]] SettingWords limitWords(const app::SettingSpec &spec);

} // namespace flowgate::ui
