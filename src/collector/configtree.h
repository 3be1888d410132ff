// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/work.h"
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
    /// The limit that the config goes beyond: "more than 200,000 values"; empty: none.
    QString beyond{};
    QStringList moreFollows{}; ///< files with another YAML document behind the first, which a Collector ignores
    QStringList utf16{};       ///< files in UTF-16

    [[nodiscard]] bool isReadable() const { return !hasErrors(problems); }
    /// All of each text was read. Only such a config can be compared with another.
    [[nodiscard]] bool isWhole() const { return isReadable() && moreFollows.isEmpty(); }
};

/// Reads and merges @p config: byte order of names, "" last and strongest (RC6).
/// @param work  counts what the merge takes
/// @thread any; up to tens of milliseconds for megabytes, so large ones belong in the pool
[[nodiscard]] ConfigTree readConfig(const domain::ConfigSet &config, const YamlLimits &limits = {},
                                    Work *work = nullptr);
/// One file.
[[nodiscard]] ConfigTree readConfig(const QByteArray &text, const YamlLimits &limits = {});

} // namespace flowgate::collector
