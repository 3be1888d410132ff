// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "flowgatectl/verbs.h"

namespace flowgate::ctl {

/// The part of verbs() that is about bundles.
[[nodiscard]] std::vector<VerbSpec> bundleVerbs();

} // namespace flowgate::ctl
