// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

namespace flowgate::tests {

/// What a stranger on the network may do to a server.
enum class AttackKind {
    SlowHeads,      ///< 500 connections that send a head, a byte a second
    RandomBytes,    ///< 200 connections at a time with bytes by chance, as fast as they are taken
    OneNeverReads,  ///< a gateway that reports without end and reads no answer
    FiftyNeverRead, ///< fifty of those
    GzipBombs,      ///< requests of 4 MB in chunks that inflate to 4 GiB, to each path that takes gzip
    EndlessMessage, ///< WebSocket messages in fragments without a last one
};
[[nodiscard]] const std::vector<AttackKind> &allAttacks();
[[nodiscard]] const char *nameOf(AttackKind kind);

struct AttackFigures
{
    quint64 opened = 0; ///< connections that came about
    quint64 ended = 0;  ///< by the server, in whichever way; each is opened again
    quint64 failed = 0; ///< connections that did not come about
    quint64 bytes = 0;  ///< sent
};

/// An attack from 127.0.1.x, on a thread of its own, from its making to its end.
/// @thread any; figures() at any time
class Attack
{
public:
    Attack(AttackKind kind, quint16 port);
    ~Attack();
    Attack(const Attack &) = delete;
    Attack &operator=(const Attack &) = delete;

    [[nodiscard]] AttackFigures figures() const;

private:
    struct Plan;
    struct Attacker;
    static Plan planOf(AttackKind kind);
    void run();

    quint16 m_port;
    std::unique_ptr<const Plan> m_plan;
    std::atomic<quint64> m_opened = 0;
    std::atomic<quint64> m_ended = 0;
    std::atomic<quint64> m_failed = 0;
    std::atomic<quint64> m_bytes = 0;
    std::atomic<bool> m_over = false;
    std::thread m_thread;
};

} // namespace flowgate::tests
