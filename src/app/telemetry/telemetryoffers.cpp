// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/telemetry/telemetryoffers.h"

namespace flowgate::app {

namespace {

std::optional<domain::Selector> selectorOf(const QString &text)
{
    if (text == QLatin1String("none"))
        return {};
    auto selector = domain::Selector::parse(text);
    return selector ? std::optional(std::move(*selector)) : std::nullopt;
}

const QString metricsPath = QStringLiteral("/v1/metrics");
const QString logsPath = QStringLiteral("/v1/logs");

} // namespace

TelemetryOffers::TelemetryOffers() = default;

void TelemetryOffers::setReach(std::optional<PublicUrl> publicUrl, bool certificateTrusted)
{
    m_publicUrl = std::move(publicUrl);
    m_certificateTrusted = certificateTrusted;
}

bool TelemetryOffers::setSettings(const Settings &settings)
{
    Wanted wanted{settings.text(Setting::TelemetryMetrics), settings.text(Setting::TelemetryLogs),
                  settings.text(Setting::TelemetryUrl)};
    if (wanted == m_wanted)
        return false;
    m_wanted = std::move(wanted);
    m_metrics = selectorOf(m_wanted.metrics);
    m_logs = selectorOf(m_wanted.logs);
    return true;
}

QString TelemetryOffers::url(const domain::Peer &peer, const QString &path) const
{
    if (m_wanted.url != QLatin1String("auto"))
        return m_wanted.url + path;
    if (m_publicUrl)
        return m_publicUrl->at(path);
    if (!hindrance(peer).isEmpty())
        return {};
    return domain::urlAt(peer.reachedUs, peer.encrypted, path);
}

QString TelemetryOffers::hindrance(const domain::Peer &peer) const
{
    if (m_wanted.url != QLatin1String("auto") || m_publicUrl)
        return {};
    if (peer.encrypted && !m_certificateTrusted)
        return QStringLiteral("not asked for: a supervisor cannot be given a CA for its own telemetry, and the "
                              "certificate of this endpoint is not one that every machine trusts; name another address "
                              "with the setting telemetry.url");
    if (domain::urlAt(peer.reachedUs, peer.encrypted, metricsPath).isEmpty())
        return QStringLiteral("not asked for: the gateway did not say by which address it reached this endpoint; name "
                              "one with the setting telemetry.url");
    return {};
}

domain::ConnectionWish TelemetryOffers::wishFor(const domain::Gateway &gateway, const domain::Peer &peer) const
{
    const auto destination = [&](const QString &path) -> domain::TelemetryDestination {
        const QString endpoint = url(peer, path);
        const QByteArray mark = endpoint.isEmpty() ? QByteArray() : domain::uuidText(gateway.id).toLatin1();
        return {endpoint, peer.authorization, mark};
    };
    domain::ConnectionWish wish;
    if (m_metrics && m_metrics->matches(gateway))
        wish.metrics = destination(metricsPath);
    if (m_logs && m_logs->matches(gateway))
        wish.logs = destination(logsPath);
    wish.markNeeded = m_needsMark && m_needsMark(gateway);
    return wish;
}

} // namespace flowgate::app
