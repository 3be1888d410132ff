// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/peerusers.h"

#ifdef Q_OS_LINUX
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

#include <array>
#include <cstring>
#include <optional>

namespace flowgate::net {

using domain::PeerUser;

#ifdef Q_OS_LINUX

namespace {

struct Request
{
    nlmsghdr header{};
    inet_diag_req_v2 body{};
};

/// An address as the kernel takes it here: IPv4 in the first word.
int fill(const QHostAddress &address, __be32 (&words)[4])
{
    bool isV4 = false;
    const quint32 v4 = address.toIPv4Address(&isV4);
    if (isV4) {
        words[0] = htonl(v4);
        return AF_INET;
    }
    const Q_IPV6ADDR v6 = address.toIPv6Address();
    std::memcpy(words, v6.c, sizeof v6.c);
    return AF_INET6;
}

Request question(const SocketEnd &theirs, const SocketEnd &ours, quint32 number)
{
    Request request;
    request.header.nlmsg_len = sizeof request;
    request.header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
    request.header.nlmsg_flags = NLM_F_REQUEST;
    request.header.nlmsg_seq = number;
    request.body.sdiag_protocol = IPPROTO_TCP;
    request.body.idiag_states = ~0U;
    inet_diag_sockid &id = request.body.id;
    request.body.sdiag_family = static_cast<__u8>(fill(theirs.address, id.idiag_src));
    (void)fill(ours.address, id.idiag_dst);
    id.idiag_sport = htons(theirs.port);
    id.idiag_dport = htons(ours.port);
    id.idiag_cookie[0] = INET_DIAG_NOCOOKIE;
    id.idiag_cookie[1] = INET_DIAG_NOCOOKIE;
    return request;
}

/// The kernel's answer about one socket; nothing: it has none like that.
std::optional<inet_diag_msg> ask(int socket, const Request &request)
{
    if (::send(socket, &request, sizeof request, 0) != static_cast<ssize_t>(sizeof request))
        return {};
    std::array<char, 4096> buffer{};
    nlmsghdr header{};
    while (true) {
        const ssize_t size = ::recv(socket, buffer.data(), buffer.size(), MSG_DONTWAIT); // send() is back: it is there
        if (size < static_cast<ssize_t>(sizeof header))
            return {};
        std::memcpy(&header, buffer.data(), sizeof header);
        if (header.nlmsg_seq != request.header.nlmsg_seq)
            continue; // of a question before, which could not be read then
        inet_diag_msg answer{};
        if (header.nlmsg_type != SOCK_DIAG_BY_FAMILY || size < static_cast<ssize_t>(NLMSG_LENGTH(sizeof answer)))
            return {};
        std::memcpy(&answer, buffer.data() + NLMSG_HDRLEN, sizeof answer);
        return answer;
    }
}

/// Closed at the end of its scope.
struct Descriptor
{
    explicit Descriptor(int descriptor)
        : number(descriptor)
    {
    }
    ~Descriptor()
    {
        if (number >= 0)
            ::close(number);
    }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    const int number;
};

} // namespace

PeerUsers::PeerUsers()
    : m_socket(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG))
{
    m_canTell = m_socket >= 0 && findsOwn();
}

PeerUsers::~PeerUsers()
{
    if (m_socket >= 0)
        ::close(m_socket);
}

/// A kernel without that part says "no such socket", as it does of one that is gone: a socket that is there tells.
bool PeerUsers::findsOwn()
{
    const Descriptor listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const Descriptor client(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto *generic = reinterpret_cast<sockaddr *>(&address);
    if (::bind(listener.number, generic, size) != 0 || ::listen(listener.number, 1) != 0 ||
        ::getsockname(listener.number, generic, &size) != 0)
        return false;
    const SocketEnd ours{QHostAddress(generic), ntohs(address.sin_port)};
    (void)::connect(client.number, generic, size); // the backlog takes it
    if (::getsockname(client.number, generic, &size) != 0)
        return false;
    const auto answer = ask(m_socket, question({QHostAddress(generic), ntohs(address.sin_port)}, ours, ++m_asked));
    return answer && answer->idiag_inode != 0 && answer->idiag_uid == ::geteuid();
}

PeerUser PeerUsers::of(const SocketEnd &theirs, const SocketEnd &ours)
{
    if (!m_canTell)
        return PeerUser::Unknown;
    const auto answer = ask(m_socket, question(theirs, ours, ++m_asked));
    return answer && answer->idiag_inode != 0 && answer->idiag_uid == ::geteuid() ? PeerUser::Same : PeerUser::Other;
}

#else

PeerUsers::PeerUsers() = default;
PeerUsers::~PeerUsers() = default;
PeerUser PeerUsers::of(const SocketEnd &, const SocketEnd &)
{
    return PeerUser::Unknown;
}

#endif

} // namespace flowgate::net
