// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/connections/endpointreach.h"

#include <QUrl>

namespace flowgate::app {

std::optional<QString> refusesSettings(const domain::Gateway &gateway)
{
    if (gateway.capabilities.has(domain::Capability::AcceptsOpAMPConnectionSettings))
        return {};
    return QStringLiteral("it takes no settings of its connection "
                          "(accepts_opamp_connection_settings in its supervisor's file)");
}

domain::Result<QString, QString> EndpointReach::url(const domain::Peer &peer) const
{
    if (publicUrl)
        return publicUrl->at(path);
    if (peer.byProxy)
        return domain::unexpected(QStringLiteral("it comes through a proxy, and by which address it reaches that is "
                                                 "not known here"));
    QString direct = domain::urlAt(peer.reachedUs, peer.encrypted, path);
    if (direct.isEmpty())
        return domain::unexpected(
            QStringLiteral("it did not say by which address it reached this endpoint (the Host header)"));
    return direct;
}

domain::Result<QByteArray, QString> EndpointReach::authority(const QString &url) const
{
    if (!url.startsWith(QLatin1String("https:")))
        return QByteArray();
    if (tls && tls->asksClients)
        return domain::unexpected(
            QStringLiteral("this control plane asks for client certificates, and the offer would take the gateway's "
                           "away, since its key is not known here"));
    if (authorityPem.isEmpty())
        return domain::unexpected(publicUrl
                                      ? QStringLiteral("it comes through a proxy that encrypts (--public-url), and "
                                                       "no --tls-ca says by which authority gateways trust that")
                                      : QStringLiteral("the certificate of this control plane is from files, and "
                                                       "no --tls-ca says by which authority gateways trust it"));
    if (!publicUrl && !(tls && net::isNamed(tls->certificate, QUrl(url).host())))
        return domain::unexpected(QStringLiteral("the address that it reached this endpoint by is not one that the "
                                                 "certificate of this control plane was made for"));
    return authorityPem;
}

domain::Result<domain::OpampSettings, QString> EndpointReach::settingsOf(const domain::Peer &peer) const
{
    const auto http = url(peer);
    if (!http)
        return domain::unexpected(http.error());
    const auto ca = authority(*http);
    if (!ca)
        return domain::unexpected(ca.error());
    return domain::OpampSettings{domain::opampUrl(*http, peer.transport), peer.authorization, *ca, {}};
}

} // namespace flowgate::app
