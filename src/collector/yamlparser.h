// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/problem.h"
#include "collector/yamlnode.h"

namespace flowgate::collector {

/// What one config may take at most. A text beyond is refused with a problem that says which limit.
struct YamlLimits
{
    qsizetype bytes = 8 * 1024 * 1024;
    int depth = 100;
    int nodes = 200'000; ///< values, those that aliases stand for counted each time
    int problems = 100;
    int nodesUsed = 0; ///< by files of the same config that were read before
};

/// What a text holds. With errors the root has what could be read, which the editor's graph uses.
struct YamlDocument
{
    Node root; ///< null for an empty text
    Problems problems;
    int nodesUsed = 0;
    /// The limit that the text goes beyond: "more than 100 levels"; empty: none. It has an error then.
    QString beyond{};
    bool moreFollows = false; ///< another document stands behind this one, which a Collector ignores
    bool wasUtf16 = false;
};

/// Reads one YAML document as Go's yaml.v3 does, which is what a Collector and its supervisor use: aliases unfolded,
/// << merged (written keys win, of several maps the first), equal keys an error, only the first document counts.
/// After an error it goes on at the next key of the first column, so that more than one mistake is seen at a time.
///
/// @thread any. Never throws for content; time and memory are bounded by @p limits.
[[nodiscard]] YamlDocument parseYaml(const QByteArray &text, const YamlLimits &limits = {});

} // namespace flowgate::collector
