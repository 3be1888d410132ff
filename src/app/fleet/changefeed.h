// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/fleetobserver.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <vector>

namespace flowgate::app {

using GatewayPtr = std::shared_ptr<const domain::Gateway>;

/// What changed since the last one: the latest value of each gateway, shared and never modified.
struct FleetDelta
{
    std::vector<GatewayPtr> changed;
    std::vector<domain::GatewayId> forgotten;
};

/// Gathers changes and hands them on at most every 50 ms. Costs nothing while nobody follows.
/// @thread io
class ChangeFeed final : public QObject, public FleetObserver
{
    Q_OBJECT
public:
    using Follower = std::function<void(const FleetDelta &)>;

    explicit ChangeFeed(QObject *parent = nullptr);

    /// @return a key for unfollow()
    int follow(Follower follower);
    void unfollow(int key);

    void gatewayChanged(const FleetChange &change) override;
    void gatewayForgotten(const domain::GatewayId &id) override;
    void gatewayMoved(const domain::GatewayId &before, const domain::Gateway &after, Succession how) override;

private:
    void publish();

    std::vector<std::pair<int, Follower>> m_followers;
    QHash<domain::GatewayId, GatewayPtr> m_changed;
    std::vector<domain::GatewayId> m_forgotten;
    QTimer m_timer;
    int m_nextKey = 1;
};

} // namespace flowgate::app
