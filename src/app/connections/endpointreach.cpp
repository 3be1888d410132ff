// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/connections/endpointreach.h"

#include <QUrl>

#include <algorithm>

namespace flowgate::app {

namespace {

/// Whether the certificate is good for that name or address. One of our own has no wildcards.
bool isNamed(const net::CertificateFacts &certificate, const QString &host)
{
    const QHostAddress address(host);
    return std::ranges::any_of(certificate.names, [&](const QString &name) {
        return address.isNull() ? name.compare(host, Qt::CaseInsensitive) == 0 : QHostAddress(name) == address;
    });
}

} // namespace

domain::Result<QString, QString> EndpointReach::url(const domain::Peer &peer) const
{
    if (publicUrl) {
        QString proxied = publicUrl->at(path);
        if (proxied.startsWith(QLatin1String("https:")))
            return domain::unexpected(QStringLiteral("it comes through a proxy that encrypts (--public-url), and whose "
                                                     "certificate it trusts by which authority is not known here"));
        return proxied;
    }
    if (peer.byProxy)
        return domain::unexpected(QStringLiteral("it comes through a proxy, and by which address it reaches that is "
                                                 "not known here"));
    QString direct = domain::urlAt(peer.reachedUs, peer.encrypted, path);
    if (direct.isEmpty())
        return domain::unexpected(
            QStringLiteral("it did not say by which address it reached this endpoint (the Host header)"));
    return direct;
}

domain::Result<QByteArray, QString> EndpointReach::authority(const domain::Peer &peer, const QString &url) const
{
    if (!peer.encrypted)
        return QByteArray();
    if (tls && tls->asksClients)
        return domain::unexpected(
            QStringLiteral("this control plane asks for client certificates, and the offer would take the gateway's "
                           "away, since its key is not known here"));
    if (!tls || !tls->isOwn || ownCertificate.isEmpty())
        return domain::unexpected(
            QStringLiteral("the certificate of this control plane is from files, and by which authority gateways trust "
                           "it is not known here"));
    if (!isNamed(tls->certificate, QUrl(url).host()))
        return domain::unexpected(QStringLiteral("the address that it reached this endpoint by is not one that the "
                                                 "certificate of this control plane was made for"));
    return ownCertificate;
}

domain::Result<domain::OpampSettings, QString> EndpointReach::settingsOf(const domain::Peer &peer) const
{
    const auto http = url(peer);
    if (!http)
        return domain::unexpected(http.error());
    const auto ca = authority(peer, *http);
    if (!ca)
        return domain::unexpected(ca.error());
    return domain::OpampSettings{domain::opampUrl(*http, peer.transport), peer.authorization, *ca, {}};
}

} // namespace flowgate::app
