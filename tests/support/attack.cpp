// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/attack.h"

#include "tests/support/rawbytes.h"

#include <arpa/inet.h>
#include <cerrno>
#include <chrono>
#include <functional>
#include <netinet/in.h>
#include <poll.h>
#include <random>
#include <sys/socket.h>
#include <unistd.h>
#include <zlib.h>

namespace flowgate::tests {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

namespace {

constexpr int readsNothing = 4096; // of a receive buffer, so that it is full soon

/// The middle of a deflate stream: a MiB of zeros that ends at a byte, so that it can follow itself.
QByteArray deflatedMebibyte()
{
    const QByteArray zeros(1024 * 1024, '\0');
    QByteArray out(64 * 1024, '\0');
    z_stream stream{};
    deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(zeros.constData()));
    stream.avail_in = static_cast<uInt>(zeros.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FULL_FLUSH);
    out.truncate(out.size() - static_cast<qsizetype>(stream.avail_out));
    deflateEnd(&stream);
    return out;
}

/// A request whose body is 4 GiB of zeros once inflated, as far as anybody inflates it.
QByteArray gzipBomb(const QByteArray &path)
{
    static const QByteArray body = [] {
        QByteArray all("\x1f\x8b\x08\0\0\0\0\0\0\x03", 10);
        const QByteArray piece = deflatedMebibyte();
        for (int i = 0; i < 4096; ++i)
            all += piece;
        return all + QByteArray("\x03\0\0\0\0\0\0\0\0\0", 10); // an empty last block; no checksum of ours is reached
    }();
    return request("POST " + path + " HTTP/1.1",
                   {"Content-Type: application/x-protobuf", "Content-Encoding: gzip", "Transfer-Encoding: chunked"},
                   chunked(body, {4096}));
}

/// A heartbeat by the letter: header byte 0, then field 1 with a uid of 16 bytes.
QByteArray heartbeat(int which)
{
    return QByteArray(1, '\0') + QByteArray("\x0a\x10", 2) + QByteArray::number(which).rightJustified(16, 'n');
}

} // namespace

/// What each connection sends: @c first once, then @c more over and over.
struct Attack::Plan
{
    int connections = 1;
    std::function<QByteArray(int)> first;
    std::function<QByteArray(int)> more;
    std::chrono::milliseconds pace{0}; ///< between two of @c more
    bool reads = true;
};

struct Attack::Attacker
{
    int fd = -1;
    bool isConnecting = false;
    QByteArray unsent;
    Clock::time_point next{};
};

const std::vector<AttackKind> &allAttacks()
{
    static const std::vector<AttackKind> all{AttackKind::SlowHeads,     AttackKind::RandomBytes,
                                             AttackKind::OneNeverReads, AttackKind::FiftyNeverRead,
                                             AttackKind::GzipBombs,     AttackKind::EndlessMessage};
    return all;
}

const char *nameOf(AttackKind kind)
{
    switch (kind) {
    case AttackKind::SlowHeads:
        return "slow heads";
    case AttackKind::RandomBytes:
        return "random bytes";
    case AttackKind::OneNeverReads:
        return "one never reads";
    case AttackKind::FiftyNeverRead:
        return "fifty never read";
    case AttackKind::GzipBombs:
        return "gzip bombs";
    case AttackKind::EndlessMessage:
        return "endless message";
    }
    return "";
}

Attack::Plan Attack::planOf(AttackKind kind)
{
    const auto nothing = [](int) { return QByteArray(); };
    const auto opens = [](int) { return upgrade("/v1/opamp"); };
    const auto reports = [](int which) {
        QByteArray many;
        for (int i = 0; i < 200; ++i)
            many += frame(Op::Binary, heartbeat(which));
        return many;
    };
    switch (kind) {
    case AttackKind::SlowHeads:
        return {500, [](int) { return QByteArray("GET /v1/opamp HTTP/1.1\r\nHost: localhost\r\nX-Slow: "); },
                [](int) { return QByteArray("a"); }, 1s, true};
    case AttackKind::RandomBytes:
        return {200, nothing,
                [](int) {
                    static std::mt19937 chance(1); // on one thread only
                    QByteArray bytes(4096, '\0');
                    for (char &byte : bytes)
                        byte = static_cast<char>(chance());
                    return bytes;
                },
                0ms, true};
    case AttackKind::OneNeverReads:
        return {1, opens, reports, 0ms, false};
    case AttackKind::FiftyNeverRead:
        return {50, opens, reports, 0ms, false};
    case AttackKind::GzipBombs:
        return {8, nothing,
                [](int which) {
                    static const QByteArray paths[] = {"/v1/opamp", "/v1/metrics", "/v1/logs"};
                    return gzipBomb(paths[which % 3]);
                },
                0ms, true};
    case AttackKind::EndlessMessage:
        return {
            16, [opens](int which) { return opens(which) + frame(Op::Binary, QByteArray(1, '\0'), {.fin = false}); },
            [](int) {
                static const QByteArray piece = frame(Op::Continuation, QByteArray(64 * 1024, '\x0a'), {.fin = false});
                return piece;
            },
            0ms, true};
    }
    return {};
}

Attack::Attack(AttackKind kind, quint16 port)
    : m_port(port)
    , m_plan(std::make_unique<const Plan>(planOf(kind)))
    , m_thread([this] { run(); })
{
}

Attack::~Attack()
{
    m_over = true;
    m_thread.join();
}

AttackFigures Attack::figures() const
{
    return {m_opened, m_ended, m_failed, m_bytes};
}

void Attack::run()
{
    std::vector<Attacker> attackers(static_cast<size_t>(m_plan->connections));
    std::vector<pollfd> polled(attackers.size());
    QByteArray unread(256 * 1024, '\0');
    const auto end = [](Attacker &attacker) {
        ::close(attacker.fd);
        attacker = {.fd = -1, .isConnecting = false, .unsent = {}, .next = Clock::now() + 20ms};
    };
    while (!m_over) {
        const auto now = Clock::now();
        for (size_t i = 0; i < attackers.size(); ++i) {
            Attacker &attacker = attackers[i];
            const int which = static_cast<int>(i);
            if (attacker.fd < 0 && now >= attacker.next) {
                attacker.fd = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
                if (!m_plan->reads)
                    ::setsockopt(attacker.fd, SOL_SOCKET, SO_RCVBUF, &readsNothing, sizeof readsNothing);
                sockaddr_in address{};
                address.sin_family = AF_INET;
                address.sin_addr.s_addr = htonl(0x7f000101U + static_cast<quint32>(which) % 32);
                ::bind(attacker.fd, reinterpret_cast<const sockaddr *>(&address), sizeof address);
                address.sin_port = htons(m_port);
                address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
                attacker.isConnecting =
                    ::connect(attacker.fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0;
                attacker.unsent = m_plan->first(which);
                attacker.next = now + (attacker.isConnecting ? 0ms : m_plan->pace);
            }
            if (attacker.fd >= 0 && attacker.unsent.isEmpty() && now >= attacker.next) {
                attacker.unsent = m_plan->more(which);
                attacker.next = now + m_plan->pace;
            }
            const int events = (m_plan->reads ? POLLIN : 0) | (attacker.unsent.isEmpty() ? 0 : POLLOUT);
            polled[i] = {.fd = attacker.fd, .events = static_cast<short>(events), .revents = 0};
        }
        ::poll(polled.data(), polled.size(), 10);
        for (size_t i = 0; i < attackers.size(); ++i) {
            Attacker &attacker = attackers[i];
            const int happened = polled[i].revents;
            if (attacker.fd < 0 || happened == 0)
                continue;
            if (attacker.isConnecting) {
                int error = 0;
                socklen_t size = sizeof error;
                ::getsockopt(attacker.fd, SOL_SOCKET, SO_ERROR, &error, &size);
                if (error != 0) {
                    ++m_failed;
                    end(attacker);
                    continue;
                }
                attacker.isConnecting = false;
                ++m_opened;
            }
            ssize_t got = 1;
            if ((happened & POLLIN) != 0)
                got = ::recv(attacker.fd, unread.data(), static_cast<size_t>(unread.size()), 0);
            ssize_t put = 0;
            if ((happened & POLLOUT) != 0) {
                put = ::send(attacker.fd, attacker.unsent.constData(), static_cast<size_t>(attacker.unsent.size()),
                             MSG_NOSIGNAL);
                if (put > 0) {
                    m_bytes += static_cast<quint64>(put);
                    attacker.unsent.remove(0, put);
                }
            }
            const bool isGone = (happened & (POLLERR | POLLHUP)) != 0 || got == 0;
            if (isGone || ((got < 0 || put < 0) && errno != EAGAIN)) {
                ++m_ended;
                end(attacker);
            }
        }
    }
    for (Attacker &attacker : attackers) {
        if (attacker.fd >= 0)
            ::close(attacker.fd);
    }
}

} // namespace flowgate::tests
