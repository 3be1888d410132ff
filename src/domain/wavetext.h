// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/rollout.h"

#include <QString>

#include <optional>

namespace flowgate::domain {

/// "3" or "50%". Nothing for anything else.
[[nodiscard]] std::optional<WaveSize> waveFromText(const QString &text);
/// "1,50%,100%": at most 20 entries, counts and shares that grow. Nothing for anything else.
[[nodiscard]] std::optional<std::vector<WaveSize>> wavesFromText(const QString &text);
[[nodiscard]] QString wavesText(const std::vector<WaveSize> &waves);

} // namespace flowgate::domain
