// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/connections/endpointreach.h"
#include "app/settings/settings.h"
#include "domain/connectionoffer.h"
#include "domain/selector.h"

namespace flowgate::app {

/// Which gateways are told how often to say that they are there, and with which settings of their connection: those
/// that they use now, since an offer replaces them all (X11). Where these are not known for sure there is none.
/// @thread io
class HeartbeatOffers
{
public:
    explicit HeartbeatOffers(const EndpointReach &reach)
        : m_reach(reach)
    {
    }
    /// Takes over the settings heartbeat.*. @return whether anything changed
    bool setSettings(const Settings &settings);

    /// Nothing where nobody asks for it; a sentence about why not where somebody does, the same for all gateways with
    /// that reason.
    [[nodiscard]] domain::Result<std::optional<domain::OpampSettings>, QString>
    settingsFor(const domain::Gateway &gateway, const domain::Peer &peer) const;
    /// Where an offer is made for another reason: it always says how often, too (CS13).
    [[nodiscard]] std::chrono::seconds interval() const { return m_wanted.interval; }

private:
    struct Wanted
    {
        QString gateways; ///< selector, or "none"
        std::chrono::seconds interval{30};
        friend bool operator==(const Wanted &, const Wanted &) = default;
    };

    const EndpointReach &m_reach;
    Wanted m_wanted;
    std::optional<domain::Selector> m_gateways; ///< nothing: none
};

} // namespace flowgate::app
