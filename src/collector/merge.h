// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/yamlnode.h"

namespace flowgate::collector {

/// Lays @p over on @p base: maps merge key by key, everything else replaces. As the supervisor v0.149 does it, the
/// lists service::extensions of both are joined, each id once, where they are lists of ids.
void mergeConfig(Node &base, Node over);

} // namespace flowgate::collector
