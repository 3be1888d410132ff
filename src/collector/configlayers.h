// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/configtree.h"

namespace flowgate::collector {

constexpr size_t mostFiles = 1000; ///< of one config

/// A file of a config as it was read.
struct ConfigLayer
{
    QString name;
    YamlDocument document;

    /// A map, or nothing at all: what a Collector takes as a config.
    [[nodiscard]] bool isConfig() const { return document.root.isMap() || document.root.isNull(); }
};

/// The names of a config's files in the order in which they are laid over each other: by their bytes, "" last.
[[nodiscard]] std::vector<QString> mergeOrder(const domain::ConfigSet &config);
/// Merges what was read, the weakest first. One that is no map is a problem.
[[nodiscard]] ConfigTree treeOf(std::vector<ConfigLayer> layers, Work *work = nullptr);
/// A config that is beyond a limit as a whole; nothing of it is read.
[[nodiscard]] ConfigTree tooLarge(size_t files, qsizetype bytes, const YamlLimits &limits);

} // namespace flowgate::collector
