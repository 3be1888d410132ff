// SPDX-License-Identifier: GPL-3.0-or-later
#include "flowgatectl/interrupt.h"

#include <atomic>
#include <csignal>
#include <sys/socket.h>

namespace flowgate::ctl {

namespace {

// A signal handler has no context of its own; these two are all that it can reach.
std::atomic<int> streamDescriptor{-1};
std::atomic<bool> wasInterrupted{false};
static_assert(std::atomic<int>::is_always_lock_free && std::atomic<bool>::is_always_lock_free);

void onInterrupt(int)
{
    wasInterrupted = true;
    ::shutdown(streamDescriptor, SHUT_RDWR);
}

} // namespace

void endStreamOnInterrupt(int descriptor)
{
    streamDescriptor = descriptor;
    struct sigaction action = {};
    action.sa_handler = onInterrupt; // without SA_RESTART: a blocked write to stdout wakes, too
    sigaction(SIGINT, &action, nullptr);
}

bool interrupted()
{
    return wasInterrupted;
}

void ignoreBrokenPipes()
{
    struct sigaction action = {};
    action.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &action, nullptr);
}

} // namespace flowgate::ctl
