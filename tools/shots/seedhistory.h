// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/controlplane.h"

namespace flowgate::shots {

/// Writes a day before @p now into the history of these gateways: nights that nobody observed, restarts, lost
/// connections, an exporter in trouble, offers. Comes back when it is written.
/// @return how many spans; 0: it could not be written
[[nodiscard]] int seedHistory(app::ControlPlane &plane, const std::vector<app::GatewayPtr> &gateways,
                              domain::WallTime now);

} // namespace flowgate::shots
