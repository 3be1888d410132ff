// SPDX-License-Identifier: GPL-3.0-or-later
#include "fleetsim/simulatedfleet.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QSocketNotifier>

#include <array>
#include <csignal>
#include <cstdio>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

using namespace flowgate;

std::array<int, 2> signalPipe{-1, -1};

extern "C" void onSignal(int)
{
    const char byte = 1;
    (void)!write(signalPipe[0], &byte, 1);
}

/// Each gateway needs a file descriptor; the soft limit is often 1,024.
void raiseFileLimit()
{
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

void print(const fleetsim::FleetCounts &counts, int total)
{
    std::fprintf(stderr, "connected %d/%d, applied %d, failed %d, sent %llu, received %llu, dropped %llu, lost %llu\n",
                 counts.connected, total, counts.applied, counts.failed, counts.sent, counts.received, counts.dropped,
                 counts.lost);
}

} // namespace

int main(int argc, char *argv[])
{
    qputenv("QT_NO_GLIB", "1"); // Qt's own dispatcher is the cheaper one with thousands of sockets
    raiseFileLimit();
    const QCoreApplication app(argc, argv);
    const auto options = fleetsim::parseOptions(QCoreApplication::arguments());
    if (!options) {
        std::fprintf(options.error().exitCode == 0 ? stdout : stderr, "%s\n", qPrintable(options.error().text));
        return options.error().exitCode;
    }

    const domain::SystemClock clock;
    fleetsim::SimulatedFleet fleet(*options, clock);
    QElapsedTimer sinceStart;
    sinceStart.start();
    bool announced = false;
    QObject::connect(&fleet, &fleetsim::SimulatedFleet::allConnected, &fleet, [&] {
        if (!std::exchange(announced, true)) { // one line of JSON for scripts, on stdout
            std::printf("{\"connected\":%d,\"ms\":%lld}\n", options->count, sinceStart.elapsed());
            std::fflush(stdout);
        }
    });
    QObject::connect(&fleet, &fleetsim::SimulatedFleet::stopped, &app, &QCoreApplication::quit);

    QTimer report;
    QObject::connect(&report, &QTimer::timeout, &fleet, [&] { print(fleet.counts(), options->count); });
    report.start(std::chrono::seconds(5));

    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, signalPipe.data()) != 0) {
        std::perror("socketpair");
        return 1;
    }
    QSocketNotifier notifier(signalPipe[1], QSocketNotifier::Read);
    QObject::connect(&notifier, &QSocketNotifier::activated, &fleet, [&] {
        notifier.setEnabled(false);
        print(fleet.counts(), options->count);
        fleet.stop();
    });
    std::signal(SIGTERM, onSignal);
    std::signal(SIGINT, onSignal);

    fleet.start();
    return QCoreApplication::exec();
}
