// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/configtree.h"

namespace flowgate::collector {

/// What a gateway says that its Collector runs, taken from all that it reports as its effective config.
struct EffectiveConfig
{
    ConfigTree tree;
    QStringList others{}; ///< entries that are no part of what runs: they are shown, never compared
};

/// Reads the entries of an effective config that run: the one called "" where there is one; else every entry that is
/// YAML, merged as files are, except the one called "raw". An entry is taken for YAML where it is a map. One that says
/// that it is YAML, by its name or content type, and cannot be read is an error: nothing is judged by the rest of it.
/// Where no entry is a config the tree has an error that says so.
/// @source agents put other texts beside the config (OpAMP leaves the names to them)
/// @thread any; pure
[[nodiscard]] EffectiveConfig readEffective(const domain::ConfigSet &effective, const YamlLimits &limits = {});

} // namespace flowgate::collector
