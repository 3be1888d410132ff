// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/commandserver.h"
#include "app/commands/gatewayjson.h"
#include "app/commands/verbarguments.h"
#include "app/desk/desk.h"
#include "domain/succession.h"

#include <QStringDecoder>

namespace flowgate::app {

namespace {

constexpr domain::milliseconds restartPatience{60'000};

QString byOperator()
{
    return QStringLiteral("operator");
}

/// Calls @p act with the gateway that args.id names, or fails the exchange.
void withGateway(Desk &desk, const QJsonObject &args, const Exchange &exchange,
                 const std::function<void(const domain::Gateway &)> &act)
{
    const auto gateway = desk.gateway(args.value(QStringLiteral("id")).toString());
    if (!gateway)
        return exchange.fail(gateway.error());
    act(**gateway);
}

/// Ends the exchange with the gateway as it is after the act.
Done<Nothing> tellChanged(Desk &desk, const Exchange &exchange, const domain::GatewayId &id)
{
    return [&desk, exchange, id](const Outcome<Nothing> &outcome) {
        if (!outcome)
            return exchange.fail(outcome.error());
        const domain::Gateway *gateway = desk.parts().fleet.find(id);
        exchange.finish(gateway ? toJson(*gateway, true) : QJsonObject());
    };
}

QJsonObject filesJson(const domain::ConfigSet &config)
{
    QJsonObject texts;
    QJsonObject binaries;
    for (const auto &[name, file] : config.files) {
        QStringDecoder decoder(QStringDecoder::Utf8);
        const QString text = decoder(file.body);
        if (decoder.hasError())
            binaries.insert(name, QString::fromLatin1(file.body.toBase64()));
        else
            texts.insert(name, text);
    }
    QJsonObject result{{QStringLiteral("files"), texts}};
    if (!binaries.isEmpty())
        result.insert(QStringLiteral("base64"), binaries);
    return result;
}

template<typename State>
QJsonObject standingJson(const std::optional<domain::Standing<State>> &standing)
{
    if (!standing)
        return {{QStringLiteral("state"), QJsonValue::Null}, {QStringLiteral("since"), QJsonValue::Null}};
    return {
        {QStringLiteral("state"), domain::word(standing->state)},
        {QStringLiteral("since"),
         standing->since == domain::WallTime{} ? QJsonValue(QJsonValue::Null) : domain::rfc3339(standing->since)},
        {QStringLiteral("why"), standing->why.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(standing->why)}};
}

/// @param state  a word of any column, or "presence:lost"; empty: any
bool wasIn(const domain::PastStates &states, const QString &state)
{
    const auto matches = [&state](const char *column, const auto &standing) {
        return standing && (domain::word(standing->state) == state ||
                            QString::fromLatin1(column) + u':' + domain::word(standing->state) == state);
    };
    return state.isEmpty() || matches("presence", states.presence) || matches("health", states.health) ||
           matches("config", states.config);
}

/// The moment that args ask for; nothing: now.
std::optional<domain::WallTime> momentIn(const QJsonObject &args, domain::WallTime now)
{
    if (const QJsonValue at = args.value(QStringLiteral("at")); at.isString())
        return domain::fromRfc3339(at.toString()).value_or(now);
    if (const auto ago = lengthIn(args, QStringLiteral("at_ago_ms")))
        return now - *ago;
    return {};
}

/// Who is chosen by the labels and attributes of today, as they were then; those not known then are left out.
void listPast(Desk &desk, const QString &selector, const QString &state, domain::WallTime at, const Exchange &exchange)
{
    const auto gateways = desk.gateways(selector, {});
    if (!gateways)
        return exchange.fail(gateways.error());
    std::vector<std::pair<domain::GatewayId, QString>> chosen;
    for (const domain::Gateway *gateway : *gateways)
        chosen.emplace_back(gateway->id, domain::displayName(*gateway));
    desk.fleetAt(at, [chosen, state, exchange](const Outcome<domain::FleetMoment> &moment) {
        if (!moment)
            return exchange.fail(moment.error());
        QJsonArray items;
        for (const auto &[id, name] : chosen) {
            const auto states = moment->gateways.constFind(id);
            if (states != moment->gateways.cend() && wasIn(*states, state))
                items.append(QJsonObject{{QStringLiteral("id"), domain::uuidText(id)},
                                         {QStringLiteral("name"), name},
                                         {QStringLiteral("presence"), standingJson(states->presence)},
                                         {QStringLiteral("health"), standingJson(states->health)},
                                         {QStringLiteral("config"), standingJson(states->config)}});
        }
        exchange.finish({{QStringLiteral("at"), domain::rfc3339(moment->at)},
                         {QStringLiteral("observed"), moment->observed},
                         {QStringLiteral("items"), items}});
    });
}

void list(Desk &desk, const QJsonObject &args, const Exchange &exchange)
{
    const QJsonValue given = args.value(QStringLiteral("selector"));
    const QString selector = given.isString() ? given.toString() + QLatin1String("") : QString();
    const QString state = args.value(QStringLiteral("state")).toString();
    if (const auto at = momentIn(args, desk.parts().clock.now())) {
        if (const auto known = desk.gateways({}, state); !known)
            return exchange.fail(known.error());
        return listPast(desk, selector, state, *at, exchange);
    }
    const auto gateways = desk.gateways(selector, state);
    if (!gateways)
        return exchange.fail(gateways.error());
    QJsonArray items;
    for (const domain::Gateway *gateway : *gateways)
        items.append(toJson(*gateway, false));
    exchange.finish({{QStringLiteral("items"), items}});
}

void effective(Desk &desk, const QJsonObject &args, const Exchange &exchange)
{
    withGateway(desk, args, exchange, [&](const domain::Gateway &gateway) {
        const QJsonValue file = args.value(QStringLiteral("file"));
        desk.effective(gateway.id, [exchange, file](const Outcome<domain::ConfigSet> &config) {
            if (!config)
                return exchange.fail(config.error());
            if (!file.isString())
                return exchange.finish(filesJson(*config));
            const auto found = config->files.find(file.toString());
            if (found == config->files.end())
                return exchange.fail({FailureCode::NotReported, QStringLiteral("a file '%1'").arg(file.toString())});
            exchange.finish(filesJson(domain::ConfigSet{{{found->first, found->second}}}));
        });
    });
}

void timeline(Desk &desk, const QJsonObject &args, const Exchange &exchange)
{
    withGateway(desk, args, exchange, [&](const domain::Gateway &gateway) {
        desk.timeline(gateway.id, desk.parts().clock.now() - sinceIn(args),
                      [exchange](const Outcome<std::vector<domain::Span>> &spans) {
                          if (!spans)
                              return exchange.fail(spans.error());
                          QJsonArray items;
                          for (const domain::Span &span : *spans)
                              items.append(toJson(span));
                          exchange.finish({{QStringLiteral("items"), items}});
                      });
    });
}

void admit(Desk &desk, const QJsonObject &args, const Exchange &exchange, domain::Admission admission)
{
    withGateway(desk, args, exchange, [&](const domain::Gateway &gateway) {
        desk.admit(gateway.id, admission, tellChanged(desk, exchange, gateway.id));
    });
}

void link(Desk &desk, const QJsonObject &args, const Exchange &exchange)
{
    const auto before = desk.gateway(args.value(QStringLiteral("old")).toString());
    const auto now = desk.gateway(args.value(QStringLiteral("new")).toString());
    if (!before || !now)
        return exchange.fail(before ? now.error() : before.error());
    desk.link((*before)->id, (*now)->id, tellChanged(desk, exchange, (*now)->id));
}

void label(Desk &desk, const QJsonObject &args, const Exchange &exchange)
{
    withGateway(desk, args, exchange, [&](const domain::Gateway &gateway) {
        QStringList changes;
        for (const QJsonValue value : args.value(QStringLiteral("changes")).toArray())
            changes.append(value.toString());
        desk.label(gateway.id, changes, tellChanged(desk, exchange, gateway.id));
    });
}

void adopt(Desk &desk, const QJsonObject &args, const Exchange &exchange)
{
    withGateway(desk, args, exchange, [&](const domain::Gateway &gateway) {
        AdoptWish wish{gateway.id, args.value(QStringLiteral("name")).toString(), {}};
        const QJsonObject secrets = args.value(QStringLiteral("secrets")).toObject();
        for (auto it = secrets.begin(); it != secrets.end(); ++it)
            wish.secrets.insert(it.key(), it.value().toString());
        desk.adopt(wish, [exchange](const Outcome<Adopted> &adopted) {
            if (!adopted)
                return exchange.fail(adopted.error());
            QJsonArray list;
            for (const Adopted::Secret &secret : adopted->secrets)
                list.append(
                    QJsonObject{{QStringLiteral("path"), secret.path},
                                {QStringLiteral("variable"), secret.given ? QJsonValue() : QJsonValue(secret.variable)},
                                {QStringLiteral("given"), secret.given}});
            exchange.finish({{QStringLiteral("config"), adopted->ref.config},
                             {QStringLiteral("version"), adopted->ref.version},
                             {QStringLiteral("hash"), adopted->ref.hash.hex()},
                             {QStringLiteral("secrets"), list}});
        });
    });
}

void restart(Desk &desk, const QJsonObject &args, const Exchange &exchange)
{
    withGateway(desk, args, exchange, [&](const domain::Gateway &gateway) {
        const bool wait = args.value(QStringLiteral("wait")).toBool();
        const QString id = domain::uuidText(gateway.id);
        desk.restart(gateway.id, wait ? restartPatience : domain::milliseconds(0), exchange.guard(),
                     [exchange, id, wait](const Outcome<Nothing> &outcome) {
                         if (!outcome)
                             return exchange.fail(outcome.error());
                         exchange.finish({{QStringLiteral("id"), id},
                                          {QStringLiteral("sent"), true},
                                          {QStringLiteral("restarted"), wait}});
                     });
    });
}

/// Those that a selector and a state name: their ids, and what is told of each.
void forgetSelected(Desk &desk, const QJsonObject &args, const Exchange &exchange)
{
    const QJsonValue selector = args.value(QStringLiteral("selector"));
    if (!selector.isString()) // and never all of them by mistake
        return exchange.fail({FailureCode::BadArgument, QStringLiteral("the selector must be a text")});
    const auto chosen =
        desk.gateways(QStringLiteral("") + selector.toString(), args.value(QStringLiteral("state")).toString());
    if (!chosen)
        return exchange.fail(chosen.error());
    const bool dry = args.value(QStringLiteral("dry_run")).toBool();
    QList<domain::GatewayId> ids;
    QJsonArray items;
    for (const domain::Gateway *gateway : *chosen) {
        ids.append(gateway->id);
        items.append(QJsonObject{{QStringLiteral("id"), domain::uuidText(gateway->id)},
                                 {QStringLiteral("name"), domain::displayName(*gateway)},
                                 {QStringLiteral("presence"), presenceJson(*gateway)}});
    }
    const QJsonObject answer{{QStringLiteral("items"), items},
                             {QStringLiteral("forgotten"), dry ? 0 : ids.size()},
                             {QStringLiteral("dry_run"), dry}};
    if (dry || ids.isEmpty())
        return exchange.finish(answer);
    desk.forget(ids, byOperator(), [exchange, answer](const Outcome<Nothing> &outcome) {
        if (!outcome)
            return exchange.fail(outcome.error());
        exchange.finish(answer);
    });
}

void forget(Desk &desk, const QJsonObject &args, const Exchange &exchange)
{
    const bool bySelector = args.contains(QStringLiteral("selector"));
    if (bySelector && args.contains(QStringLiteral("id")))
        return exchange.fail({FailureCode::BadArgument, QStringLiteral("name one gateway or a selector, not both")});
    if (bySelector)
        return forgetSelected(desk, args, exchange);
    withGateway(desk, args, exchange, [&](const domain::Gateway &gateway) {
        const QString id = domain::uuidText(gateway.id);
        desk.forget({gateway.id}, byOperator(), [exchange, id](const Outcome<Nothing> &outcome) {
            if (!outcome)
                return exchange.fail(outcome.error());
            exchange.finish({{QStringLiteral("id"), id}, {QStringLiteral("forgotten"), true}});
        });
    });
}

} // namespace

void addGatewayVerbs(CommandServer &server, Desk &desk)
{
    const auto add = [&](const QString &name, void (*verb)(Desk &, const QJsonObject &, const Exchange &)) {
        server.add(name,
                   [&desk, verb](const QJsonObject &args, const Exchange &exchange) { verb(desk, args, exchange); });
    };
    add(QStringLiteral("gateways list"), list);
    add(QStringLiteral("gateways effective"), effective);
    add(QStringLiteral("gateways timeline"), timeline);
    add(QStringLiteral("gateways label"), label);
    add(QStringLiteral("gateways restart"), restart);
    add(QStringLiteral("gateways forget"), forget);
    add(QStringLiteral("gateways adopt"), adopt);
    add(QStringLiteral("gateways link"), link);
    for (const auto &[name, admission] : {std::pair(QStringLiteral("gateways approve"), domain::Admission::Approved),
                                          std::pair(QStringLiteral("gateways reject"), domain::Admission::Rejected)}) {
        server.add(name, [&desk, admission = admission](const QJsonObject &args, const Exchange &exchange) {
            admit(desk, args, exchange, admission);
        });
    }
    server.add(QStringLiteral("gateways show"), [&desk](const QJsonObject &args, const Exchange &exchange) {
        withGateway(desk, args, exchange, [&](const domain::Gateway &gateway) {
            QJsonObject shown = toJson(gateway, true);
            const domain::Gateway *ghost = domain::ghostOf(gateway, desk.parts().fleet.gateways());
            shown[QStringLiteral("looks_like")] = ghost ? QJsonValue(domain::uuidText(ghost->id)) : QJsonValue();
            exchange.finish(shown);
        });
    });
    server.add(QStringLiteral("gateways components"), [&desk](const QJsonObject &args, const Exchange &exchange) {
        withGateway(desk, args, exchange, [&](const domain::Gateway &gateway) {
            const auto available = desk.components(gateway.id);
            if (!available)
                return exchange.fail(available.error());
            QJsonObject result = toJson(**available);
            result.insert(QStringLiteral("id"), domain::uuidText(gateway.id));
            result.insert(QStringLiteral("name"), domain::displayName(gateway));
            exchange.finish(result);
        });
    });
    server.add(QStringLiteral("gateways health"), [&desk](const QJsonObject &args, const Exchange &exchange) {
        withGateway(desk, args, exchange, [&](const domain::Gateway &gateway) {
            if (!gateway.healthReport)
                return exchange.fail({FailureCode::NotReported, QStringLiteral("its health")});
            exchange.finish(healthTreeJson(gateway));
        });
    });
}

} // namespace flowgate::app
