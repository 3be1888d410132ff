// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "flowgatectl/verbs.h"

namespace flowgate::ctl {

/// The part of verbs() that is about tokens.
[[nodiscard]] std::vector<VerbSpec> tokenVerbs();

} // namespace flowgate::ctl
