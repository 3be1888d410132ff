// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/webrules.h"

#include <QHostAddress>

#include <algorithm>

namespace flowgate::net {
namespace {

constexpr quint16 httpPort = 80;
constexpr quint16 httpsPort = 443;

/// Of a name or an IPv4 address, without percent signs: a browser sends none, and others might read them differently.
bool isHostChar(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
}

std::optional<quint16> portFromText(QByteArrayView text)
{
    constexpr qsizetype longest = 5;
    if (text.isEmpty() || text.size() > longest)
        return {};
    uint number = 0;
    for (const char c : text) {
        if (c < '0' || c > '9')
            return {};
        number = number * 10 + static_cast<uint>(c - '0');
    }
    if (number == 0 || number > std::numeric_limits<quint16>::max())
        return {};
    return static_cast<quint16>(number);
}

bool isBracketedAddress(const QByteArray &host)
{
    const QString inner = QString::fromLatin1(host.sliced(1, host.size() - 2));
    return !inner.contains(u'%') && QHostAddress(inner).protocol() == QAbstractSocket::IPv6Protocol;
}

quint16 defaultPort(const QByteArray &scheme)
{
    return scheme == "https" ? httpsPort : httpPort;
}

bool isLoopbackName(const QByteArray &host)
{
    if (host == "localhost" || host == "localhost.")
        return true;
    const bool isBracketed = host.startsWith('[');
    const QHostAddress address(QString::fromLatin1(isBracketed ? host.sliced(1, host.size() - 2) : host));
    // "127.1" and "2130706433" are loopback addresses to Qt; a browser sends "127.0.0.1" for them.
    return !address.isNull() && address.isLoopback() && (isBracketed || address.toString().toLatin1() == host);
}

} // namespace

std::optional<HostText> hostFromText(QByteArrayView text)
{
    QByteArray all = text.toByteArray().toLower();
    const qsizetype bracket = all.startsWith('[') ? all.indexOf(']') : -1;
    const qsizetype colon = all.indexOf(':', std::max<qsizetype>(bracket, 0));
    HostText read;
    if (colon >= 0) {
        if (colon + 1 < all.size()) { // "host:" has the default port
            read.port = portFromText(QByteArrayView(all).sliced(colon + 1));
            if (!read.port)
                return {};
        }
        all.truncate(colon);
    }
    read.host = all;
    if (all.startsWith('[')) {
        if (bracket + 1 != all.size() || !isBracketedAddress(all))
            return {};
    } else if (all.isEmpty() || !std::ranges::all_of(all, isHostChar)) {
        return {};
    }
    return read;
}

std::optional<WebOrigin> webOriginFromText(QByteArrayView text)
{
    const QByteArrayView separator = "://";
    const qsizetype at = text.indexOf(separator);
    if (at < 0)
        return {};
    WebOrigin origin;
    const QByteArray scheme = text.first(at).toByteArray().toLower();
    if (scheme == "http" || scheme == "ws")
        origin.scheme = "http";
    else if (scheme == "https" || scheme == "wss")
        origin.scheme = "https";
    else
        return {};
    const auto host = hostFromText(text.sliced(at + separator.size()));
    if (!host)
        return {};
    origin.host = host->host;
    origin.port = host->port.value_or(defaultPort(origin.scheme));
    return origin;
}

QByteArray originText(const WebOrigin &origin)
{
    const QByteArray text = origin.scheme + "://" + origin.host;
    return origin.port == defaultPort(origin.scheme) ? text : text + ':' + QByteArray::number(origin.port);
}

HostVerdict judgeHost(const RequestHead &head, bool onLoopback, const WebRules &rules)
{
    std::vector<QByteArray> named = head.headers.all("Host"); // none in HTTP/1.0, which no browser sends
    if (!head.authority.isEmpty())
        named.push_back(head.authority); // RFC 7230 5.4: it wins over Host, so both have to be right
    HostVerdict verdict = HostVerdict::Good;
    for (const QByteArray &name : named) {
        const auto host = hostFromText(name);
        if (!host)
            return HostVerdict::Malformed;
        if (onLoopback && !isLoopbackName(host->host) && !rules.hosts.contains(host->host))
            verdict = HostVerdict::Foreign;
    }
    return verdict;
}

OriginVerdict judgeOrigin(const RequestHead &head, bool encrypted, const WebRules &rules)
{
    const auto values = head.headers.all("Origin");
    if (values.empty())
        return OriginVerdict::Good;
    if (values.size() > 1)
        return OriginVerdict::Malformed;
    const auto origin = webOriginFromText(values.front());
    if (!origin)
        return OriginVerdict::Foreign; // "null" is a sandboxed page, a file, a redirect
    if (rules.origins.contains(*origin))
        return OriginVerdict::Good;
    const auto host = hostFromText(head.headers.first("Host").value_or(QByteArray()));
    if (!host)
        return OriginVerdict::Foreign;
    const QByteArray scheme = encrypted ? "https" : "http";
    const WebOrigin here{scheme, host->host, host->port.value_or(defaultPort(scheme))};
    return *origin == here ? OriginVerdict::Good : OriginVerdict::Foreign;
}

} // namespace flowgate::net
