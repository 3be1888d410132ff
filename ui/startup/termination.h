// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <functional>

namespace flowgate::ui {

/// Calls @p then on @p context's thread when the system asks this process to end (SIGTERM, SIGINT, SIGHUP).
/// Once a process. @return false where the system gives no pipe for it
bool onTermination(QObject *context, std::function<void()> then);

} // namespace flowgate::ui
