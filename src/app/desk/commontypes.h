// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/fleet.h"

#include <QStringList>

namespace flowgate::app {

/// Types of components, by section ("receivers"), that each of a config's gateways has: of those that are to run it,
/// or of all where none is. Gateways that do not say what they are built with do not count (ST11).
/// @thread io
[[nodiscard]] QHash<QString, QStringList> commonTypes(const Fleet &fleet, const QString &config);

} // namespace flowgate::app
