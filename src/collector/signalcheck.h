// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/schema.h"

namespace flowgate::collector {

/// Components in pipelines of a signal that they cannot take or give, connectors that cannot turn the signal of one
/// pipeline into that of another, and pipelines that feed themselves by way of connectors. Where a reference (${…})
/// hides which pipelines there are, a connector may join others than those that are written.
/// @param limits  how many problems at most
/// @param work  counts the ends of pipelines that are looked at
/// @thread any; pure
[[nodiscard]] Problems checkSignals(const Schema &schema, const Outline &outline, const YamlLimits &limits = {},
                                    Work *work = nullptr);

} // namespace flowgate::collector
