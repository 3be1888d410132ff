// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QFile>
#include <QtGlobal>

#include <algorithm>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace flowgate::tests {

/// A TCP port on 127.0.0.1 where nobody listens, reserved for this process until it ends: for programs that cannot pick
/// one themselves, and for servers that come back at the same address. The system gives it to nobody meanwhile (neither
/// for port 0 nor for outgoing connections), as it lies outside of the range that it takes those from; nor do other
/// tests take it, which reserve theirs by a socket of the same name. 0: there is none. Python tests have the same in
/// reservedport.py.
[[nodiscard]] inline quint16 reservedPort()
{
    QFile range(QStringLiteral("/proc/sys/net/ipv4/ip_local_port_range"));
    const int firstOfSystem =
        range.open(QIODevice::ReadOnly) ? range.readAll().split('\t').constFirst().toInt() : 32768;
    constexpr int first = 10'000;
    const int count = std::clamp(firstOfSystem, first + 1000, 65536) - first;
    for (int i = 0; i < count; ++i) {
        const auto port = static_cast<quint16>(first + (::getpid() * 31 + i) % count);
        // A name in the abstract namespace ends with the process, and leaves no file.
        const QByteArray name = '\0' + QByteArray("flowgate-test-port-") + QByteArray::number(port);
        sockaddr_un reservation{.sun_family = AF_UNIX, .sun_path = {}};
        std::ranges::copy(name, reservation.sun_path);
        const auto length = static_cast<socklen_t>(sizeof(sa_family_t) + static_cast<size_t>(name.size()));
        const int held = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const bool isMine = ::bind(held, reinterpret_cast<const sockaddr *>(&reservation), length) == 0;

        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_ANY);
        const int probe = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const bool isFree = isMine && ::bind(probe, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
        ::close(probe);
        if (isFree)
            return port; // `held` stays open
        ::close(held);
    }
    return 0;
}

} // namespace flowgate::tests
