// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/publicurl.h"
#include "app/settings.h"
#include "app/tls/tlsfacts.h"
#include "domain/connectionoffer.h"
#include "domain/selector.h"

namespace flowgate::app {

/// What gateways may reach us by.
struct HeartbeatReach
{
    std::optional<PublicUrl> publicUrl; ///< of a proxy in front of us
    QString path;                       ///< of the OpAMP endpoint: "/v1/opamp"
    std::optional<TlsFacts> tls;        ///< nothing: it is spoken nowhere
    QByteArray ownCertificate;          ///< PEM, where TLS is spoken with the certificate that we made
};

/// Which gateways are told how often to say that they are there, and with which settings of their connection: those
/// that they use now, since an offer replaces them all (X11). Where these are not known for sure there is none.
/// @thread io
class HeartbeatOffers
{
public:
    /// Before the first settingsFor().
    void setReach(HeartbeatReach reach) { m_reach = std::move(reach); }
    /// Takes over the settings heartbeat.*. @return whether anything changed
    bool setSettings(const Settings &settings);

    /// Nothing where nobody asks for it; a sentence about why not where somebody does, the same for all gateways with
    /// that reason.
    [[nodiscard]] domain::Result<std::optional<domain::OpampSettings>, QString>
    settingsFor(const domain::Gateway &gateway, const domain::Peer &peer) const;

private:
    struct Wanted
    {
        QString gateways; ///< selector, or "none"
        std::chrono::seconds interval{30};
        friend bool operator==(const Wanted &, const Wanted &) = default;
    };
    /// http or https; or why it is not known.
    [[nodiscard]] domain::Result<QString, QString> url(const domain::Peer &peer) const;
    /// That which the gateway is to trust; empty where nothing is encrypted.
    [[nodiscard]] domain::Result<QByteArray, QString> authority(const domain::Peer &peer, const QString &url) const;

    HeartbeatReach m_reach;
    Wanted m_wanted;
    std::optional<domain::Selector> m_gateways; ///< nothing: none
};

} // namespace flowgate::app
