// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/publicurl.h"
#include "app/tls/tlsfacts.h"
#include "domain/connectionoffer.h"
#include "domain/peer.h"
#include "domain/result.h"

namespace flowgate::app {

/// Why a gateway can be offered nothing of how it reaches us; nothing: it takes that.
/// @source S11, CS1
[[nodiscard]] std::optional<QString> refusesSettings(const domain::Gateway &gateway);

/// What gateways may reach us by. An offer of it replaces all that a gateway has (X11), so one is made only of what is
/// known for sure.
struct EndpointReach
{
    std::optional<PublicUrl> publicUrl; ///< of a proxy in front of us
    QString path;                       ///< of the OpAMP endpoint: "/v1/opamp"
    std::optional<TlsFacts> tls;        ///< nothing: it is spoken nowhere
    QByteArray authorityPem;            ///< whom gateways are to trust to come this way; empty: that is not known

    /// What this gateway uses now: address, transport, credential and whom it trusts; the interval is left to the
    /// caller. Or a sentence about why that is not known, the same for all gateways with that reason.
    [[nodiscard]] domain::Result<domain::OpampSettings, QString> settingsOf(const domain::Peer &peer) const;

private:
    /// http or https; or why it is not known.
    [[nodiscard]] domain::Result<QString, QString> url(const domain::Peer &peer) const;
    /// That which the gateway is to trust; empty where nothing is encrypted.
    [[nodiscard]] domain::Result<QByteArray, QString> authority(const QString &url) const;
};

} // namespace flowgate::app
