// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/configtree.h"

#include <QMap>

namespace flowgate::collector {

/// Every value of a config by its path, "exporters/otlp/endpoint"; lists are one value in flow style; secrets are
/// hidden. At most 3,000. @thread any; pure
[[nodiscard]] QMap<QString, QString> flatConfig(const ConfigTree &tree);

} // namespace flowgate::collector
