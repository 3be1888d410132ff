// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/fleet.h"
#include "domain/mailbox.h"
#include "store/storethread.h"

#include <QSet>

namespace flowgate::app {

/// Answers "does the effective config contain the wanted one" where it is not answered yet: after a change of what is
/// wanted and after a start, when the effective config is in the database only.
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
    void judge(const domain::GatewayId &id, const domain::ConfigHash &effectiveHash,
               const domain::ConfigSet &effective);

    Fleet &m_fleet;
    ConfigBodies &m_bodies;
    store::StoreThread &m_store;
    domain::Mailbox &m_mailbox;
    QSet<domain::GatewayId> m_pending;
};

} // namespace flowgate::app
