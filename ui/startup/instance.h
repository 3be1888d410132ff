// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace flowgate::ui {

/// Asks the window that serves this folder to come to the front (docs/control-socket.md, "window raise"). Waits up to
/// three seconds; for the time before the event loop.
/// @return whether it said that it did
[[nodiscard]] bool raiseOtherWindow(const QString &controlSocket);

} // namespace flowgate::ui
