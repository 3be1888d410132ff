// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/otheruser.h"

#include <arpa/inet.h>
#include <array>
#include <csignal>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace flowgate::tests {

namespace {

constexpr uid_t nobody = 65534;

/// In the child: system calls only, since other threads of the test may have held locks when it was made.
[[noreturn]] void serve(int pipe, quint16 port, const char *bytes, size_t size)
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    if (::setresgid(nobody, nobody, nobody) != 0 || ::setresuid(nobody, nobody, nobody) != 0)
        ::_exit(1);
    const int connection = ::socket(AF_INET, SOCK_STREAM, 0);
    auto *generic = reinterpret_cast<sockaddr *>(&address);
    socklen_t length = sizeof address;
    if (::connect(connection, generic, length) != 0 || ::getsockname(connection, generic, &length) != 0)
        ::_exit(1);
    const quint16 own = ntohs(address.sin_port);
    if (::write(connection, bytes, size) != static_cast<ssize_t>(size) ||
        ::write(pipe, &own, sizeof own) != static_cast<ssize_t>(sizeof own))
        ::_exit(1);
    std::array<char, 4096> buffer{};
    while (true) {
        const ssize_t read = ::read(connection, buffer.data(), buffer.size());
        if (read <= 0 || ::write(pipe, buffer.data(), static_cast<size_t>(read)) != read)
            ::_exit(0);
    }
}

} // namespace

bool canBeAnotherUser()
{
    return ::geteuid() == 0;
}

OtherUser::~OtherUser()
{
    end();
}

std::optional<quint16> OtherUser::connectTo(quint16 port, const QByteArray &bytes)
{
    end();
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0)
        return {};
    m_child = ::fork();
    if (m_child == 0) {
        ::close(ends[0]);
        serve(ends[1], port, bytes.constData(), static_cast<size_t>(bytes.size()));
    }
    ::close(ends[1]);
    m_pipe = ends[0];
    quint16 own = 0;
    return ::read(m_pipe, &own, sizeof own) == static_cast<ssize_t>(sizeof own) ? std::optional(own) : std::nullopt;
}

QByteArray OtherUser::readAll()
{
    QByteArray all;
    std::array<char, 4096> buffer{};
    while (true) {
        const ssize_t read = ::read(m_pipe, buffer.data(), buffer.size());
        if (read <= 0)
            break;
        all.append(buffer.data(), read);
    }
    end();
    return all;
}

void OtherUser::end()
{
    if (m_pipe >= 0)
        ::close(m_pipe);
    m_pipe = -1;
    if (m_child > 0) {
        ::kill(m_child, SIGKILL);
        ::waitpid(m_child, nullptr, 0);
    }
    m_child = -1;
}

} // namespace flowgate::tests
