// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/work.h"
#include "collector/yamlnode.h"

namespace flowgate::collector {

/// Lays configs over each other, the weakest first: maps merge key by key, everything else replaces. As the supervisor
/// v0.149 does it, neighbouring lists service::extensions are joined, each id once, where they are lists of ids.
/// What is no map, such as an empty file, adds nothing. Linear in the values, however many layers there are.
[[nodiscard]] Node mergeLayers(std::vector<Node> layers, Work *work = nullptr);
/// Lays @p over on @p base.
void mergeConfig(Node &base, Node over);

} // namespace flowgate::collector
