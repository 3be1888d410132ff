// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/outline.h"

namespace flowgate::collector {

/// All problems of a config that show without a Collector: its syntax, unknown sections, references to components
/// that are not defined, unused ones, pipelines that lack an end. In the order of the text. A config that a gateway
/// completes from a file of its own has errors too: what that file holds is not known here.
/// @thread any; pure
[[nodiscard]] Problems check(const ConfigTree &tree, const YamlLimits &limits = {});
[[nodiscard]] Problems check(const domain::ConfigSet &config, const YamlLimits &limits = {});
[[nodiscard]] Problems check(const QByteArray &text, const YamlLimits &limits = {});

} // namespace flowgate::collector
