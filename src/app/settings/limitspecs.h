// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/settings/settingspec.h"

namespace flowgate::app {

/// How much the endpoint bears, as settings, in the order of a list for people. What they say: limitsettings.h.
[[nodiscard]] std::vector<SettingSpec> limitSpecs();

} // namespace flowgate::app
