// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/configs/containmentjudge.h"

#include "app/configs/containment.h"
#include "domain/standing.h"

namespace flowgate::app {

ContainmentJudge::ContainmentJudge(Fleet &fleet, ConfigBodies &bodies, store::StoreThread &store,
                                   domain::Mailbox &mailbox)
    : m_fleet(fleet)
    , m_bodies(bodies)
    , m_store(store)
    , m_mailbox(mailbox)
{
}

void ContainmentJudge::gatewayChanged(const FleetChange &change)
{
    consider(*change.after);
}

void ContainmentJudge::consider(const domain::Gateway &gateway)
{
    if (!gateway.wanted || !gateway.effective || domain::isContainmentCurrent(gateway) ||
        m_pending.contains(gateway.id))
        return;
    if (!m_bodies.get(gateway.wanted->hash))
        return; // being fetched; its arrival leads here again
    m_pending.insert(gateway.id);
    m_store.ask<domain::ConfigSet>(
        [hash = gateway.effective->value.hash](store::Database &database) { return database.blobs.get(hash); },
        &m_mailbox,
        [this, id = gateway.id, hash = gateway.effective->value.hash](store::Outcome<domain::ConfigSet> effective) {
            if (m_pending.remove(id) && effective)
                judge(id, hash, *effective);
        });
}

void ContainmentJudge::judge(const domain::GatewayId &id, const domain::ConfigHash &effectiveHash,
                             const domain::ConfigSet &effective)
{
    const domain::Gateway *gateway = m_fleet.find(id);
    if (!gateway || !gateway->wanted || !gateway->effective)
        return;
    if (gateway->effective->value.hash != effectiveHash) // a newer one came meanwhile
        return consider(*gateway);
    if (const auto wanted = m_bodies.get(gateway->wanted->hash))
        m_fleet.setContainment(id, compare(gateway->wanted->hash, *wanted, effectiveHash, effective,
                                           !gateway->offeredConnection.isEmpty()));
}

} // namespace flowgate::app
