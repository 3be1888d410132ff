// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/outline.h"

namespace flowgate::collector {

struct CheckOptions
{
    /// The gateway merges this with a file of its own: what is missing here may be there, so it only warns.
    bool mayBePartial = false;
    YamlLimits limits{};
};

/// All problems of a config that show without a Collector: its syntax, unknown sections, references to components
/// that are not defined, unused ones, pipelines that lack an end. In the order of the text.
/// @thread any; pure
[[nodiscard]] Problems check(const ConfigTree &tree, const CheckOptions &options = {});
[[nodiscard]] Problems check(const domain::ConfigSet &config, const CheckOptions &options = {});
[[nodiscard]] Problems check(const QByteArray &text, const CheckOptions &options = {});

} // namespace flowgate::collector
