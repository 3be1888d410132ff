// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <functional>

namespace flowgate {

/// Calls @p stop from the event loop of this thread when SIGTERM or SIGINT comes; the handler itself only writes a
/// byte to a pipe.
/// @return false if the system gave no pipe
[[nodiscard]] bool onTermination(QObject *context, std::function<void()> stop);

} // namespace flowgate
