// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/schema.h"

namespace flowgate::collector {

/// Ports that two components which run would listen on: each receiver that a pipeline uses and each extension that
/// runs, with the addresses that are written and the defaults of those that are not. An address with ${…} is not known.
/// @param limits  how many problems at most
/// @param work  counts the places that are looked at
/// @thread any; pure
[[nodiscard]] Problems checkPorts(const Schema &schema, const ConfigTree &tree, const Outline &outline,
                                  const YamlLimits &limits = {}, Work *work = nullptr);

} // namespace flowgate::collector
