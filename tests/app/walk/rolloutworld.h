// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/rollouts/rolloutdriver.h"
#include "tests/app/fleetrig.h"
#include "tests/app/walk/agentlog.h"

#include <QRandomGenerator>

#include <deque>

namespace flowgate::tests {

/// Agents that do anything in any order, operators that do anything, and a control plane that is stopped and killed:
/// the real fleet and the real rollout driver, over a database that may lose its last writes. After each turn it
/// compares what is claimed with what the agents' logs say.
class RolloutWorld
{
public:
    explicit RolloutWorld(quint32 seed);
    ~RolloutWorld();

    /// So many random things happen, then every agent answers, then only heartbeats are sent: everything has to come to
    /// rest. Ends with the first finding.
    void walk(int steps);
    /// What was claimed and not observed, with the moment; empty: nothing.
    [[nodiscard]] QString finding() const { return m_finding; }
    /// The last things that happened before it, a line each.
    [[nodiscard]] QStringList trace() const { return {m_trace.begin(), m_trace.end()}; }
    [[nodiscard]] int proofs() const { return m_proofs; }
    [[nodiscard]] int failures() const { return m_failures; }
    [[nodiscard]] int rollbacks() const { return m_rollbacks; }

private:
    struct Offer
    {
        domain::WallTime at{};
        domain::ConfigHash hash;
    };
    struct Agent
    {
        char name = 'a';
        quint64 sequence = 0;
        domain::ConnectionId connection = 0; ///< 0: not connected
        bool answersAsks = true;
        bool isAsked = false;
        domain::AgentReport state; ///< all that it would report now
        domain::ConfigHash runs;   ///< its effective config
        AgentLog log;
        std::vector<Offer> offers;
    };
    struct Kept
    {
        std::map<QString, domain::Rollout> rollouts;
        QHash<domain::GatewayId, domain::Gateway> gateways;
        std::map<char, AgentLog> logs;
    };
    class Effectives;

    void step();
    void settle();
    [[nodiscard]] int below(int limit) { return static_cast<int>(m_dice.bounded(limit)); }
    [[nodiscard]] bool oneIn(int count) { return below(count) == 0; }

    // What agents do.
    void send(Agent &agent, domain::AgentReport report, bool isNumbered = true);
    [[nodiscard]] domain::AgentReport next(const Agent &agent) const;
    void connect(Agent &agent);
    void disconnect(Agent &agent, bool saysGoodbye);
    void reportAll(Agent &agent);
    void apply(Agent &agent, domain::ConfigHash hash);
    void reportSomething(Agent &agent);
    void act(Agent &agent);
    void takeOffers(Agent &agent, const domain::ServerReply &reply);
    void takePushes();

    // What people, time and the machine do.
    void operate();
    void startRollout();
    void pass(domain::milliseconds time);
    void stop(bool cleanly);
    void begin(const Kept &kept);
    void commit();

    /// Lets the driver take its turns, then checks every claim.
    void turns();
    void check();
    void checkTarget(const domain::Rollout &rollout, const domain::RolloutTarget *before,
                     const domain::RolloutTarget &target);
    void checkProof(const Agent &agent, const domain::Rollout &rollout, const domain::RolloutTarget &target,
                    const domain::ConfigHash &hash, domain::WallTime from);
    void checkGateway(const Agent &agent);
    void checkOffer(const Agent &agent);
    void expect(bool holds, const QString &what);
    void note(const QString &what);
    [[nodiscard]] QString name(const domain::ConfigHash &hash) const;
    [[nodiscard]] Agent *agentOf(const domain::GatewayId &id);

    QRandomGenerator m_dice;
    ManualClock m_clock;
    FakePort m_port;
    std::map<QByteArray, app::ConfigBodies::Body> m_stored;
    std::vector<domain::ConfigRef> m_versions;
    std::deque<Agent> m_agents;
    domain::ConnectionId m_nextConnection = 1;
    int m_nextRollout = 1;
    quint64 m_nextStart = 1'790'000'000'000'000'000;

    std::unique_ptr<app::ConfigBodies> m_bodies;
    std::unique_ptr<app::Fleet> m_fleet;
    std::unique_ptr<Effectives> m_effectives;
    std::unique_ptr<app::EventLog> m_events;
    std::unique_ptr<app::RolloutDriver> m_driver;
    Kept m_pending;                            ///< written, not on disk
    Kept m_committed;                          ///< on disk
    std::map<QString, domain::Rollout> m_seen; ///< as it was at the last check
    QString m_finding;
    std::deque<QString> m_trace;
    int m_proofs = 0;
    int m_failures = 0;
    int m_rollbacks = 0;
};

} // namespace flowgate::tests
