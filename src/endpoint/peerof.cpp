// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoint/peerof.h"

#include <algorithm>

namespace flowgate::endpoint {

namespace {

bool isByProxy(const net::Headers &headers)
{
    const auto names = {"Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Real-IP", "Via"};
    return std::ranges::any_of(names, [&headers](const char *name) { return headers.first(name).has_value(); });
}

} // namespace

domain::Peer peerOf(const net::Headers &headers, const net::PeerAddress &address, domain::Transport transport,
                    domain::ConnectionId connection)
{
    return {.connection = connection,
            .transport = transport,
            .address = address.text(),
            .reachedUs = QString::fromLatin1(headers.first("Host").value_or(QByteArray())),
            .encrypted = address.encrypted,
            .authorization = headers.first("Authorization").value_or(QByteArray()),
            .onLoopback = address.onLoopback,
            .user = address.user,
            .byProxy = isByProxy(headers)};
}

} // namespace flowgate::endpoint
