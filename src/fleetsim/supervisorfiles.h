// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/configset.h"
#include "fleetsim/yamltree.h"

namespace flowgate::fleetsim {

/// The base file that agent.config_files of our own supervisor.yaml names.
[[nodiscard]] const YamlNode &baseConfig();
/// @p base with the files of a remote config on top: named ones in byte order of their names, "" last (RC6).
/// @errors what the supervisor reports with FAILED
[[nodiscard]] domain::Result<YamlNode, QString> merged(YamlNode base, const domain::ConfigSet &files);

} // namespace flowgate::fleetsim
