// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/failure.h"
#include "domain/selector.h"
#include "domain/wavetext.h"

namespace flowgate::common {

/// A failed operation in one translated sentence that says what to do. Plain text.
[[nodiscard]] QString text(const app::Failure &failure);
/// Why a selector cannot be read, and where.
[[nodiscard]] QString text(const domain::SelectorError &error);
/// Why waves cannot be read, and what to write.
[[nodiscard]] QString text(const domain::WaveError &error);

} // namespace flowgate::common
