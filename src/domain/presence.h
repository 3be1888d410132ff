// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/peer.h"
#include "domain/states.h"
#include "domain/time.h"

namespace flowgate::domain {

/// Presence, with what it rests on.
struct Presence
{
    PresenceState state = PresenceState::NotObserved;
    WallTime since{};
    WallTime lastSeen{};
    Transport transport = Transport::WebSocket;
    QString peer;             ///< "127.0.0.1:51234"
    QString token{};          ///< name of the token that it brought; empty: none of ours, or nobody looked in this run
    bool onBootstrap = false; ///< that token serves only to fetch one of its own (CS15); memory only
    QString why{};            ///< of a state that needs it: why nobody looks, or how the connection ended; the span's

    friend bool operator==(const Presence &, const Presence &) = default;
};

} // namespace flowgate::domain
