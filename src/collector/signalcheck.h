// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/schema.h"

namespace flowgate::collector {

/// Components in pipelines of a signal that they cannot take or give, connectors that cannot turn the signal of one
/// pipeline into that of another, and pipelines that feed themselves by way of connectors.
/// @thread any; pure
[[nodiscard]] Problems checkSignals(const Schema &schema, const Outline &outline);

} // namespace flowgate::collector
