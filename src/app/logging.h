// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLoggingCategory>

namespace flowgate::app {

/// Everything that is logged goes to standard error, a line each: "TIME LEVEL category: text". Texts of others cannot
/// steer a terminal. No secrets are ever logged.
Q_DECLARE_LOGGING_CATEGORY(eventsLog)    ///< info: each event
Q_DECLARE_LOGGING_CATEGORY(admissionLog) ///< info: each request that is refused, with its peer
Q_DECLARE_LOGGING_CATEGORY(storeLog)     ///< warning: the database takes nothing, and that it does again
Q_DECLARE_LOGGING_CATEGORY(controlLog)   ///< debug: each verb on the control socket, without its arguments

/// Takes over the process's log. Call it first in main().
void startLog();
/// @param level  "debug", "info", "warning" or "error": the least that is written. $QT_LOGGING_RULES wins.
/// @thread any
void setLogLevel(const QString &level);

} // namespace flowgate::app
