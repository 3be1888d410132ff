// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/configfacts.h"
#include "domain/configset.h"

namespace flowgate::collector {

/// @param known  values that are no secret wherever they stand
/// @thread any; pure. A config of 2 KiB takes about 0.1 ms; large ones belong in the pool
[[nodiscard]] domain::ConfigFacts factsOf(const domain::ConfigSet &config, const QByteArrayList &known = {});

/// The service.instance.id under service.telemetry.resource, as a map or as the list `attributes` of declarative
/// configuration. Of several files the one under the name "" counts, else all but "raw", where they agree.
/// @return empty where there is none, where it is a reference, and for a file over 1 MiB
[[nodiscard]] QString telemetryInstanceId(const domain::ConfigSet &config);

} // namespace flowgate::collector
