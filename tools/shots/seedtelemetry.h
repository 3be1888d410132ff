// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ids.h"
#include "domain/time.h"

#include <QUrl>

namespace flowgate::shots {

/// Sends an hour of what a Collector says of itself as OTLP/HTTP, as @p gateway: metrics each minute with a burst and a
/// restart in them, and log lines. @param base  "http://127.0.0.1:4320" @return whether all of it was taken
[[nodiscard]] bool seedTelemetry(const QUrl &base, const domain::GatewayId &gateway, domain::WallTime now);

} // namespace flowgate::shots
