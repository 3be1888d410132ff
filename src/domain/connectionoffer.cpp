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
    if (!destination->mark.isEmpty())
        add(hash, "mark=" + destination->mark);
}

void add(QCryptographicHash &hash, const QByteArray &name, const std::optional<OpampSettings> &opamp)
{
    if (!opamp)
        return;
    add(hash, name);
    add(hash, opamp->endpoint.toUtf8());
    add(hash, opamp->authorization);
    add(hash, opamp->caPem);
    add(hash, QByteArray::number(qint64(opamp->heartbeat.count())));
}

ConnectionOffer withoutMarks(ConnectionOffer offer)
{
    for (auto *destination : {&offer.ownMetrics, &offer.ownLogs}) {
        if (*destination)
            (*destination)->mark.clear();
    }
    return offer;
}

/// As it is there already, if that differs by nothing but marks that are not needed.
ConnectionOffer asOffered(ConnectionOffer offer, const Gateway &gateway, const ConnectionWish &wish)
{
    if (wish.markNeeded)
        return offer;
    ConnectionOffer unmarked = withoutMarks(offer);
    return gateway.offeredConnection == unmarked.hash() ? unmarked : offer;
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
    add(hash, "opamp", opamp);
    return ConnectionHash(hash.result());
}

bool ConnectionOffer::isOff() const
{
    return !isOffered(ownMetrics) && !isOffered(ownLogs) && !opamp;
}

bool takesHeartbeat(const Gateway &gateway)
{
    // Over HTTP the interval is that of its polls, which it has without the capability too.
    return gateway.capabilities.has(Capability::AcceptsOpAMPConnectionSettings) &&
           (gateway.presence.transport == Transport::Http || gateway.capabilities.has(Capability::ReportsHeartbeat));
}

std::optional<ConnectionOffer> decideConnectionOffer(const Gateway &gateway, const ConnectionWish &wish,
                                                     const ConnectionHash &sent)
{
    if (gateway.admission != Admission::Approved)
        return {};
    ConnectionOffer offer;
    if (gateway.capabilities.has(Capability::ReportsOwnMetrics) && !wish.opampAlone)
        offer.ownMetrics = wish.metrics;
    if (gateway.capabilities.has(Capability::ReportsOwnLogs) && !wish.opampAlone)
        offer.ownLogs = wish.logs;
    const bool takes = wish.opampAlone ? gateway.capabilities.has(Capability::AcceptsOpAMPConnectionSettings)
                                       : takesHeartbeat(gateway);
    if (wish.opamp && !wish.opamp->endpoint.isEmpty() && takes) {
        offer.opamp = wish.opamp;
        offer = asOffered(std::move(offer), gateway, wish);
        if (!wish.opampLost && gateway.offeredConnection == offer.hash())
            return {};
        if (wish.opampHeld)
            offer.opamp.reset();
    }
    offer = asOffered(std::move(offer), gateway, wish);
    if (!offer.ownMetrics && !offer.ownLogs && !offer.opamp)
        return {};
    // Where nothing was ever offered there is nothing to switch off (CS4).
    if (offer.isOff() && gateway.offeredConnection.isEmpty())
        return {};
    const ConnectionHash hash = offer.hash();
    if (sent == hash && !(wish.opampLost && offer.opamp))
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

QString opampUrl(const QString &httpUrl, Transport transport)
{
    const QLatin1String http("http");
    const bool isOther = transport == Transport::WebSocket && httpUrl.startsWith(http);
    return isOther ? QStringLiteral("ws") + httpUrl.mid(http.size()) : httpUrl;
}

} // namespace flowgate::domain
