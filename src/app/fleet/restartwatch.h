// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/failure.h"
#include "app/fleet/fleetobserver.h"

#include <QObject>
#include <QPointer>

#include <vector>

namespace flowgate::app {

/// Waits for the proof of a restart: another start time of the collector (CM3).
/// @thread io
class RestartWatch final : public QObject, public FleetObserver
{
    Q_OBJECT
public:
    using QObject::QObject;

    /// Answers once: when the start time moved, or RestartNotSeen after @p patience. Not at all if @p guard is gone.
    void wait(const domain::GatewayId &id, domain::milliseconds patience, QObject *guard, Done<Nothing> done);

    /// Whoever waits for this gateway is not answered any more.
    void cancel(const domain::GatewayId &id);

    void gatewayChanged(const FleetChange &change) override;
    void gatewayForgotten(const domain::GatewayId &id) override;
    void gatewayMoved(const domain::GatewayId &before, const domain::Gateway &after, Succession how) override;

private:
    struct Waiter
    {
        int key = 0;
        domain::GatewayId id;
        QPointer<QObject> guard;
        Done<Nothing> done;
    };
    void finish(const std::function<bool(const Waiter &)> &which, const Outcome<Nothing> &outcome);

    std::vector<Waiter> m_waiters;
    int m_nextKey = 1;
};

} // namespace flowgate::app
