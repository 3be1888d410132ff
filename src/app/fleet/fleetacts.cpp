// SPDX-License-Identifier: GPL-3.0-or-later
// What rollouts and people do to gateways, as against what gateways report.
#include "app/fleet/fleet.h"

namespace flowgate::app {

using domain::Gateway;
using domain::GatewayId;
using domain::OfferOutcome;

void Fleet::want(const GatewayId &id, const domain::ConfigRef &ref, bool retry, domain::milliseconds patience)
{
    change(id, [&](Gateway &gateway) {
        gateway.wanted = ref;
        gateway.repeats = {};
        m_sessions[id].patience = patience;
        if (retry)
            gateway.outcomes.remove(ref.hash);
        m_sessions[id].sent.remove(ref.hash); // a person's act: it may go out once more on this connection
        pushOffer(gateway);
    });
}

void Fleet::sendAgain(const GatewayId &id, const domain::ConfigRef &ref)
{
    change(id, [&](Gateway &gateway) {
        if (!gateway.wanted || gateway.wanted->hash != ref.hash)
            return;
        m_sessions[id].again = ref.hash;
        pushOffer(gateway);
    });
}

void Fleet::wantNothing(const GatewayId &id)
{
    change(id, [](Gateway &gateway) { gateway.wanted.reset(); });
}

void Fleet::rememberProven(const GatewayId &id, const domain::ConfigRef &ref)
{
    change(id, [&](Gateway &gateway) { gateway.lastProven = ref; });
}

void Fleet::rememberFailed(const GatewayId &id, const domain::ConfigRef &ref, const QString &error)
{
    change(id, [&](Gateway &gateway) {
        const domain::WallTime now = m_clock.now();
        OfferOutcome &outcome = gateway.outcomes[ref.hash];
        outcome.state = OfferOutcome::State::Failed;
        outcome.at = now;
        outcome.error = error;
        gateway.lastFailed = {ref, error, now};
    });
}

void Fleet::rememberSilent(const GatewayId &id, const domain::ConfigRef &ref, const QString &error)
{
    change(id, [&](Gateway &gateway) {
        OfferOutcome &outcome = gateway.outcomes[ref.hash];
        outcome.state = OfferOutcome::State::Unanswered;
        outcome.at = m_clock.now();
        outcome.error = error;
    });
}

/// A gateway that is connected is forgotten as well: it comes back as a new one.
void Fleet::forget(const QList<GatewayId> &ids)
{
    QList<GatewayId> forgotten;
    for (const GatewayId &id : ids) {
        if (!m_gateways.contains(id))
            continue;
        if (const domain::ConnectionId connection = m_sessions.value(id).connection; connection != 0) {
            releaseConnection(connection, id);
            if (!m_onConnection.contains(connection))
                m_port.close(connection, QStringLiteral("forgotten by the operator"));
        }
        m_sessions.remove(id);
        m_fullState.forget(id);
        m_identities.forget(id);
        m_links.forget(id);
        m_seen.remove(id);
        m_gateways.remove(id);
        forgotten.append(id);
    }
    if (forgotten.isEmpty())
        return;
    for (FleetObserver *observer : m_observers)
        observer->gatewaysForgotten(forgotten);
}

} // namespace flowgate::app
