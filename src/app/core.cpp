// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core.h"

#include "app/logging.h"
#include "app/settings/limitsettings.h"
#include "domain/standing.h"

namespace flowgate::app {

namespace {

constexpr int prunedAtOnce = 10'000;

/// What the database knew of a gateway, as it stands now that we begin to observe again.
/// @param open  its open spans, which keep the reason of its presence
domain::Gateway resumed(domain::Gateway gateway, const std::vector<domain::Span> &open, domain::WallTime observedUntil,
                        domain::WallTime now)
{
    const auto state = gateway.presence.state;
    for (const domain::Span &span : open) {
        if (span.kind == domain::SpanKind::Presence && span.state == domain::word(state))
            gateway.presence.why = span.detail;
    }
    if (state == domain::PresenceState::Connected || state == domain::PresenceState::Silent) {
        gateway.presence.state = domain::PresenceState::NotObserved;
        gateway.presence.since = observedUntil;
        gateway.presence.why = domain::notRunning();
    }
    domain::refreshStandings(gateway, now);
    return gateway;
}

} // namespace

Core::Core(const domain::Clock &clock, store::StoreThread &store, domain::Mailbox &mailbox)
    : m_clock(clock)
    , m_store(store)
    , m_mailbox(mailbox)
    , m_runningSince(clock.now())
    , m_events(clock,
               [this](const domain::Event &event) {
                   store::Job job;
                   job.work = [event](store::Database &database) -> store::Outcome<void> {
                       const auto number = database.events.append(event);
                       return number ? store::Outcome<void>() : domain::unexpected(number.error());
                   };
                   m_store.post(std::move(job));
               })
    , m_settings(store, mailbox, m_events)
    , m_bodies([this](const domain::ConfigHash &hash, std::function<void(ConfigBodies::Body)> then) {
        m_store.ask<domain::ConfigSet>(
            [hash](store::Database &database) { return database.blobs.get(hash); }, &m_mailbox,
            [then = std::move(then)](store::Outcome<domain::ConfigSet> body) {
                then(body ? std::make_shared<const domain::ConfigSet>(std::move(*body)) : nullptr);
            });
    })
    , m_facts([this](const QList<domain::ConfigHash> &hashes,
                     std::function<void(const QList<ConfigFactsCache::Body> &)> then) { fetchBodies(hashes, then); })
    , m_fleet(clock, *this, m_bodies)
    , m_masking(m_fleet, m_bodies, m_facts)
    , m_recorder(clock, m_fleet, m_events, store)
    , m_judge(m_fleet, m_bodies, store, mailbox)
    , m_library(clock, store, mailbox, m_events)
    , m_rollouts(clock, m_fleet, m_events,
                 [this](const domain::Rollout &rollout, RolloutDriver::Keep keep,
                        std::function<void(const store::Outcome<void> &)> done) {
                     store::Job job;
                     job.durable = keep != RolloutDriver::Keep::Soon;
                     job.waits = keep != RolloutDriver::Keep::OrRefused;
                     job.work = [rollout](store::Database &database) { return database.rollouts.put(rollout); };
                     job.mailbox = &m_mailbox;
                     job.done = std::move(done);
                     if (job.waits)
                         return m_recorder.flushWith(std::move(job));
                     m_recorder.flush(); // what happened is written whether this is refused or not
                     m_store.post(std::move(job));
                 })
    , m_tokens(clock, store, mailbox, m_events)
    , m_offered(m_fleet, m_telemetryOffers, m_tokens, m_events)
    , m_refusals(clock, m_events)
    , m_gatekeeper(clock, m_tokens, m_fleet, m_settings, m_events, m_refusals)
    , m_telemetry(clock, m_fleet, m_masking, store)
    , m_otlp(m_telemetry, clock)
    , m_bundles(clock, store, mailbox, m_library, m_fleet, m_settings, m_rollouts, m_events)
    , m_desk({clock,
              m_fleet,
              m_library,
              m_configPool,
              m_rollouts,
              m_restarts,
              m_events,
              m_feed,
              m_settings,
              m_bundles,
              m_tokens,
              m_telemetry,
              m_telemetryOffers,
              store,
              mailbox,
              [this] { return m_endpoint ? m_endpoint->endpoints() : QStringList(); },
              [this] { return m_storeTrouble; },
              [this] { return m_publicUrl ? m_publicUrl->opamp() : QString(); },
              [this] { return m_identity.facts(); },
              [this] { return m_refusals.counts(); }})
    , m_commands(this)
    , m_machine(clock, m_fleet, m_events, systemSources(),
                {[this](std::function<void()> written) { observe(std::move(written)); },
                 [this] { m_rollouts.observedAgain(); }})
    , m_second(this)
{
    m_bodies.setArrived([this](const domain::ConfigHash &hash) {
        m_fleet.bodyArrived(hash);
        for (const domain::Gateway &gateway : m_fleet.gateways()) {
            if (gateway.wanted && gateway.wanted->hash == hash)
                m_judge.consider(gateway);
        }
    });
    // In this order: what is written down first can be read back by those who come later.
    for (FleetObserver *observer :
         std::initializer_list<FleetObserver *>{&m_masking, &m_owners, &m_recorder, &m_gatekeeper, &m_judge,
                                                &m_rollouts, &m_restarts, &m_offered, &m_feed})
        m_fleet.addObserver(observer);
    addStatusVerbs(m_commands, m_desk);
    addGatewayVerbs(m_commands, m_desk);
    addConfigVerbs(m_commands, m_desk);
    addRolloutVerbs(m_commands, m_desk);
    addSettingVerbs(m_commands, m_desk);
    addBundleVerbs(m_commands, m_desk);
    addTelemetryVerbs(m_commands, m_desk);
    addTokenVerbs(m_commands, m_desk);
    m_facts.onRead([this](const domain::ConfigHash &hash) { m_owners.configRead(hash); });
    m_telemetryOffers.setNeedsMark([this](const domain::Gateway &gateway) { return m_owners.needsMark(gateway); });
    m_offered.onCredential([this](const domain::GatewayId &id, const QByteArray &authorization) {
        m_masking.noteCredential(id, authorization);
    });
    m_fleet.onPause([this](domain::WallTime until) { resume(until); });
    m_events.follow([](const domain::Event &event) { qCInfo(eventsLog) << event.kind << event.text << event.by; });
    m_settings.follow([this](const SettingValue &setting) { obey(setting); });
    connect(&m_rollouts, &RolloutDriver::targetEnded, this,
            [this](const domain::GatewayId &id) { m_recorder.keepEffective(id); });
    m_second.setInterval(1000);
    connect(&m_second, &QTimer::timeout, this, &Core::everySecond);
}

Core::~Core() = default;

domain::Result<QStringList, StartError> Core::start(const Options &options, const store::Snapshot &snapshot,
                                                    const std::optional<OwnCertificate> &own)
{
    m_publicUrl = options.publicUrl;
    m_path = options.path;
    m_refusals.setOpampPath(m_path);
    m_logLevelGiven = !options.logLevel.isEmpty();
    restore(snapshot);
    if (const auto listening = listen(options, own); !listening)
        return domain::unexpected(listening.error());
    if (const auto control = m_commands.listen(options.folder + QStringLiteral("/control.sock")); !control)
        return domain::unexpected(
            StartError{StartError::Kind::Internal, QStringLiteral("the control socket: ") + control.error(), {}});
    store::Job job;
    job.durable = true;
    job.work = [from = m_runningSince](store::Database &database) { return database.observer.start(from); };
    m_store.post(std::move(job));
    m_machine.look();
    m_second.start();
    return m_endpoint->endpoints();
}

void Core::restore(const store::Snapshot &snapshot)
{
    const domain::WallTime now = m_clock.now();
    m_settings.restore(snapshot.settings);
    m_tokens.restore(snapshot.tokens);
    const domain::WallTime observedUntil = snapshot.previousRun ? std::min(snapshot.previousRun->until, now) : now;
    std::vector<domain::Gateway> gateways;
    for (const domain::Gateway &stored : snapshot.gateways)
        gateways.push_back(resumed(stored, snapshot.openSpans.value(stored.id), observedUntil, now));
    m_recorder.restore(snapshot.openSpans, gateways, observedUntil);
    m_fleet.restore(std::move(gateways));
    QHash<domain::ComponentsHash, std::shared_ptr<const domain::AvailableComponents>> lists;
    for (const domain::AvailableComponents &list : snapshot.components)
        lists.insert(list.hash, std::make_shared<const domain::AvailableComponents>(list));
    m_fleet.restoreComponents(std::move(lists));
    m_library.restore(snapshot.versions, snapshot.marks);
    m_rollouts.restore(snapshot.rollouts);
    for (const domain::Gateway &gateway : m_fleet.gateways())
        m_judge.consider(gateway);
    m_masking.restored();
    m_owners.restored();
    for (const store::Damage &damage : snapshot.damaged)
        m_events.add(QStringLiteral("stored_value_damaged"),
                     QStringLiteral("A stored value could not be read and counts as never reported: %1 %2: %3")
                         .arg(damage.table, damage.key, damage.detail));
}

domain::Result<void, StartError> Core::listen(const Options &options, const std::optional<OwnCertificate> &own)
{
    auto identity = ServerIdentity::of(options, own);
    if (!identity)
        return domain::unexpected(StartError{StartError::Kind::TlsNotUsable, identity.error(), {}});
    m_identity = std::move(*identity);
    if (own && !own->note.isEmpty())
        m_events.add(QStringLiteral("certificate_made"), own->note);
    const auto &tls = m_identity.configuration();
    m_telemetryOffers.setReach(options.publicUrl, !tls || net::isTrustedEverywhere(*tls));
    tellReach();
    m_fleet.setConnectionWishes(&m_offered);
    m_server = std::make_unique<net::Server>(m_clock);
    m_server->setRefusalSink([this](domain::Refusal kind, const QString &peer) { m_refusals.note(kind, peer); });
    for (const SettingValue &setting : m_settings.all())
        obey(setting);
    endpoint::EndpointSettings settings;
    settings.path = options.path.toUtf8();
    settings.limits = messageLimits(m_settings);
    m_endpoint = std::make_unique<endpoint::OpampEndpoint>(*m_server, m_masking, settings);
    guardDoors(options);
    addTelemetryRoutes();
    QStringList listened;
    for (const net::ListenAddress &address : options.listen) {
        listened.append(address.host.toString());
        const auto real = m_server->listen(address, m_identity.configurationFor(address));
        if (real)
            continue;
        const net::ListenError &error = real.error();
        if (error.kind == net::ListenError::Kind::InUse)
            return domain::unexpected(StartError{StartError::Kind::AddressInUse, error.address.text(), {}});
        return domain::unexpected(StartError{
            StartError::Kind::AddressNotUsable, QStringLiteral("%1: %2").arg(error.address.text(), error.detail), {}});
    }
    m_machine.setListened(listened);
    return {};
}

/// Several at a time, null for one that cannot be read.
void Core::fetchBodies(const QList<domain::ConfigHash> &hashes,
                       const std::function<void(const QList<ConfigFactsCache::Body> &)> &then)
{
    using Bodies = QList<ConfigFactsCache::Body>;
    m_store.ask<Bodies>(
        [hashes](store::Database &database) -> store::Outcome<Bodies> {
            Bodies bodies;
            for (const domain::ConfigHash &hash : hashes) {
                auto body = database.blobs.get(hash);
                bodies.append(body ? std::make_shared<const domain::ConfigSet>(std::move(*body)) : nullptr);
            }
            return bodies;
        },
        &m_mailbox, [then](const store::Outcome<Bodies> &bodies) { then(bodies.value_or(Bodies())); });
}

bool Core::send(domain::ConnectionId connection, const domain::ServerReply &reply)
{
    return m_endpoint && m_endpoint->send(connection, reply);
}

void Core::close(domain::ConnectionId connection, const QString &reason)
{
    if (m_endpoint)
        m_endpoint->closeConnection(connection, 1000, reason);
}

void Core::everySecond()
{
    m_fleet.tick();
    m_tokens.tick();
    m_refusals.tick();
    if (!m_fleet.cutOffSince())
        m_fleet.offerConnectionAnew(m_offered.tick());
    ++m_seconds;
    if (m_seconds % 10 == 0) {
        observe();
        lookAtCertificate();
        m_machine.look();
    }
    if (m_seconds % 3600 == 60)
        prune();
    if (m_seconds % 60 == 30)
        tidyTelemetry();
}

void Core::lookAtCertificate()
{
    if (m_identity.look(m_clock.now(),
                        [this](const QString &kind, const QString &text) { m_events.add(kind, text); })) {
        m_server->setTls(*m_identity.configuration());
        tellReach();
    }
}

/// What gateways are told of how to reach us.
void Core::tellReach()
{
    m_offered.setReach({m_publicUrl, m_path, m_identity.facts(), m_identity.authorityPem()});
}

void Core::setStoreHealth(const QString &trouble, qint64 dropped)
{
    if (std::exchange(m_storeTrouble, trouble) != trouble) {
        const QString text = trouble.isEmpty() ? QStringLiteral("The database takes again what happens")
                                               : QStringLiteral("The database takes nothing: %1").arg(trouble);
        qCWarning(storeLog).noquote() << text;
        m_events.add(trouble.isEmpty() ? QStringLiteral("store_recovered") : QStringLiteral("store_trouble"), text);
    }
    if (!trouble.isEmpty() || dropped == m_storeDropped)
        return;
    // What was refused while the disk was full is not known piece by piece: all that is kept in whole is written anew.
    m_storeDropped = dropped;
    m_recorder.rewrite();
    m_rollouts.rewrite();
}

void Core::prune()
{
    QSet<domain::ConfigHash> wanted;
    for (const domain::Gateway &gateway : m_fleet.gateways()) {
        if (gateway.wanted)
            wanted.insert(gateway.wanted->hash);
    }
    m_bodies.keepOnly(wanted);
    m_tokens.dropIssued(m_clock.now() - m_settings.length(Setting::EventsKept)); // as long as events name them
    m_store.change<bool>(
        [now = m_clock.now(), spansKept = m_settings.length(Setting::TimelineKept),
         eventsKept = m_settings.length(Setting::EventsKept)](store::Database &database) -> store::Outcome<bool> {
            const auto spans = database.spans.prune(now - spansKept, prunedAtOnce);
            const auto events = database.events.prune(now - eventsKept, prunedAtOnce);
            const auto blobs = database.blobs.prune({now - std::chrono::hours(1), now - spansKept});
            for (const auto *pruned : {&spans, &events, &blobs}) {
                if (!*pruned)
                    return domain::unexpected(pruned->error());
            }
            return *spans == prunedAtOnce || *events == prunedAtOnce;
        },
        &m_mailbox,
        [this](const store::Outcome<bool> &isMore) {
            if (isMore && *isMore && m_second.isActive())
                prune(); // a piece at a time: others write in between
        });
}

void Core::drain(std::function<void()> done)
{
    m_second.stop();
    m_commands.close();
    m_rollouts.takeTurns(); // what was reported last is seen, before it is written
    m_fleet.stop(); // before the connections are closed: their end says nothing of the gateways
    const auto finish = [this, done = std::move(done)] {
        observe();
        m_recorder.flush();
        done();
    };
    if (!m_endpoint)
        return finish();
    // Both ends of the endpoint drain side by side; the slower one ends it.
    auto open = std::make_shared<int>(2);
    const auto one = [open, finish] {
        if (--*open == 0)
            finish();
    };
    connect(m_endpoint.get(), &endpoint::OpampEndpoint::drained, this, one);
    connect(m_server.get(), &net::Server::drained, this, one);
    m_server->drain();
    m_endpoint->drain();
}

} // namespace flowgate::app
