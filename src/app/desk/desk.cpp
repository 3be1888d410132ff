// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desk/desk.h"

#include "app/telemetry/owntelemetry.h"
#include "domain/names.h"

#include <QFile>

#include <algorithm>
#include <unistd.h>

namespace flowgate::app {

using domain::Gateway;

namespace {

qint64 residentBytes()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QList<QByteArray> fields = file.readAll().split(' ');
    return fields.size() > 1 ? fields.at(1).toLongLong() * sysconf(_SC_PAGESIZE) : 0;
}

bool hasState(const Gateway &gateway, const QString &state)
{
    const QString presence = domain::word(gateway.presence.state);
    const QString health = domain::word(gateway.health.state);
    const QString config = domain::word(gateway.config.state);
    const QString admission = domain::word(gateway.admission);
    if (const qsizetype colon = state.indexOf(u':'); colon >= 0) {
        const QString column = state.left(colon);
        const QString word = state.mid(colon + 1);
        return (column == u"presence" && presence == word) || (column == u"health" && health == word) ||
               (column == u"config" && config == word) || (column == u"admission" && admission == word);
    }
    return presence == state || health == state || config == state || admission == state;
}

bool isStateWord(QString state)
{
    for (const QStringView column : {u"presence:", u"health:", u"config:", u"admission:"}) {
        if (state.startsWith(column))
            state = state.mid(column.size());
    }
    return domain::fromWord<domain::PresenceState>(state) || domain::fromWord<domain::HealthState>(state) ||
           domain::fromWord<domain::ConfigState>(state) || domain::fromWord<domain::Admission>(state);
}

} // namespace

Desk::Desk(const Parts &parts)
    : m_parts(parts)
    , m_startedAt(parts.clock.elapsed())
{
}

Status Desk::status() const
{
    Status status;
    status.version = QStringLiteral(FLOWGATE_VERSION);
    status.uptime = m_parts.clock.elapsed() - m_startedAt;
    status.endpoints = m_parts.endpoints();
    status.publicEndpoint = m_parts.publicEndpoint();
    status.tls = m_parts.tls();
    status.gateways = static_cast<int>(m_parts.fleet.gateways().size());
    for (const Gateway &gateway : m_parts.fleet.gateways()) {
        ++status.presence[domain::word(gateway.presence.state)];
        ++status.health[domain::word(gateway.health.state)];
        ++status.config[domain::word(gateway.config.state)];
    }
    status.databaseBytes = m_parts.store.stats().databaseBytes;
    status.databaseTrouble = m_parts.storeTrouble();
    status.memoryBytes = residentBytes();
    status.networkGoneSince = m_parts.fleet.cutOffSince();
    status.messages = m_parts.fleet.messagesHandled();
    status.refusals = m_parts.refusals();
    status.unmatched = m_parts.telemetry.unmatched();
    return status;
}

Outcome<std::vector<const Gateway *>> Desk::gateways(const QString &selectorText, const QString &state) const
{
    std::optional<domain::Selector> selector;
    if (!selectorText.isNull()) {
        auto parsed = domain::Selector::parse(selectorText);
        if (!parsed)
            return failed(FailureCode::BadSelector, selectorErrorText(parsed.error()));
        selector = std::move(*parsed);
    }
    if (!state.isEmpty() && !isStateWord(state))
        return failed(FailureCode::BadArgument, QStringLiteral("'%1' is no state; examples: connected, unhealthy, "
                                                               "in_sync, presence:lost")
                                                    .arg(state));
    std::vector<const Gateway *> list;
    for (const Gateway &gateway : m_parts.fleet.gateways()) {
        if ((!selector || selector->matches(gateway)) && (state.isEmpty() || hasState(gateway, state)))
            list.push_back(&gateway);
    }
    std::sort(list.begin(), list.end(), [](const Gateway *a, const Gateway *b) {
        const QString nameA = domain::displayName(*a);
        const QString nameB = domain::displayName(*b);
        return std::tie(nameA, a->id) < std::tie(nameB, b->id);
    });
    return list;
}

void Desk::effective(const domain::GatewayId &id, Done<domain::ConfigSet> done)
{
    const Gateway *gateway = m_parts.fleet.find(id);
    if (!gateway || !gateway->effective)
        return done(failed(FailureCode::NotReported, QStringLiteral("an effective config")));
    ask<domain::ConfigSet>(
        [id, hash = gateway->effective->value.hash](store::Database &database) { return database.blobs.get(hash); },
        std::move(done));
}

void Desk::timeline(const domain::GatewayId &id, domain::WallTime since, Done<std::vector<domain::Span>> done)
{
    ask<std::vector<domain::Span>>([id, since](store::Database &database) { return database.spans.since(id, since); },
                                   std::move(done));
}

void Desk::label(const domain::GatewayId &id, const QStringList &changes, Done<Nothing> done)
{
    const Gateway *gateway = m_parts.fleet.find(id);
    if (!gateway)
        return done(failed(FailureCode::GatewayNotFound, domain::uuidText(id)));
    domain::Labels labels = gateway->labels;
    for (const QString &change : changes) {
        const qsizetype equals = change.indexOf(u'=');
        const bool removes = equals < 0 && change.endsWith(u'-');
        const QString key = removes ? change.chopped(1) : change.left(std::max<qsizetype>(equals, 0));
        if (!domain::isLabelKey(key) || change.size() > 1024)
            return done(failed(FailureCode::BadArgument,
                               QStringLiteral("'%1' is not key=value or key-; keys have letters, digits, '.', '_', "
                                              "'-' and '/'")
                                   .arg(change)));
        if (removes)
            labels.remove(key);
        else
            labels.insert(key, change.mid(equals + 1));
    }
    if (labels.size() > 64)
        return done(failed(FailureCode::BadArgument, QStringLiteral("a gateway can have at most 64 labels")));
    m_parts.fleet.setLabels(id, labels);
    m_parts.events.add(QStringLiteral("labels_changed"),
                       QStringLiteral("Labels of %1: %2").arg(domain::displayName(*gateway), changes.join(u' ')), id,
                       QStringLiteral("operator"));
    // The recorder writes in a moment; the operator's word is only given back once it is on disk.
    store::Job job;
    job.durable = true;
    job.waits = false;
    job.mailbox = &m_parts.mailbox;
    job.work = [whole = *m_parts.fleet.find(id)](store::Database &database) { return database.gateways.put(whole); };
    job.done = [done](const store::Outcome<void> &saved) {
        done(saved ? Outcome<Nothing>(Nothing{}) : notYetWritten(saved.error()));
    };
    m_parts.store.post(std::move(job));
}

void Desk::restart(const domain::GatewayId &id, domain::milliseconds patience, QObject *guard, Done<Nothing> done)
{
    const Gateway *gateway = m_parts.fleet.find(id);
    if (!gateway)
        return done(failed(FailureCode::GatewayNotFound, domain::uuidText(id)));
    if (!gateway->capabilities.has(domain::Capability::AcceptsRestartCommand))
        return done(failed(FailureCode::NotCapable, QStringLiteral("AcceptsRestartCommand")));
    const QString name = domain::displayName(*gateway);
    if (gateway->admission != domain::Admission::Approved)
        return done(
            failed(FailureCode::WrongState, QStringLiteral("%1 is not approved; nothing is sent to it").arg(name)));
    if (!domain::isServed(*gateway))
        return done(failed(FailureCode::WrongState,
                           QStringLiteral("%1 came with a bootstrap token; nothing else is sent to it until it comes "
                                          "with a token of its own")
                               .arg(name)));
    // Listen before it is sent: the answer may be here before we look.
    if (patience.count() > 0)
        m_parts.restarts.wait(id, patience, guard, done);
    if (!m_parts.fleet.restart(id)) {
        m_parts.restarts.cancel(id);
        return done(failed(FailureCode::NotConnected, name));
    }
    m_parts.events.add(QStringLiteral("restart_sent"), QStringLiteral("The restart command was sent to %1").arg(name),
                       id, QStringLiteral("operator"));
    if (patience.count() <= 0)
        done(Nothing{});
}

std::vector<ConfigSummary> Desk::configs() const
{
    QHash<QString, int> wanted;
    for (const Gateway &gateway : m_parts.fleet.gateways()) {
        if (gateway.wanted)
            ++wanted[gateway.wanted->config];
    }
    std::vector<ConfigSummary> list;
    for (const auto &[name, versions] : m_parts.library.all()) {
        if (!m_parts.library.isDeleted(name))
            list.push_back(summaryOf(name, wanted.value(name)));
    }
    return list;
}

ConfigSummary Desk::summaryOf(const QString &config, int gateways) const
{
    const domain::ConfigMarks &marks = m_parts.library.marks(config);
    return {config, m_parts.library.all().at(config).back().ref.version, gateways, marks.tags,
            marks.archivedAt.has_value()};
}

void Desk::rolloutList(Done<std::vector<domain::Rollout>> done)
{
    ask<std::vector<store::RolloutHead>>(
        [](store::Database &database) { return database.rollouts.list(); },
        [this, done = std::move(done)](Outcome<std::vector<store::RolloutHead>> heads) {
            if (!heads)
                return done(domain::unexpected(heads.error()));
            std::vector<domain::Rollout> list;
            for (const store::RolloutHead &head : *heads) {
                const domain::Rollout *live = m_parts.rollouts.find(head.rollout.id);
                list.push_back(live ? *live : head.rollout);
            }
            done(std::move(list));
        });
}

void Desk::rollout(const QString &id, Done<domain::Rollout> done)
{
    if (const domain::Rollout *live = m_parts.rollouts.find(id))
        return done(*live);
    m_parts.store.ask<domain::Rollout>([id](store::Database &database) { return database.rollouts.get(id); },
                                       &m_parts.mailbox,
                                       [id, done = std::move(done)](store::Outcome<domain::Rollout> found) {
                                           if (!found)
                                               return done(failed(FailureCode::RolloutNotFound, id));
                                           done(std::move(*found));
                                       });
}

void Desk::act(RolloutAct what, const QString &id, const QString &by, Done<Nothing> done)
{
    rollout(id, [this, what, id, by, done = std::move(done)](Outcome<domain::Rollout> found) {
        if (!found)
            return done(domain::unexpected(found.error()));
        m_parts.rollouts.adopt(*found);
        switch (what) {
        case RolloutAct::Halt:
            return m_parts.rollouts.halt(id, by, done);
        case RolloutAct::Resume:
            return m_parts.rollouts.resume(id, by, done);
        case RolloutAct::RollBack:
            return m_parts.rollouts.rollBack(id, by, done);
        case RolloutAct::End:
            return m_parts.rollouts.end(id, by, done);
        }
    });
}

void Desk::eventsSince(domain::WallTime since, int limit, Done<std::vector<domain::Event>> done)
{
    store::EventQuery query;
    query.since = since;
    query.limit = limit;
    ask<std::vector<domain::Event>>([query](store::Database &database) { return database.events.query(query); },
                                    std::move(done));
}

} // namespace flowgate::app
