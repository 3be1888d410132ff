// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/rollout.h"

namespace flowgate::app {

/// A state as the verb of a sentence, for events: "was halted".
[[nodiscard]] QString said(domain::RolloutState state);
/// The same for a step that a target ended with.
[[nodiscard]] QString said(domain::TargetStep step);

} // namespace flowgate::app
