// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/configtree.h"

namespace flowgate::collector {

/// What a Collector says when `validate` refuses a config, one problem a mistake, each with the place in the text that
/// it means as far as that can be told: from a path ("exporters::otlp: …"), from keys and ids that it names, from a
/// line ("yaml: line 3: …"). The words stay the Collector's own; lines without a place stand at line 0.
/// @param words  its output, of any size; at most 50 problems are made of it, each 1,000 characters at most
/// @param tree   the config that it was given
/// @thread any; pure
/// @source the messages of Collector v0.149.0 (confmap, otelcol, service, go.yaml.in/yaml)
[[nodiscard]] Problems problemsFromWords(const QString &words, const ConfigTree &tree);

} // namespace flowgate::collector
