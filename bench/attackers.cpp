// SPDX-License-Identifier: GPL-3.0-or-later
// bench-attackers: how long a gateway waits for the answer to its message, with nobody else there and while strangers
// do their worst, side by side in one run; and what that costs the server in memory. Runs the flowgated that lies
// beside it. bench-attackers "gzip bombs": only that attack.
#include "tests/e2e/support/processes.h"
#include "tests/support/attack.h"
#include "tests/support/rawbytes.h"

#include <QCoreApplication>
#include <QFile>

#include <algorithm>
#include <arpa/inet.h>
#include <chrono>
#include <cstdio>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace flowgate::tests;
using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

namespace {

constexpr int honestGateways = 300;
constexpr std::chrono::microseconds heartbeatEvery = 1s; // fine enough to spread a fleet over it
constexpr auto measured = 10s;

QByteArray heartbeat(int which)
{
    return frame(Op::Binary,
                 QByteArray(1, '\0') + QByteArray("\x0a\x10", 2) + QByteArray::number(which).rightJustified(16, 'h'));
}

/// One gateway: it says that it is there each second and waits for the answer.
struct Honest
{
    int fd = -1;
    Clock::time_point next{};
    Clock::time_point asked{};
    bool waits = false;
};

/// Opens a WebSocket; blocks.
int openWebSocket(quint16 port)
{
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int one = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (::connect(fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
        qFatal("cannot connect");
    const QByteArray asks = upgrade("/v1/opamp");
    QByteArray answer;
    char byte = 0;
    (void)!::send(fd, asks.constData(), static_cast<size_t>(asks.size()), MSG_NOSIGNAL);
    while (!answer.endsWith("\r\n\r\n") && ::recv(fd, &byte, 1, 0) == 1)
        answer += byte;
    if (!answer.contains(" 101 "))
        qFatal("no WebSocket: %s", answer.constData());
    return fd;
}

struct Waits
{
    std::vector<double> milliseconds;
    int unanswered = 0;
    int gone = 0;
};

/// Sends and reads for @p length; answers are one small frame each, so that the bytes of one come together.
Waits measure(std::vector<Honest> &fleet, Clock::duration length)
{
    Waits waits;
    std::vector<pollfd> polled(fleet.size());
    const auto begun = Clock::now();
    for (size_t i = 0; i < fleet.size(); ++i)
        fleet[i].next = begun + heartbeatEvery * static_cast<int>(i) / static_cast<int>(fleet.size());
    while (Clock::now() < begun + length) {
        for (size_t i = 0; i < fleet.size(); ++i) {
            Honest &one = fleet[i];
            const auto now = Clock::now();
            if (one.fd >= 0 && !one.waits && now >= one.next) {
                const QByteArray message = heartbeat(static_cast<int>(i));
                one.asked = now;
                one.next += heartbeatEvery;
                one.waits = ::send(one.fd, message.constData(), static_cast<size_t>(message.size()), MSG_NOSIGNAL) > 0;
            }
            polled[i] = {.fd = one.fd, .events = POLLIN, .revents = 0};
        }
        if (::poll(polled.data(), polled.size(), 1) <= 0)
            continue;
        const auto now = Clock::now();
        for (size_t i = 0; i < fleet.size(); ++i) {
            if (polled[i].revents == 0 || fleet[i].fd < 0)
                continue;
            char bytes[4096];
            const ssize_t got = ::recv(fleet[i].fd, bytes, sizeof bytes, MSG_DONTWAIT);
            if (got == 0) {
                ::close(std::exchange(fleet[i].fd, -1));
                ++waits.gone;
            } else if (got > 0 && (bytes[0] & 0x0f) == static_cast<int>(Op::Binary) && fleet[i].waits) {
                waits.milliseconds.push_back(std::chrono::duration<double, std::milli>(now - fleet[i].asked).count());
                fleet[i].waits = false;
            }
        }
    }
    waits.unanswered = static_cast<int>(std::ranges::count_if(fleet, [](const Honest &one) { return one.waits; }));
    std::ranges::sort(waits.milliseconds);
    return waits;
}

double share(const std::vector<double> &sorted, double part)
{
    return sorted.empty() ? -1 : sorted[static_cast<size_t>(part * static_cast<double>(sorted.size() - 1))];
}

/// The most in memory since the last call, in MiB.
qint64 takePeak(qint64 pid)
{
    qint64 peak = -1;
    QFile status(QStringLiteral("/proc/%1/status").arg(pid));
    if (status.open(QIODevice::ReadOnly)) {
        for (const QByteArray &line : status.readAll().split('\n')) {
            if (line.startsWith("VmHWM:"))
                peak = line.mid(6).simplified().split(' ').constFirst().toLongLong() / 1024;
        }
    }
    QFile marks(QStringLiteral("/proc/%1/clear_refs").arg(pid));
    if (marks.open(QIODevice::WriteOnly))
        marks.write("5");
    return peak;
}

double report(const char *what, const Waits &waits, double before, qint64 peak, const AttackFigures &attack)
{
    const double late = share(waits.milliseconds, 0.99);
    std::printf("%-16s %7zu %8.2f %8.2f %8.2f %7.1f %6d %6d %6lld %8llu %8llu %9.1f\n", what, waits.milliseconds.size(),
                share(waits.milliseconds, 0.5), late, share(waits.milliseconds, 1), before > 0 ? late / before : 1.0,
                waits.unanswered, waits.gone, static_cast<long long>(peak), attack.opened, attack.ended,
                static_cast<double>(attack.bytes) / 1e6);
    std::fflush(stdout);
    return late;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    Daemon daemon;
    if (!daemon.start())
        qFatal("flowgated does not start: %s", daemon.log().constData());
    std::vector<Honest> fleet(honestGateways);
    for (Honest &one : fleet)
        one.fd = openWebSocket(daemon.port());
    (void)measure(fleet, 3s); // each is known then
    (void)takePeak(daemon.pid());
    std::printf("%d gateways, a message a second each; ms until the answer\n", honestGateways);
    std::printf("%-16s %7s %8s %8s %8s %7s %6s %6s %6s %8s %8s %9s\n", "attack", "answers", "p50", "p99", "max",
                "p99 x", "late", "gone", "MiB", "opened", "ended", "MB sent");
    const Waits quiet = measure(fleet, measured);
    const double before = report("none", quiet, 0, takePeak(daemon.pid()), {});
    for (const AttackKind kind : allAttacks()) {
        if (argc > 1 && QByteArray(argv[1]) != nameOf(kind))
            continue;
        AttackFigures figures;
        Waits waits;
        {
            const Attack attack(kind, daemon.port());
            waits = measure(fleet, measured);
            figures = attack.figures();
        }
        report(nameOf(kind), waits, before, takePeak(daemon.pid()), figures);
        (void)measure(fleet, 2s); // what is left of it goes
        (void)takePeak(daemon.pid());
    }
    report("none again", measure(fleet, measured), before, takePeak(daemon.pid()), {});
    return daemon.terminate();
}
