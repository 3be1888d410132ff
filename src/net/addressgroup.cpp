// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/addressgroup.h"

#include <algorithm>

namespace flowgate::net {

QHostAddress addressGroup(const QHostAddress &address)
{
    if (address.protocol() != QAbstractSocket::IPv6Protocol)
        return address;
    Q_IPV6ADDR bytes = address.toIPv6Address();
    std::fill(std::begin(bytes.c) + 8, std::end(bytes.c), quint8(0));
    return QHostAddress(bytes);
}

} // namespace flowgate::net
