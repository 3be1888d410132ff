// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <chrono>

namespace flowgate::ui {

/// Asks the window that serves this folder to come to the front (docs/control-socket.md, "window raise"). Waits up to
/// @p patience; for the time before the event loop.
/// @return whether it said that it did
[[nodiscard]] bool raiseOtherWindow(const QString &controlSocket,
                                    std::chrono::milliseconds patience = std::chrono::seconds(3));

} // namespace flowgate::ui
