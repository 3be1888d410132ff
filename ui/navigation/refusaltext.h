// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/refusal.h"

namespace flowgate::ui {

/// "Too many connections from one address": what a kind of refusal is to people.
[[nodiscard]] QString refusalWord(domain::Refusal kind);
/// Who was turned away since the start, a line for each kind; empty if nobody was.
[[nodiscard]] QString refusalText(const domain::RefusalCounts &counts);

} // namespace flowgate::ui
