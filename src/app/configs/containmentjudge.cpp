// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/configs/containmentjudge.h"

#include "app/configs/containment.h"
#include "domain/standing.h"

namespace flowgate::app {

ContainmentJudge::ContainmentJudge(Fleet &fleet, ConfigBodies &bodies, ConfigPool &pool, store::StoreThread &store,
                                   domain::Mailbox &mailbox)
    : m_fleet(fleet)
    , m_bodies(bodies)
    , m_pool(pool)
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
    const bool isAnswered =
        domain::isContainmentCurrent(gateway) && gateway.containment->rules == domain::comparisonRules;
    if (!gateway.wanted || !gateway.effective || isAnswered || m_pending.contains(gateway.id))
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
    const auto wanted = m_bodies.get(gateway->wanted->hash);
    if (!wanted)
        return;
    if (isLongToCompare(*wanted, effective))
        return compareInPool(*gateway, wanted, effective);
    m_fleet.setContainment(
        id, compare(gateway->wanted->hash, *wanted, effectiveHash, effective, !gateway->offeredConnection.isEmpty()));
}

void ContainmentJudge::compareInPool(const domain::Gateway &gateway, const ConfigBodies::Body &wanted,
                                     const domain::ConfigSet &effective)
{
    if (m_inPool == mostInPool) {
        m_waiting.insert(gateway.id);
        return;
    }
    ++m_inPool;
    m_pending.insert(gateway.id);
    m_pool.run<domain::Containment>(
        [wantedHash = gateway.wanted->hash, wanted, effectiveHash = gateway.effective->value.hash, effective,
         telemetryOffered = !gateway.offeredConnection.isEmpty()](collector::Work &) {
            return compare(wantedHash, *wanted, effectiveHash, effective, telemetryOffered);
        },
        [this, id = gateway.id](const Outcome<domain::Containment> &compared) {
            --m_inPool;
            m_pending.remove(id);
            if (compared)
                keep(id, *compared);
            else
                m_waiting.insert(id); // others keep the pool busy
            takeNext();
        });
}

void ContainmentJudge::keep(const domain::GatewayId &id, const domain::Containment &containment)
{
    const domain::Gateway *gateway = m_fleet.find(id);
    if (!gateway)
        return;
    const bool isStill = gateway->wanted && gateway->effective && gateway->wanted->hash == containment.wanted &&
                         gateway->effective->value.hash == containment.effective;
    if (isStill)
        m_fleet.setContainment(id, containment);
    else
        consider(*gateway);
}

void ContainmentJudge::takeNext()
{
    if (m_waiting.isEmpty() || m_inPool == mostInPool)
        return;
    const domain::GatewayId id = *m_waiting.cbegin();
    m_waiting.remove(id);
    if (const domain::Gateway *gateway = m_fleet.find(id))
        consider(*gateway);
}

} // namespace flowgate::app
