// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/outline.h"
#include "collector/work.h"

namespace flowgate::collector {

/// All problems of a config that show without a Collector: its syntax, unknown sections, references to components
/// that are not defined, unused ones, pipelines that lack an end. In the order of the text. A config that a gateway
/// completes from a file of its own has errors too: what that file holds is not known here. What stands behind a
/// reference (${file:…}, ${env:…}) is not known either, and is no error.
/// @param work  counts the steps, which grow with the config as n log n at most; once it is cancelled the problems are
///              only some of them
/// @thread any; pure
[[nodiscard]] Problems check(const ConfigTree &tree, const YamlLimits &limits = {}, Work *work = nullptr);
[[nodiscard]] Problems check(const domain::ConfigSet &config, const YamlLimits &limits = {}, Work *work = nullptr);
[[nodiscard]] Problems check(const QByteArray &text, const YamlLimits &limits = {});

} // namespace flowgate::collector
