// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/journal/recorder.h"

namespace flowgate::app {

using domain::Gateway;
using domain::SpanKind;

namespace {

/// A collector that crashes and crashes gives its new process id as the reason each time: that is one event.
QString withoutNumbers(QString text)
{
    text.removeIf([](QChar c) { return c.isDigit(); });
    return text;
}

/// The %1 in it is the gateway.
QString lostText(const domain::ConnectionEnd &end)
{
    if (end.by == domain::ConnectionEnd::By::Peer)
        return QStringLiteral("%1 closed its connection without agent_disconnect: ") + end.why;
    const QString broke = QStringLiteral("The connection of %1 broke");
    return end.why.isEmpty() ? broke : broke + QStringLiteral(": ") + end.why;
}

QString configDetail(const Gateway &gateway)
{
    QString detail;
    if (gateway.wanted)
        detail = QStringLiteral("%1@%2").arg(gateway.wanted->config).arg(gateway.wanted->version);
    if (!gateway.config.why.isEmpty())
        detail += (detail.isEmpty() ? QString() : QStringLiteral(": ")) + gateway.config.why;
    return detail;
}

} // namespace

Recorder::Recorder(const domain::Clock &clock, const Fleet &fleet, EventLog &events, store::StoreThread &store)
    : m_clock(clock)
    , m_fleet(fleet)
    , m_events(events)
    , m_store(store)
    , m_timer(this)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(100);
    connect(&m_timer, &QTimer::timeout, this, &Recorder::flush);
}

void Recorder::restore(const store::SpansByGateway &open, const std::vector<Gateway> &gateways,
                       domain::WallTime observedUntil)
{
    for (auto entry = open.begin(); entry != open.end(); ++entry) {
        for (const domain::Span &span : entry.value()) {
            if (span.kind == SpanKind::Component)
                m_openParts[entry.key()].emplace(span.part, span);
            else
                m_open[entry.key()][static_cast<size_t>(span.kind)] = span;
        }
    }
    for (const Gateway &gateway : gateways) {
        advance(gateway.id, SpanKind::Presence, domain::word(gateway.presence.state), gateway.presence.why,
                observedUntil);
        advance(gateway.id, SpanKind::Health, domain::word(gateway.health.state), gateway.health.why, observedUntil);
        advance(gateway.id, SpanKind::Config, domain::word(gateway.config.state), configDetail(gateway), observedUntil);
        advanceParts(gateway, observedUntil);
    }
}

void Recorder::advance(const domain::GatewayId &id, SpanKind kind, const QString &state, const QString &detail,
                       domain::WallTime at)
{
    std::optional<domain::Span> &open = m_open[id][static_cast<size_t>(kind)];
    const domain::SpanStep step = domain::advanceSpan(open, kind, state, detail, at);
    if (!step.opened)
        return;
    open = step.opened;
    m_steps.emplace_back(id, step);
    if (!m_timer.isActive())
        m_timer.start();
}

/// Of a gateway that is not there nothing is known, and so of none of its parts.
void Recorder::advanceParts(const Gateway &gateway, domain::WallTime at)
{
    const bool isObserved = gateway.presence.state == domain::PresenceState::Connected && gateway.healthReport &&
                            !gateway.healthReport->stale;
    const domain::FailingParts failing =
        isObserved ? domain::failingParts(gateway.healthReport->value) : domain::FailingParts();
    const auto known = m_openParts.find(gateway.id);
    if (failing.empty() && known == m_openParts.end())
        return;
    domain::OpenParts &open = known == m_openParts.end() ? m_openParts[gateway.id] : *known;
    for (domain::SpanStep &step : domain::advanceParts(open, failing, at))
        m_steps.emplace_back(gateway.id, std::move(step));
    if (open.empty())
        m_openParts.remove(gateway.id);
    if (!m_steps.empty() && !m_timer.isActive())
        m_timer.start();
}

void Recorder::gatewayChanged(const FleetChange &change)
{
    const Gateway &gateway = *change.after;
    m_dirty.insert(gateway.id);
    if (!m_timer.isActive())
        m_timer.start();
    advance(gateway.id, SpanKind::Presence, domain::word(gateway.presence.state), gateway.presence.why, change.at);
    advance(gateway.id, SpanKind::Health, domain::word(gateway.health.state), gateway.health.why, change.at);
    advance(gateway.id, SpanKind::Config, domain::word(gateway.config.state), configDetail(gateway), change.at);
    advanceParts(gateway, change.at);

    if (change.effective) {
        // At once and not with the rest: whoever reads it back by its hash must find it.
        store::Job job;
        job.bytes = change.effective->byteCount();
        job.work = [hash = gateway.effective->value.hash, body = change.effective, at = change.at](auto &database) {
            return database.blobs.put(hash, *body, at);
        };
        m_store.post(std::move(job));
    }
    if (change.components) {
        store::Job job;
        job.work = [list = change.components](auto &database) { return database.components.put(*list); };
        m_store.post(std::move(job));
    }
    noteEvents(change);
}

void Recorder::noteEvents(const FleetChange &change)
{
    const QString name = domain::displayName(*change.after);
    notePresence(change, name);
    noteHealth(change, name);
    noteConfig(change, name);
    if (change.restarted)
        m_events.add(QStringLiteral("collector_restarted"),
                     QStringLiteral("%1 reports another start time of its collector").arg(name), change.after->id,
                     QStringLiteral("gateway"));
}

void Recorder::notePresence(const FleetChange &change, const QString &name)
{
    const auto state = change.after->presence.state;
    if (!change.before) {
        m_events.add(QStringLiteral("gateway_new"), QStringLiteral("%1 connected for the first time").arg(name),
                     change.after->id, QStringLiteral("gateway"));
        if (change.after->admission == domain::Admission::Pending)
            m_events.add(QStringLiteral("gateway_pending"),
                         QStringLiteral("%1 waits to be approved: it gets nothing until then").arg(name),
                         change.after->id);
        return;
    }
    if (change.before->presence.state == state)
        return;
    // It was there all the time, as far as anybody can tell: the connection has outlived the pause.
    if (change.before->presence.state == domain::PresenceState::NotObserved &&
        state == domain::PresenceState::Connected && change.before->presence.peer == change.after->presence.peer)
        return;
    QString text;
    switch (state) {
    case domain::PresenceState::Connected:
        text = QStringLiteral("%1 is connected");
        break;
    case domain::PresenceState::Silent:
        text = QStringLiteral("%1 is silent: nothing was heard in time");
        break;
    case domain::PresenceState::Lost:
        text = lostText(change.ended.value_or(domain::ConnectionEnd{}));
        break;
    case domain::PresenceState::Left:
        text = QStringLiteral("%1 said goodbye");
        break;
    case domain::PresenceState::NotObserved:
        return noteClosed(change, name);
    }
    text.replace(QStringLiteral("%1"), name); // not arg(): a reason of the gateway's own may be in it
    m_events.add(QStringLiteral("gateway_") + domain::word(state), text, change.after->id, QStringLiteral("gateway"));
}

/// Nobody looks at it any more because of a Close. Where we sleep or stop, one event or none tells it of all gateways.
void Recorder::noteClosed(const FleetChange &change, const QString &name)
{
    using By = domain::ConnectionEnd::By;
    if (!change.ended || (change.ended->by != By::Us && change.ended->by != By::Protocol))
        return;
    const QString text = change.ended->by == By::Us ? QStringLiteral("Flowgate closed the connection of %1: %2")
                                                    : QStringLiteral("The connection of %1 ended by a WebSocket "
                                                                     "error: %2");
    m_events.add(QStringLiteral("connection_closed"), text.arg(name, change.ended->why), change.after->id);
}

void Recorder::linkFlaps(const Gateway &gateway, const domain::LinkWatch::Flapping &flapping)
{
    const auto minutes = std::chrono::ceil<std::chrono::minutes>(flapping.lasts).count();
    const QString text = flapping.over
                             ? QStringLiteral("The link of %1 is calm again: it reconnected %2 times within %3 min")
                             : QStringLiteral("The link of %1 is flapping: it reconnected %2 times within %3 min. Look "
                                              "at the network between it and here");
    m_events.add(flapping.over ? QStringLiteral("link_calm") : QStringLiteral("link_flapping"),
                 text.arg(domain::displayName(gateway), QString::number(flapping.times),
                          QString::number(std::max<qint64>(minutes, 1))),
                 gateway.id);
}

void Recorder::noteHealth(const FleetChange &change, const QString &name)
{
    const auto &after = change.after->health;
    const bool wasUnhealthy = change.before && change.before->health.state == domain::HealthState::Unhealthy;
    if (after.state == domain::HealthState::Unhealthy &&
        (!wasUnhealthy || withoutNumbers(change.before->health.why) != withoutNumbers(after.why)))
        m_events.add(QStringLiteral("gateway_unhealthy"), QStringLiteral("%1 is unhealthy: %2").arg(name, after.why),
                     change.after->id, QStringLiteral("gateway"));
    else if (wasUnhealthy && after.state == domain::HealthState::Healthy)
        m_events.add(QStringLiteral("gateway_healthy"), QStringLiteral("%1 is healthy again").arg(name),
                     change.after->id, QStringLiteral("gateway"));
}

void Recorder::noteConfig(const FleetChange &change, const QString &name)
{
    const auto &after = change.after->config;
    const auto before = change.before ? change.before->config.state : domain::ConfigState::Unmanaged;
    if (after.state == before || !change.after->wanted)
        return;
    const QString version =
        QStringLiteral("%1@%2").arg(change.after->wanted->config).arg(change.after->wanted->version);
    QString text;
    switch (after.state) {
    case domain::ConfigState::Offered:
        text = QStringLiteral("%1 was sent to %2");
        break;
    case domain::ConfigState::InSync:
        text = QStringLiteral("%1 is in sync on %2");
        break;
    case domain::ConfigState::Failed:
        text = QStringLiteral("%1 failed on %2: ") + after.why;
        break;
    case domain::ConfigState::Drifted:
        text = QStringLiteral("%1 is wanted on %2, but its effective config does not contain it");
        break;
    case domain::ConfigState::Unanswered:
        text = QStringLiteral("%1 was not answered by %2");
        break;
    default:
        return;
    }
    // The reason is the gateway's own text: it must not be read as a place to put an argument.
    text.replace(QStringLiteral("%1"), version).replace(QStringLiteral("%2"), name);
    m_events.add(QStringLiteral("config_") + domain::word(after.state), text, change.after->id);
}

void Recorder::offerTooLarge(const Gateway &gateway, qsizetype bytes)
{
    m_events.add(QStringLiteral("offer_too_large"),
                 QStringLiteral("An offer of %1 bytes to %2 was not sent: it is over the message limit")
                     .arg(bytes)
                     .arg(domain::displayName(gateway)),
                 gateway.id);
}

void Recorder::gatewaysForgotten(const QList<domain::GatewayId> &ids)
{
    const QSet<domain::GatewayId> gone(ids.begin(), ids.end());
    for (const domain::GatewayId &id : ids) {
        m_dirty.remove(id);
        m_open.remove(id);
        m_openParts.remove(id);
    }
    std::erase_if(m_steps, [&](const auto &entry) { return gone.contains(entry.first); });
    store::Job job; // one, so that all of them are gone or none is
    job.durable = true;
    job.work = [ids](auto &database) -> store::Outcome<void> {
        for (const domain::GatewayId &id : ids) {
            const auto removed = database.gateways.forget(id).and_then([&] { return database.telemetry.forget(id); });
            if (!removed)
                return removed;
        }
        return {};
    };
    m_store.post(std::move(job));
}

void Recorder::gatewayMoved(const domain::GatewayId &before, const Gateway &after, Succession how)
{
    flush(); // what waits is written under the old uid
    m_dirty.remove(before);
    if (!m_open.contains(after.id)) {
        m_open.insert(after.id, m_open.value(before));
        if (m_openParts.contains(before))
            m_openParts.insert(after.id, m_openParts.value(before));
    }
    m_open.remove(before);
    m_openParts.remove(before);
    store::Job job;
    job.durable = true;
    job.work = [before, after](store::Database &database) {
        return database.gateways.put(after).and_then([&] { return database.succeed(before, after.id); });
    };
    m_store.post(std::move(job));
    if (how == Succession::NewUid)
        m_events.add(QStringLiteral("gateway_renamed"),
                     QStringLiteral("%1 asked for a new instance_uid and goes by %2 now, before by %3")
                         .arg(domain::displayName(after), domain::uuidText(after.id), domain::uuidText(before)),
                     after.id);
}

void Recorder::cloneFound(const Gateway &gateway, const domain::GatewayId &given, const QString &peer)
{
    m_events.add(
        QStringLiteral("gateway_clone"),
        QStringLiteral("Two gateways use the instance_uid of %1; the one at %2 was told to take %3. Look for a "
                       "copied storage folder or disk image")
            .arg(domain::displayName(gateway), peer, domain::uuidText(given)),
        gateway.id);
}

void Recorder::flush()
{
    flushWith({});
}

void Recorder::flushWith(store::Job job)
{
    std::vector<Gateway> gateways;
    for (const domain::GatewayId &id : std::exchange(m_dirty, {})) {
        if (const Gateway *gateway = m_fleet.find(id))
            gateways.push_back(*gateway);
    }
    if (gateways.empty() && m_steps.empty() && !job.work)
        return;
    job.bytes += static_cast<qsizetype>(gateways.size()) * 4096;
    job.work = [gateways = std::move(gateways), steps = std::exchange(m_steps, {}),
                more = std::move(job.work)](store::Database &database) -> store::Outcome<void> {
        for (const Gateway &gateway : gateways) {
            if (const auto put = database.gateways.put(gateway); !put)
                return put;
        }
        for (const auto &[id, step] : steps) {
            if (const auto applied = database.spans.apply(id, step); !applied)
                return applied;
        }
        return more ? more(database) : store::Outcome<void>();
    };
    m_store.post(std::move(job));
}

void Recorder::rewrite()
{
    constexpr int atOnce = 1000;
    for (const Gateway &gateway : m_fleet.gateways()) {
        m_dirty.insert(gateway.id);
        if (m_dirty.size() >= atOnce)
            flush();
    }
    flush();
}

void Recorder::keepEffective(const domain::GatewayId &id)
{
    const Gateway *gateway = m_fleet.find(id);
    if (!gateway || !gateway->effective)
        return;
    store::Job job;
    job.work = [hash = gateway->effective->value.hash, at = m_clock.now()](auto &database) {
        return database.blobs.pin(hash, at);
    };
    m_store.post(std::move(job));
}

void Recorder::touch(const QSet<domain::GatewayId> &seen)
{
    std::vector<store::SeenMark> marks;
    for (const domain::GatewayId &id : seen) {
        if (const Gateway *gateway = m_fleet.find(id))
            marks.push_back({id, gateway->sequence, gateway->presence.lastSeen});
    }
    if (marks.empty())
        return;
    store::Job job;
    job.work = [marks = std::move(marks)](auto &database) { return database.gateways.touch(marks); };
    m_store.post(std::move(job));
}

} // namespace flowgate::app
