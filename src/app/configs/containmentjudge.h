// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/configs/configpool.h"
#include "app/fleet/fleet.h"
#include "domain/mailbox.h"
#include "store/storethread.h"

#include <QSet>

namespace flowgate::app {

/// Answers "does the effective config contain the wanted one" where it is not answered yet: after a change of what is
/// wanted, after a start, when the effective config is in the database only, and where the two are too large to be
/// compared on the io thread. Answers by older rules are found anew.
/// @thread io
class ContainmentJudge final : public FleetObserver
{
public:
    ContainmentJudge(Fleet &fleet, ConfigBodies &bodies, store::StoreThread &store, domain::Mailbox &mailbox);

    void gatewayChanged(const FleetChange &change) override;
    void gatewayForgotten(const domain::GatewayId &id) override { m_pending.remove(id); }
    void gatewayMoved(const domain::GatewayId &before, const domain::Gateway &, Succession) override
    {
        m_pending.remove(before);
    }
    /// Looks at one gateway, e.g. after a body that was missing has come.
    void consider(const domain::Gateway &gateway);

private:
    [[nodiscard]] bool isToBeAnswered(const domain::Gateway &gateway) const;
    void judge(const domain::GatewayId &id, const domain::ConfigHash &effectiveHash,
               const ConfigBodies::Body &effective);
    void compareInPool(const domain::Gateway &gateway, const ConfigBodies::Body &wanted,
                       const ConfigBodies::Body &effective);
    void takeNext();
    void keep(const domain::GatewayId &id, const domain::Containment &containment);

    /// Large comparisons at a time: only their bodies are in memory.
    static constexpr int mostInPool = 4;

    Fleet &m_fleet;
    ConfigBodies &m_bodies;
    ConfigPool m_pool; ///< of its own: nobody's check waits for comparisons
    store::StoreThread &m_store;
    domain::Mailbox &m_mailbox;
    QSet<domain::GatewayId> m_pending; ///< their effective config is being fetched, or compared
    QSet<domain::GatewayId> m_waiting; ///< they are looked at again when there is room in the pool
    int m_inPool = 0;
};

} // namespace flowgate::app
