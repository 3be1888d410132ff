// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace flowgate::ui {

/// Why no window can be shown, in a sentence; empty if the environment names a display or a platform.
[[nodiscard]] QString displayTrouble();

/// Qt aborts where a named display cannot be reached. From here until displayWorks() such an end is said in words of
/// ours, with exit code 1.
void watchForDisplay();
void displayWorks();

} // namespace flowgate::ui
