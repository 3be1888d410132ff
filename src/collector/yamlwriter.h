// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/yamlnode.h"

namespace flowgate::collector {

/// A value as YAML in block style, two spaces a level, keys in the order that they have: what readConfig() of it gives
/// has the same values. Lists of short scalars and empty maps are in flow style. Comments are not part of a value.
/// @thread any; pure
[[nodiscard]] QByteArray writeYaml(const Node &node);

} // namespace flowgate::collector
