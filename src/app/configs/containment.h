// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/gateway.h"

namespace flowgate::app {

/// Whether the effective config contains the wanted one, as the domain keeps it. Differences beyond the first 200 are
/// dropped. Two that cannot be compared have no difference, but a reason.
/// @param telemetryOffered  own telemetry was: what that adds to lists of the wanted config is by design
/// @thread any; pure
[[nodiscard]] domain::Containment compare(const domain::ConfigHash &wantedHash, const domain::ConfigSet &wanted,
                                          const domain::ConfigHash &effectiveHash, const domain::ConfigSet &effective,
                                          bool telemetryOffered);

/// Whether comparing these takes longer than the io thread may be kept: it belongs in the pool.
[[nodiscard]] bool isLongToCompare(const domain::ConfigSet &wanted, const domain::ConfigSet &effective);

} // namespace flowgate::app
