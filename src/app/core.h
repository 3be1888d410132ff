// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/bundle/bundles.h"
#include "app/commands/commandserver.h"
#include "app/configs/containmentjudge.h"
#include "app/connections/offeredsettings.h"
#include "app/desk/desk.h"
#include "app/fleet/agentport.h"
#include "app/journal/recorder.h"
#include "app/journal/refusals.h"
#include "app/machine/machinewatch.h"
#include "app/options.h"
#include "app/telemetry/owntelemetry.h"
#include "app/telemetry/telemetryintake.h"
#include "app/telemetry/telemetryowners.h"
#include "app/tls/serveridentity.h"
#include "app/tokens/gatekeeper.h"
#include "endpoint/opampendpoint.h"
#include "net/server.h"
#include "store/snapshot.h"
#include "telemetry/otlpreceiver.h"

#include <QObject>
#include <QTimer>

namespace flowgate::app {

/// Everything that lives on the io thread, built in order and taken apart in reverse.
/// @thread io
class Core final : public QObject, private AgentPort
{
    Q_OBJECT
public:
    Core(const domain::Clock &clock, store::StoreThread &store, domain::Mailbox &mailbox);
    ~Core() override;

    /// Takes over what the database knew and begins to serve.
    [[nodiscard]] domain::Result<QStringList, StartError> start(const Options &options, const store::Snapshot &snapshot,
                                                                const std::optional<OwnCertificate> &own = {});
    /// Close frames, then the last writes; @p done is called when nothing more will be written.
    void drain(std::function<void()> done);

    [[nodiscard]] Desk &desk() { return m_desk; }
    [[nodiscard]] const Desk &desk() const { return m_desk; }
    [[nodiscard]] CommandServer &commands() { return m_commands; }
    /// @param trouble  empty: the database takes what it is given
    /// @param dropped  jobs that it refused so far
    void setStoreHealth(const QString &trouble, qint64 dropped);
    /// Drops history that is older than the settings keep. Runs by itself a minute after the start and each hour.
    void prune();

private:
    void tidyTelemetry();
    bool send(domain::ConnectionId connection, const domain::ServerReply &reply) override;
    void close(domain::ConnectionId connection, const QString &reason) override;
    void turnAway(domain::ConnectionId connection, const QString &reason) override;

    void restore(const store::Snapshot &snapshot);
    [[nodiscard]] domain::Result<void, StartError> listen(const Options &options,
                                                          const std::optional<OwnCertificate> &own);
    void fetchBodies(const QList<domain::ConfigHash> &hashes,
                     const std::function<void(const QList<ConfigFactsCache::Body> &)> &then);
    void lookAtCertificate();
    void tellReach();
    void addTelemetryRoutes();
    [[nodiscard]] telemetry::Recipients recipientsOf(const net::HttpRequest &request);
    void limitTelemetryBodies();
    void guardDoors(const Options &options);
    void obey(const SettingValue &setting);
    void everySecond();
    void observe(std::function<void()> written = {});
    void resume(domain::WallTime until);

    const domain::Clock &m_clock;
    store::StoreThread &m_store;
    domain::Mailbox &m_mailbox;
    QString m_storeTrouble;
    std::optional<PublicUrl> m_publicUrl; ///< of a proxy in front
    QString m_path;                       ///< of the OpAMP endpoint
    bool m_logLevelGiven = false;         ///< on the command line, which wins over the setting
    qint64 m_storeDropped = 0;
    domain::WallTime m_runningSince;

    EventLog m_events;
    Settings m_settings;
    ConfigBodies m_bodies;
    ConfigPool m_configPool;
    ConfigFactsCache m_facts;
    Fleet m_fleet;
    SecretMasking m_masking;
    Recorder m_recorder;
    ContainmentJudge m_judge;
    ChangeFeed m_feed;
    RestartWatch m_restarts;
    ConfigLibrary m_library;
    RolloutDriver m_rollouts;
    TelemetryOwners m_owners{m_fleet, m_facts};
    TelemetryOffers m_telemetryOffers;
    Tokens m_tokens;
    OfferedSettings m_offered;
    Refusals m_refusals;
    Gatekeeper m_gatekeeper;
    OwnTelemetry m_telemetry;
    telemetry::OtlpReceiver m_otlp;
    TelemetryIntake m_intake{m_otlp, m_clock, m_refusals};
    ServerIdentity m_identity;
    Bundles m_bundles;
    Desk m_desk;
    CommandServer m_commands;
    MachineWatch m_machine;
    std::unique_ptr<net::Server> m_server;
    std::unique_ptr<endpoint::OpampEndpoint> m_endpoint;
    QTimer m_second;
    int m_seconds = 0;
};

} // namespace flowgate::app
