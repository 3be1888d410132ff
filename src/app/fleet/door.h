// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/gateway.h"
#include "domain/peer.h"

#include <functional>

namespace flowgate::app {

/// What a gateway is let in to on a connection.
struct Entry
{
    domain::Admission admission = domain::Admission::Approved;
    QString refusal{};                               ///< not empty: why nothing that it says counts
    QString token{};                                 ///< name of the token that it brought; empty: none of ours
    std::optional<domain::AdmissionGround> ground{}; ///< what it was approved by just now
    std::optional<domain::milliseconds>
        retryAfter{};         ///< of a refusal that is for lack of room alone: when to try again
    bool onBootstrap = false; ///< that token serves only to fetch one of its own
    bool isClone = false;     ///< the gateway with this uid is another one, for sure
};

/// Judges the first message of a gateway on a connection, and each one over HTTP.
using Door = std::function<Entry(const domain::Peer &, const domain::GatewayId &)>;

} // namespace flowgate::app
