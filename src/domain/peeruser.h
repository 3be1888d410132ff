// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/peer.h"

namespace flowgate::domain {

/// What decides whether a request counts as one of the user that runs this program, on this computer.
struct SameUserRule
{
    bool hasPublicUrl = false;  ///< gateways come through a proxy or NAT, which may stand on this computer
    bool unknownIsSame = false; ///< the setting admission.unknown_user, for systems that do not tell
};

/// Whether @p peer is the user that runs this program. That takes a listener on a loopback address, and that the
/// system says whose the other end of the connection is. A proxy's connection tells nothing of those behind it.
/// @thread any
[[nodiscard]] bool isSameUser(const Peer &peer, const SameUserRule &rule);

} // namespace flowgate::domain
