// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/requesthead.h"

#include <QList>

namespace flowgate::net {

/// Scheme, host and port, as browsers compare them: in lower case, with the port said.
struct WebOrigin
{
    QByteArray scheme; ///< "http" or "https"; ws and wss mean the same here
    QByteArray host;   ///< "gw.example.org", "127.0.0.1", "[::1]"
    quint16 port = 0;

    friend bool operator==(const WebOrigin &, const WebOrigin &) = default;
};

/// Reads "https://gw.example.org", "http://[::1]:8080". Nothing for "null", a path, user or anything else.
/// @source RFC 6454, 6
[[nodiscard]] std::optional<WebOrigin> webOriginFromText(QByteArrayView text);

/// As a browser writes it: "https://gw.example.org", "http://[::1]:8080".
[[nodiscard]] QByteArray originText(const WebOrigin &origin);

/// The value of a Host header.
struct HostText
{
    QByteArray host; ///< in lower case; an IPv6 address in brackets
    std::optional<quint16> port;
};

/// Reads "127.0.0.1:4320", "[::1]", "gw.example.org". Nothing for what no URL could name.
/// @source RFC 7230, 5.4; RFC 3986, 3.2.2
[[nodiscard]] std::optional<HostText> hostFromText(QByteArrayView text);

/// Which web pages may reach us, beside those that we would serve ourselves.
struct WebRules
{
    QList<WebOrigin> origins; ///< an Origin may be one of these: server.allowed_origins and that of --public-url
    QList<QByteArray>
        hosts; ///< names of this machine in a Host, in lower case: server.allowed_hosts and --public-url's
};

/// Judges where a request says it was sent to. A web page can make a name of its own lead to a loopback address (DNS
/// rebinding); the browser then sends that name.
/// @param onLoopback  it came in by a listener on a loopback address: there Host is a loopback address, "localhost"
///                    with or without a final dot, or one of rules.hosts
enum class HostVerdict { Good, Malformed, Foreign };
[[nodiscard]] HostVerdict judgeHost(const RequestHead &head, bool onLoopback, const WebRules &rules);

/// Judges the page that a browser says a request comes from. Without Origin it is no browser's, or one that asks for
/// nothing that we serve. With one it has to be what Host names on this listener, or one of rules.origins.
enum class OriginVerdict { Good, Malformed, Foreign };
[[nodiscard]] OriginVerdict judgeOrigin(const RequestHead &head, bool encrypted, const WebRules &rules);

} // namespace flowgate::net
