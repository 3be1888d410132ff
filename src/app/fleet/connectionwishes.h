// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/connectionoffer.h"

namespace flowgate::app {

/// Says what is wanted of the connections of gateways, and is told what becomes of it.
/// @thread io. Must not change the fleet from within a call.
class ConnectionWishes
{
public:
    virtual ~ConnectionWishes() = default;

    /// @param peer  how the gateway reaches us; its Authorization value is repeated
    [[nodiscard]] virtual domain::ConnectionWish wishFor(const domain::Gateway &gateway, const domain::Peer &peer) = 0;
    /// The offer went out to the gateway.
    virtual void offered(const domain::Gateway &gateway, const domain::Peer &peer,
                         const domain::ConnectionOffer &offer) = 0;
    /// It could not be sent, after all.
    virtual void notOffered(const domain::Gateway &gateway) = 0;
    /// A message came, and is merged. @param numberedAnew  see domain::MergeFacts
    virtual void heard(const domain::Gateway &gateway, const domain::Peer &peer, bool numberedAnew) = 0;
};

} // namespace flowgate::app
