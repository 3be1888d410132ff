// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/noticerule.h"
#include "ui/notices/tray.h"

namespace flowgate::ui {

class Workspace;

/// How the fleet stands, for the tray.
struct FleetState
{
    TrayBadge badge; ///< muted ones not counted
    int muted = 0;   ///< that would need attention too
    int notObserved = 0;

    friend bool operator==(const FleetState &, const FleetState &) = default;
};

/// A notice as it is shown: what, then who and why, by the names that gateways and rollouts have now.
[[nodiscard]] TrayNotice noticeText(const domain::Notice &notice, Workspace &workspace);

/// "3 gateways need attention, 1 muted"; where none does, it says what is not known.
[[nodiscard]] QString attentionText(const FleetState &state);

} // namespace flowgate::ui
