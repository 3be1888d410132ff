// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/peeruser.h"

namespace flowgate::domain {

bool isSameUser(const Peer &peer, const SameUserRule &rule)
{
    if (!peer.onLoopback || peer.byProxy || rule.hasPublicUrl)
        return false;
    return peer.user == PeerUser::Same || (peer.user == PeerUser::Unknown && rule.unknownIsSame);
}

} // namespace flowgate::domain
