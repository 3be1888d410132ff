// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/connectionoffer.h"

#include <QCryptographicHash>
#include <QUrl>

#include <algorithm>

namespace flowgate::domain {

namespace {

/// Each field with its length before it: no two settings have the same bytes.
void add(QCryptographicHash &hash, const QByteArray &field)
{
    hash.addData(QByteArray::number(field.size()) + ':' + field);
}

void add(QCryptographicHash &hash, const QByteArray &name, const std::optional<TelemetryDestination> &destination)
{
    if (!destination)
        return;
    add(hash, name);
    add(hash, destination->endpoint.toUtf8());
    add(hash, destination->authorization);
}

bool isOffered(const std::optional<TelemetryDestination> &destination)
{
    return destination && !destination->endpoint.isEmpty();
}

} // namespace

ConnectionHash ConnectionOffer::hash() const
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    add(hash, "own_metrics", ownMetrics);
    add(hash, "own_logs", ownLogs);
    return ConnectionHash(hash.result());
}

bool ConnectionOffer::isOff() const
{
    return !isOffered(ownMetrics) && !isOffered(ownLogs);
}

std::optional<ConnectionOffer> decideConnectionOffer(const Gateway &gateway, const TelemetryWish &wish,
                                                     const ConnectionHash &sent)
{
    if (gateway.admission != Admission::Approved)
        return {};
    ConnectionOffer offer;
    if (gateway.capabilities.has(Capability::ReportsOwnMetrics))
        offer.ownMetrics = wish.metrics;
    if (gateway.capabilities.has(Capability::ReportsOwnLogs))
        offer.ownLogs = wish.logs;
    if (!offer.ownMetrics && !offer.ownLogs)
        return {};
    // Where nothing was ever offered there is nothing to switch off (CS4).
    if (offer.isOff() && gateway.offeredConnection.isEmpty())
        return {};
    const ConnectionHash hash = offer.hash();
    if (sent == hash)
        return {};
    if (gateway.capabilities.has(Capability::ReportsConnectionSettingsStatus) && gateway.connectionStatus &&
        gateway.connectionStatus->hash == hash)
        return {}; // it has it, whatever came of it (ST8)
    return offer;
}

QString urlAt(const QString &host, bool encrypted, const QString &path)
{
    constexpr qsizetype longest = 261; // a name of 255 characters with its port
    const bool isPlain = std::ranges::all_of(host, [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || c == u'.' ||
               c == u'-' || c == u'_' || c == u':' || c == u'[' || c == u']';
    });
    if (host.isEmpty() || host.size() > longest || !isPlain)
        return {};
    const QUrl url((encrypted ? QStringLiteral("https://") : QStringLiteral("http://")) + host + path,
                   QUrl::StrictMode);
    return url.isValid() && !url.host().isEmpty() ? url.toString(QUrl::FullyEncoded) : QString();
}

} // namespace flowgate::domain
