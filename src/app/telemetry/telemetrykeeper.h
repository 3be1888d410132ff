// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/database.h"

namespace flowgate::app {

/// How much of the gateways' own telemetry stays.
struct TelemetryRetention
{
    domain::WallTime rawFrom{};     ///< older metrics become steps of 5 minutes
    domain::WallTime metricsFrom{}; ///< older steps go
    domain::WallTime logsFrom{};    ///< older log lines go
    qint64 mostBytes = 0;           ///< of all together; beyond it the oldest goes first
};

/// One bite of the work that brings the database to @p retention, short enough for others to write in between.
/// @return whether there is more to do
/// @thread store
[[nodiscard]] store::Outcome<bool> tidyTelemetry(store::Database &database, const TelemetryRetention &retention);

} // namespace flowgate::app
