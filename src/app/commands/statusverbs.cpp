// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/commandserver.h"
#include "app/commands/gatewayjson.h"
#include "app/commands/verbarguments.h"
#include "app/desk/desk.h"

#include <QTimer>

namespace flowgate::app {

namespace {

constexpr int mostEvents = 10'000;

QJsonObject counts(const QMap<QString, int> &byWord)
{
    QJsonObject object;
    for (auto entry = byWord.begin(); entry != byWord.end(); ++entry)
        object.insert(entry.key(), entry.value());
    return object;
}

QJsonValue tlsJson(const std::optional<TlsFacts> &tls)
{
    if (!tls)
        return QJsonValue::Null;
    return QJsonObject{{QStringLiteral("fingerprint_sha256"), net::fingerprintText(tls->certificate.fingerprint)},
                       {QStringLiteral("names"), QJsonArray::fromStringList(tls->certificate.names)},
                       {QStringLiteral("until"), domain::rfc3339(tls->certificate.until)},
                       {QStringLiteral("own"), tls->isOwn},
                       {QStringLiteral("key_in"), tls->isOwn ? QJsonValue(tls->keyIn) : QJsonValue(QJsonValue::Null)},
                       {QStringLiteral("asks_clients"), tls->asksClients}};
}

QJsonObject refusalsJson(const domain::RefusalCounts &counts)
{
    QJsonObject object;
    for (const domain::Refusal kind : domain::allRefusals())
        object.insert(domain::word(kind), double(counts.of(kind)));
    return object;
}

QJsonObject unmatchedJson(const domain::UnmatchedSource &source)
{
    return {{QStringLiteral("address"), source.address},
            {QStringLiteral("requests"), double(source.requests)},
            {QStringLiteral("last_at"), domain::rfc3339(source.last)},
            {QStringLiteral("reason"), domain::word(source.why)},
            {QStringLiteral("instance_id"),
             source.instanceId.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(source.instanceId)}};
}

QJsonObject telemetryJson(const domain::UnmatchedTally &unmatched)
{
    QJsonArray sources;
    for (const domain::UnmatchedSource &source : unmatched.sources())
        sources.append(unmatchedJson(source));
    return {{QStringLiteral("unmatched"), double(unmatched.requests())}, {QStringLiteral("unmatched_from"), sources}};
}

QJsonObject statusJson(const Status &status)
{
    // The words of all three columns stand beside the total; "not_observed", which two columns have, counts presence.
    QJsonObject gateways = counts(status.presence);
    for (const auto &column : {status.health, status.config}) {
        for (auto entry = column.begin(); entry != column.end(); ++entry) {
            if (!gateways.contains(entry.key()))
                gateways.insert(entry.key(), entry.value());
        }
    }
    gateways.insert(QStringLiteral("total"), status.gateways);
    gateways.insert(QStringLiteral("presence"), counts(status.presence));
    gateways.insert(QStringLiteral("health"), counts(status.health));
    gateways.insert(QStringLiteral("config"), counts(status.config));
    return {{QStringLiteral("version"), status.version},
            {QStringLiteral("uptime_s"), double(status.uptime.count()) / 1000},
            {QStringLiteral("endpoints"), QJsonArray::fromStringList(status.endpoints)},
            {QStringLiteral("public_endpoint"),
             status.publicEndpoint.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(status.publicEndpoint)},
            {QStringLiteral("tls"), tlsJson(status.tls)},
            {QStringLiteral("gateways"), gateways},
            {QStringLiteral("database"),
             QJsonObject{{QStringLiteral("bytes"), status.databaseBytes},
                         {QStringLiteral("trouble"), status.databaseTrouble.isEmpty()
                                                         ? QJsonValue(QJsonValue::Null)
                                                         : QJsonValue(status.databaseTrouble)}}},
            {QStringLiteral("network_gone_since"), status.networkGoneSince
                                                       ? QJsonValue(domain::rfc3339(*status.networkGoneSince))
                                                       : QJsonValue(QJsonValue::Null)},
            {QStringLiteral("messages"), double(status.messages)},
            {QStringLiteral("telemetry"), telemetryJson(status.unmatched)},
            {QStringLiteral("refused"), refusalsJson(status.refusals)},
            {QStringLiteral("refusals"), refusalsJson(status.refusals)}, // its older name
            {QStringLiteral("memory_bytes"), status.memoryBytes}};
}

domain::WallTime sinceOf(const QJsonObject &args, const domain::Clock &clock)
{
    return clock.now() - sinceIn(args);
}

/// What was asked for of the past comes first. The database is asked behind all that was written so far, and what comes
/// after that waits for its answer: nothing is missed and nothing told twice.
void followEvents(Desk &desk, const QJsonObject &args, const Exchange &exchange)
{
    EventLog &events = desk.parts().events;
    auto held = std::make_shared<std::optional<std::vector<domain::Event>>>();
    if (args.contains(QStringLiteral("since_ms"))) {
        held->emplace();
        desk.eventsSince(sinceOf(args, desk.parts().clock), mostEvents,
                         [exchange, held](const Outcome<std::vector<domain::Event>> &past) {
                             if (!past)
                                 return exchange.fail(past.error());
                             for (const domain::Event &event : *past)
                                 exchange.item(toJson(event));
                             const std::vector<domain::Event> sinceThen = std::move(**held);
                             held->reset();
                             for (const domain::Event &event : sinceThen)
                                 exchange.item(toJson(event));
                         });
    }
    const int key = events.follow([exchange, held](const domain::Event &event) {
        if (*held)
            (*held)->push_back(event);
        else
            exchange.item(toJson(event));
    });
    QObject::connect(exchange.guard(), &QObject::destroyed, exchange.guard(), [&events, key] { events.unfollow(key); });
}

void watchGateways(Desk &desk, const Exchange &exchange)
{
    ChangeFeed &feed = desk.parts().feed;
    const domain::Clock &clock = desk.parts().clock;
    const int key = feed.follow([exchange, &clock](const FleetDelta &delta) {
        for (const GatewayPtr &gateway : delta.changed)
            exchange.item({{QStringLiteral("at"), domain::rfc3339(clock.now())},
                           {QStringLiteral("gateway"), toJson(*gateway, false)}});
    });
    QObject::connect(exchange.guard(), &QObject::destroyed, exchange.guard(), [&feed, key] { feed.unfollow(key); });
}

} // namespace

void addStatusVerbs(CommandServer &server, Desk &desk)
{
    server.add(QStringLiteral("status"),
               [&desk](const QJsonObject &, const Exchange &exchange) { exchange.finish(statusJson(desk.status())); });
    server.add(QStringLiteral("watch"),
               [&desk](const QJsonObject &, const Exchange &exchange) { watchGateways(desk, exchange); });
    server.add(QStringLiteral("events"), [&desk](const QJsonObject &args, const Exchange &exchange) {
        if (args.value(QStringLiteral("follow")).toBool())
            return followEvents(desk, args, exchange);
        desk.eventsSince(sinceOf(args, desk.parts().clock), mostEvents,
                         [exchange](const Outcome<std::vector<domain::Event>> &events) {
                             if (!events)
                                 return exchange.fail(events.error());
                             QJsonArray items;
                             for (const domain::Event &event : *events)
                                 items.append(toJson(event));
                             exchange.finish({{QStringLiteral("items"), items}});
                         });
    });
}

} // namespace flowgate::app
