// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/gateway.h"

#include <memory>

namespace flowgate::app {

/// One step of one gateway: what it was, what it is.
struct FleetChange
{
    const domain::Gateway *before = nullptr; ///< null: seen for the first time
    const domain::Gateway *after = nullptr;  ///< never null; valid during the call only
    domain::WallTime at{};
    /// The effective config, where this step brought one.
    std::shared_ptr<const domain::ConfigSet> effective;
    /// The list of components, where this step brought one.
    std::shared_ptr<const domain::AvailableComponents> components;
    bool restarted = false; ///< a newer start time was reported
};

/// Is told of every transition, in order. Bare heartbeats are none.
/// @thread io. An observer must not change the fleet from within the call: post to a later turn of the loop.
class FleetObserver
{
public:
    virtual ~FleetObserver() = default;
    virtual void gatewayChanged(const FleetChange &change) = 0;
    /// An offer of @p bytes was over the message limit and was not sent (T18, T37).
    virtual void offerTooLarge(const domain::Gateway &gateway, qsizetype bytes) = 0;
    virtual void gatewayForgotten(const domain::GatewayId &id) = 0;
};

} // namespace flowgate::app
