// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/responsewriter.h"

#include <QDateTime>
#include <QLocale>

namespace flowgate::net {
namespace {

/// IMF-fixdate of RFC 7231 7.1.1.1.
QByteArray httpDate(domain::WallTime now)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(now.time_since_epoch().count(), Qt::UTC);
    return QLocale::c().toString(time, QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'")).toLatin1();
}

} // namespace

QByteArray responseBytes(const HttpResponse &response, ResponseFraming framing, domain::WallTime now)
{
    QByteArray bytes;
    bytes.reserve(256 + response.body.size());
    bytes += "HTTP/1.1 " + QByteArray::number(response.status) + ' ' + statusText(response.status) + "\r\n";
    bytes += "Date: " + httpDate(now) + "\r\n";
    if (!response.contentType.isEmpty())
        bytes += "Content-Type: " + response.contentType + "\r\n";
    bool connectionSaid = false;
    for (const Header &header : response.headers) {
        bytes += header.name + ": " + header.value + "\r\n";
        connectionSaid = connectionSaid || header.name == "Connection";
    }
    bytes += "Content-Length: " + QByteArray::number(response.body.size()) + "\r\n";
    if (!connectionSaid || !framing.keepAlive)
        bytes += framing.keepAlive ? "Connection: keep-alive\r\n" : "Connection: close\r\n";
    bytes += "\r\n";
    if (!framing.withoutBody)
        bytes += response.body;
    return bytes;
}

} // namespace flowgate::net
