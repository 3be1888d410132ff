// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/configtree.h"

#include <QMap>

namespace flowgate::collector {

/// Every value of a config by its path, "exporters/otlp/endpoint"; lists are one value in flow style; secrets are
/// hidden. Values are told by what they mean: quotes that change nothing go, 90s and 1m30s read the same. At most
/// 3,000. @thread any; pure
[[nodiscard]] QMap<QString, QString> flatConfig(const ConfigTree &tree);

} // namespace flowgate::collector
