// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ids.h"

#include <QString>

#include <vector>

class QMenu;

namespace flowgate::ui {

class Workspace;

/// Mutes these gateways for a while or until further notice, and unmutes them.
void fillMuteMenu(QMenu &menu, Workspace &workspace, const std::vector<domain::GatewayId> &gateways);
/// "muted until 14:03:00" of one gateway, now; empty: it is not.
[[nodiscard]] QString muteText(const Workspace &workspace, const domain::GatewayId &gateway);

} // namespace flowgate::ui
