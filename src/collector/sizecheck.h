// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/schema.h"
#include "collector/work.h"

namespace flowgate::collector {

/// How many values a gateway is likely to report for the config once its Collector has filled in the defaults. The
/// defaults of components that the schema does not have are not counted.
/// @thread any; pure
[[nodiscard]] qint64 expectedValues(const Schema &schema, const ConfigTree &tree, Work *work = nullptr);

/// A warning where what a gateway reports will have more values than are compared (YamlLimits::nodes): a rollout of
/// such a config cannot be proven.
/// @thread any; pure
[[nodiscard]] Problems checkSize(const Schema &schema, const ConfigTree &tree, const YamlLimits &limits,
                                 Work *work = nullptr);

} // namespace flowgate::collector
