// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/heartbeat/heartbeatoffers.h"

#include <QUrl>

#include <algorithm>

namespace flowgate::app {

namespace {

using domain::Capability;

/// Whether the certificate is good for that name or address. One of our own has no wildcards.
bool isNamed(const net::CertificateFacts &certificate, const QString &host)
{
    const QHostAddress address(host);
    return std::ranges::any_of(certificate.names, [&](const QString &name) {
        return address.isNull() ? name.compare(host, Qt::CaseInsensitive) == 0 : QHostAddress(name) == address;
    });
}

} // namespace

bool HeartbeatOffers::setSettings(const Settings &settings)
{
    using std::chrono::duration_cast;
    Wanted wanted{settings.text(Setting::HeartbeatGateways),
                  duration_cast<std::chrono::seconds>(settings.length(Setting::HeartbeatInterval))};
    if (wanted == m_wanted)
        return false;
    m_wanted = std::move(wanted);
    m_gateways.reset();
    if (m_wanted.gateways == QLatin1String("none"))
        return true;
    if (auto selector = domain::Selector::parse(m_wanted.gateways))
        m_gateways = std::move(*selector);
    return true;
}

domain::Result<QString, QString> HeartbeatOffers::url(const domain::Peer &peer) const
{
    if (m_reach.publicUrl) {
        QString url = m_reach.publicUrl->at(m_reach.path);
        if (url.startsWith(QLatin1String("https:")))
            return domain::unexpected(QStringLiteral("it comes through a proxy that encrypts (--public-url), and whose "
                                                     "certificate it trusts by which authority is not known here"));
        return url;
    }
    if (peer.byProxy)
        return domain::unexpected(QStringLiteral("it comes through a proxy, and by which address it reaches that is "
                                                 "not known here"));
    QString url = domain::urlAt(peer.reachedUs, peer.encrypted, m_reach.path);
    if (url.isEmpty())
        return domain::unexpected(
            QStringLiteral("it did not say by which address it reached this endpoint (the Host header)"));
    return url;
}

domain::Result<QByteArray, QString> HeartbeatOffers::authority(const domain::Peer &peer, const QString &url) const
{
    if (!peer.encrypted)
        return QByteArray();
    if (m_reach.tls && m_reach.tls->asksClients)
        return domain::unexpected(
            QStringLiteral("this control plane asks for client certificates, and the offer would take the gateway's "
                           "away, since its key is not known here"));
    if (!m_reach.tls || !m_reach.tls->isOwn || m_reach.ownCertificate.isEmpty())
        return domain::unexpected(
            QStringLiteral("the certificate of this control plane is from files, and by which authority gateways trust "
                           "it is not known here"));
    if (!isNamed(m_reach.tls->certificate, QUrl(url).host()))
        return domain::unexpected(QStringLiteral("the address that it reached this endpoint by is not one that the "
                                                 "certificate of this control plane was made for"));
    return m_reach.ownCertificate;
}

domain::Result<std::optional<domain::OpampSettings>, QString>
HeartbeatOffers::settingsFor(const domain::Gateway &gateway, const domain::Peer &peer) const
{
    const bool isKnown = gateway.admission == domain::Admission::Approved && !gateway.capabilities.isUnspecified();
    if (!m_gateways || !isKnown || !m_gateways->matches(gateway))
        return std::optional<domain::OpampSettings>();
    if (!gateway.capabilities.has(Capability::AcceptsOpAMPConnectionSettings))
        return domain::unexpected(QStringLiteral("it takes no settings of its connection "
                                                 "(accepts_opamp_connection_settings in its supervisor's file)"));
    if (!domain::takesHeartbeat(gateway))
        return domain::unexpected(
            QStringLiteral("it sends no heartbeats (reports_heartbeat in its supervisor's file)"));
    const auto http = url(peer);
    if (!http)
        return domain::unexpected(http.error());
    const auto ca = authority(peer, *http);
    if (!ca)
        return domain::unexpected(ca.error());
    return domain::OpampSettings{domain::opampUrl(*http, peer.transport), peer.authorization, *ca, m_wanted.interval};
}

} // namespace flowgate::app
