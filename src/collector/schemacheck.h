// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/schema.h"

namespace flowgate::collector {

/// What the keys and values of the components, and of service::telemetry, are not as the schema says: unknown keys,
/// values of another type, words that are none of those allowed, durations without a unit. Types that the schema does
/// not have are not looked into; one that no Collector is known to have is a warning. A value with ${…} fits anything.
/// @param limits  how many problems at most
/// @param work  counts the values that are looked at
/// @thread any; pure
[[nodiscard]] Problems checkAgainst(const Schema &schema, const ConfigTree &tree, const YamlLimits &limits,
                                    Work *work = nullptr);

} // namespace flowgate::collector
