// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/yamlparser.h"
#include "domain/configset.h"

#include <QStringList>

namespace flowgate::collector {

/// A config set as one tree: its files merged as the supervisor does before the Collector sees them.
struct ConfigTree
{
    Node root; ///< a map, or null for an empty config
    Problems problems;
    QStringList files; ///< Node::file counts into it; lowest priority first

    [[nodiscard]] bool isReadable() const { return !hasErrors(problems); }
};

/// Reads and merges @p config: byte order of names, "" last and strongest (RC6).
/// @thread any; up to tens of milliseconds for megabytes, so large ones belong in the pool
[[nodiscard]] ConfigTree readConfig(const domain::ConfigSet &config, const YamlLimits &limits = {});
/// One file.
[[nodiscard]] ConfigTree readConfig(const QByteArray &text, const YamlLimits &limits = {});

} // namespace flowgate::collector
