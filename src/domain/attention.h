// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/gateway.h"

namespace flowgate::domain {

/// Whether a person has to look at a gateway. Urgent: something that worked does not. Wanted: somebody has to decide.
enum class Attention { None, Wanted, Urgent };

/// The worst of what presence, health, config and admission say. What was not observed asks for nobody, and neither
/// does a gateway that said goodbye or that a person rejected.
[[nodiscard]] Attention attentionOf(const Gateway &gateway);

[[nodiscard]] Attention attentionOf(PresenceState state);
[[nodiscard]] Attention attentionOf(HealthState state);
[[nodiscard]] Attention attentionOf(ConfigState state);

} // namespace flowgate::domain
