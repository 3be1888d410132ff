// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace flowgate::ui {

class EmptyState;

/// What the Fleet page says while it has no row to show.
/// @param hasGateways  the filter hides them all; else there are none yet
/// @param endpoints    addresses that gateways are to connect to
void showEmptyFleet(EmptyState &page, bool hasGateways, const QStringList &endpoints);

} // namespace flowgate::ui
