// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/time.h"
#include "fleetsim/agentcodec.h"
#include "fleetsim/collectormodel.h"
#include "fleetsim/profile.h"

#include <map>
#include <optional>
#include <vector>

namespace flowgate::fleetsim {

/// Now, by both clocks.
struct Moment
{
    domain::milliseconds awake{}; ///< of a steady clock: for waiting
    domain::WallTime wall{};      ///< for reports
};

/// How long things take.
struct Timing
{
    domain::milliseconds validate{15};        ///< from a config's arrival to APPLYING, where the supervisor validates
    domain::milliseconds apply{5000};         ///< from APPLYING to APPLIED: the supervisor's config_apply_timeout
    domain::milliseconds retry{5000};         ///< from a crash of the collector to its next start
    domain::milliseconds heartbeat{30000};    ///< of silence before a heartbeat
    domain::milliseconds exporterFails{8000}; ///< from a start until an Unhealthy one's exporter fails
};

/// A supervisor with its collector, as values: what goes in makes messages come out, now or at nextDue(). No clock,
/// no socket. Follows what opampsupervisor v0.149 was seen to do, in the order of its messages.
/// @thread any one
/// @source gateway.md
class SimulatedGateway
{
public:
    using Messages = std::vector<domain::AgentReport>;

    SimulatedGateway(Profile profile, const Timing &timing);

    /// A connection was opened: the full first report; the first time, the collector is started too.
    [[nodiscard]] Messages connected(Moment now);
    /// It was closed. The gateway goes on by itself and will tell all in its next first report.
    void disconnected();
    [[nodiscard]] Messages received(const ServerMessage &message, Moment now);
    /// Does what is due by now.
    [[nodiscard]] Messages advance(Moment now);
    /// When to call advance(), by Moment::awake; nothing while there is nothing to wait for.
    [[nodiscard]] std::optional<domain::milliseconds> nextDue() const;
    /// The last message before a clean end (ST4).
    [[nodiscard]] Messages leave(Moment now);

    [[nodiscard]] const Profile &profile() const { return m_profile; }
    [[nodiscard]] domain::ApplyStatus status() const { return m_status.status; }

private:
    enum class Step { Judge, Start, ReportConfig, Run, ExporterFails, Prove };
    struct Candidate
    {
        YamlNode config;
        domain::ConfigHash hash;
    };

    void take(Step step, Moment now);
    void schedule(Step step, domain::milliseconds due);
    void cancel(std::initializer_list<Step> steps);

    void consider(const ServerMessage::Offer &offer, Moment now);
    void judge(Moment now);
    void apply(Candidate candidate, Moment now);
    void startCollector(Moment now);
    void stopCollector(Moment now);
    void crash(Moment now);
    void run(Moment now);
    void setStatus(domain::ApplyStatus status, const QString &error = {});
    void setHealth(domain::ComponentHealth health);

    [[nodiscard]] bool has(domain::Capability capability) const { return m_capabilities.has(capability); }
    [[nodiscard]] bool validates() const;
    [[nodiscard]] bool diesOf(const YamlNode &config) const;
    [[nodiscard]] YamlNode composedConfig() const;
    [[nodiscard]] domain::ConfigSet effective() const;
    [[nodiscard]] domain::ComponentHealth tree(CollectorPhase phase, Moment now) const;
    [[nodiscard]] domain::AgentReport fullReport(bool withComponents) const;
    void send(domain::AgentReport part);
    [[nodiscard]] Messages taken(Moment now);

    Profile m_profile;
    Timing m_timing;
    domain::Capabilities m_capabilities;
    domain::milliseconds m_jitter{};
    quint64 m_sequence = 0;
    bool m_connected = false;
    bool m_booted = false;

    YamlNode m_config; ///< what the collector shall run: base and remote files, merged
    std::optional<Candidate> m_candidate;
    bool m_stoppedForGood = false; ///< by an empty map (RC7)
    bool m_collectorUp = false;
    qint64 m_collectorPid = 0;
    quint64 m_startedNano = 0;

    QByteArray m_effective;
    domain::ComponentHealth m_health;
    domain::RemoteConfigStatus m_status;

    std::multimap<domain::milliseconds, Step> m_steps;
    domain::milliseconds m_lastSent{};
    Messages m_out;
};

} // namespace flowgate::fleetsim
