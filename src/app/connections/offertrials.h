// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/connectionoffer.h"
#include "domain/offertrial.h"

#include <QHash>
#include <QSet>

#include <vector>

namespace flowgate::app {

/// Who was offered what of how it reaches us, who waits for it, and who has to be offered it anew. Memory only: after
/// our own start one gateway tries first again, and who has its settings still is not asked.
/// @thread io
class OfferTrials
{
public:
    /// So many come back at the same time at most: each that takes an offer leaves and returns.
    static constexpr int mostASecond = 100;

    /// What came of the offer to one gateway.
    struct Outcome
    {
        domain::GatewayId gateway;
        domain::OfferKind kind;
        domain::OfferAnswer answer = domain::OfferAnswer::None;
        bool decides = false; ///< it was the one that tried it for all
    };

    /// Whether that gateway may be offered it now. Who may not yet is among released() later.
    [[nodiscard]] bool mayBeOffered(const domain::OfferKind &kind, const domain::GatewayId &gateway);
    /// Keeps it for released(), for another reason than the others.
    void hold(const domain::OfferKind &kind, const domain::GatewayId &gateway) { m_held[kind].insert(gateway); }
    /// @return whether this gateway is the one that tries it
    bool sent(const domain::PendingOffer &offer, const domain::GatewayId &gateway);
    /// It did not go out, after all.
    void unsent(const domain::GatewayId &gateway);
    /// A message came. @return what it decides; nothing mostly
    std::optional<Outcome> heard(const domain::Gateway &gateway, const domain::Peer &peer, bool numberedAnew);
    /// It began anew since it was offered anything, so it has nothing of that.
    [[nodiscard]] bool hasLost(const domain::GatewayId &gateway) const { return m_lost.contains(gateway); }

    /// Time went by in which gateways could be heard. @return who did not answer in it
    std::vector<Outcome> pass(domain::milliseconds step);
    /// Those that waited and may be offered it now, some at a time.
    [[nodiscard]] QList<domain::GatewayId> released();

    /// The settings are other ones: nothing of what was tried counts.
    void startAnew();
    void forget(const domain::GatewayId &gateway);

private:
    [[nodiscard]] Outcome decide(const domain::GatewayId &gateway, const domain::OfferKind &kind,
                                 domain::OfferAnswer answer);

    QHash<domain::OfferKind, domain::OfferTrial> m_trials;
    QHash<domain::OfferKind, QSet<domain::GatewayId>> m_held;
    QHash<domain::GatewayId, domain::PendingOffer> m_pending; ///< one stays, however late, until the gateway is heard
    QSet<domain::GatewayId> m_lost;
    int m_left = mostASecond;
};

} // namespace flowgate::app
