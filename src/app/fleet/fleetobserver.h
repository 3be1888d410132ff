// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/connectionend.h"
#include "domain/gateway.h"
#include "domain/linkwatch.h"

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
    bool restarted = false;                       ///< another start time was reported than the one before
    bool restartIsOurs = false;                   ///< and something that was sent to it had to bring that
    std::optional<domain::ConnectionEnd> ended{}; ///< how its connection ended, where that is what happened
};

/// Why the record of one uid goes on under another.
enum class Succession {
    NewUid, ///< the gateway asked for it, and came with it
    Linked, ///< an operator said that both are one
};

/// Is told of every transition, in order. Bare heartbeats are none.
/// @thread io. An observer must not change the fleet from within the call: post to a later turn of the loop.
class FleetObserver
{
public:
    virtual ~FleetObserver() = default;
    virtual void gatewayChanged(const FleetChange &) {}
    /// An offer of @p bytes was over the message limit and was not sent (T18, T37).
    virtual void offerTooLarge(const domain::Gateway &, qsizetype /*bytes*/) {}
    virtual void gatewayForgotten(const domain::GatewayId &) {}
    /// All that one act forgot; each by itself where this is not overridden.
    virtual void gatewaysForgotten(const QList<domain::GatewayId> &ids)
    {
        for (const domain::GatewayId &id : ids)
            gatewayForgotten(id);
    }
    /// What was known of @p before is @p after now, and @p before is gone when this call is over.
    virtual void gatewayMoved(const domain::GatewayId & /*before*/, const domain::Gateway & /*after*/, Succession) {}
    /// Its connections break or are replaced again and again, though it is one agent that lives on (domain/linkwatch).
    virtual void linkFlaps(const domain::Gateway &, const domain::LinkWatch::Flapping &) {}
    /// Two gateways use the uid of @p gateway; the one at @p peer was told to take another.
    virtual void cloneFound(const domain::Gateway &, const domain::GatewayId & /*given*/, const QString & /*peer*/) {}
};

} // namespace flowgate::app
