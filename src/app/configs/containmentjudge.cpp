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
    const domain::Gateway &gateway = *change.after;
    // A large effective config that just came need not be read back. Small ones were answered with their report.
    if (change.effective && isToBeAnswered(gateway)) {
        const auto wanted = m_bodies.get(gateway.wanted->hash);
        if (wanted && isLongToCompare(*wanted, *change.effective))
            return compareInPool(gateway, wanted, change.effective);
    }
    consider(gateway);
}

bool ContainmentJudge::isToBeAnswered(const domain::Gateway &gateway) const
{
    const bool isAnswered =
        domain::isContainmentCurrent(gateway) && gateway.containment->rules == domain::comparisonRules;
    return gateway.wanted && gateway.effective && !isAnswered && !m_pending.contains(gateway.id);
}

void ContainmentJudge::consider(const domain::Gateway &gateway)
{
    if (!isToBeAnswered(gateway))
        return;
    if (!m_bodies.get(gateway.wanted->hash))
        return; // being fetched; its arrival leads here again
    m_pending.insert(gateway.id);
    m_store.ask<domain::ConfigSet>(
        [hash = gateway.effective->value.hash](store::Database &database) { return database.blobs.get(hash); },
        &m_mailbox,
        [this, id = gateway.id, hash = gateway.effective->value.hash](store::Outcome<domain::ConfigSet> effective) {
            if (m_pending.remove(id) && effective)
                judge(id, hash, std::make_shared<const domain::ConfigSet>(std::move(*effective)));
            if (m_inPool == 0)
                takeNext();
        });
}

void ContainmentJudge::judge(const domain::GatewayId &id, const domain::ConfigHash &effectiveHash,
                             const ConfigBodies::Body &effective)
{
    const domain::Gateway *gateway = m_fleet.find(id);
    if (!gateway || !gateway->wanted || !gateway->effective)
        return;
    if (gateway->effective->value.hash != effectiveHash) // a newer one came meanwhile
        return consider(*gateway);
    const auto wanted = m_bodies.get(gateway->wanted->hash);
    if (!wanted)
        return;
    if (isLongToCompare(*wanted, *effective))
        return compareInPool(*gateway, wanted, effective);
    m_fleet.setContainment(
        id, compare(gateway->wanted->hash, *wanted, effectiveHash, *effective, !gateway->offeredConnection.isEmpty()));
}

void ContainmentJudge::compareInPool(const domain::Gateway &gateway, const ConfigBodies::Body &wanted,
                                     const ConfigBodies::Body &effective)
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
            return compare(wantedHash, *wanted, effectiveHash, *effective, telemetryOffered);
        },
        [this, id = gateway.id](const Outcome<domain::Containment> &compared) {
            --m_inPool;
            m_pending.remove(id);
            if (compared)
                keep(id, *compared);
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
    while (!m_waiting.isEmpty() && m_inPool < mostInPool) {
        const domain::GatewayId id = *m_waiting.cbegin();
        m_waiting.remove(id);
        const domain::Gateway *gateway = m_fleet.find(id);
        if (gateway && isToBeAnswered(*gateway))
            return consider(*gateway); // what comes of it leads here again
    }
}

} // namespace flowgate::app
