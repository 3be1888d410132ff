// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/commandserver.h"
#include "app/desk/desk.h"
#include "app/tokens/tokens.h"

#include <QJsonArray>

namespace flowgate::app {

namespace {

QJsonValue timeOrNull(const std::optional<domain::WallTime> &time)
{
    return time ? QJsonValue(domain::rfc3339(*time)) : QJsonValue(QJsonValue::Null);
}

QString stateWord(const domain::Token &token, domain::WallTime now)
{
    switch (domain::stateOf(token, now)) {
    case domain::TokenState::Live:
        return QStringLiteral("live");
    case domain::TokenState::Expired:
        return QStringLiteral("expired");
    case domain::TokenState::Revoked:
        return QStringLiteral("revoked");
    }
    return {};
}

QJsonObject tokenJson(const domain::Token &token, domain::WallTime now)
{
    const auto &owner = domain::ownerOf(token);
    return {{QStringLiteral("name"), token.name},
            {QStringLiteral("state"), stateWord(token, now)},
            {QStringLiteral("created"), domain::rfc3339(token.createdAt)},
            {QStringLiteral("expires"), timeOrNull(token.expiresAt)},
            {QStringLiteral("revoked"), timeOrNull(token.revokedAt)},
            {QStringLiteral("last_used"), timeOrNull(token.lastUsed)},
            {QStringLiteral("approves"), token.approves},
            {QStringLiteral("per_gateway"), token.scope == domain::TokenScope::PerGateway},
            {QStringLiteral("bootstrap"), token.scope == domain::TokenScope::Bootstrap},
            {QStringLiteral("issued_for"), token.issuedTo ? QJsonValue(token.issuedFor) : QJsonValue()},
            {QStringLiteral("gateway"), owner ? QJsonValue(domain::uuidText(*owner)) : QJsonValue()}};
}

void create(Desk &desk, const QJsonObject &args, const Exchange &exchange)
{
    TokenWish wish;
    wish.name = args.value(QStringLiteral("name")).toString();
    if (const QJsonValue life = args.value(QStringLiteral("expires_ms")); !life.isUndefined())
        wish.lifetime = domain::milliseconds(static_cast<qint64>(std::clamp(life.toDouble(), 0.0, 1e15)));
    const bool isForOne = args.value(QStringLiteral("per_gateway")).toBool();
    const bool isBootstrap = args.value(QStringLiteral("bootstrap")).toBool();
    if (isForOne && isBootstrap)
        return exchange.fail({FailureCode::BadArgument,
                              QStringLiteral("a token is either for one gateway or a bootstrap token: every gateway "
                                             "that comes with that gets one of its own")});
    if (isForOne)
        wish.scope = domain::TokenScope::PerGateway;
    if (isBootstrap)
        wish.scope = domain::TokenScope::Bootstrap;
    wish.approves = args.value(QStringLiteral("approves")).toBool();
    desk.parts().tokens.create(wish, [exchange](const Outcome<MadeToken> &made) {
        if (!made)
            return exchange.fail(made.error());
        exchange.finish({{QStringLiteral("name"), made->token.name},
                         {QStringLiteral("token"), made->text},
                         {QStringLiteral("expires"), timeOrNull(made->token.expiresAt)}});
    });
}

void list(Desk &desk, const Exchange &exchange)
{
    QJsonArray items;
    for (const domain::Token &token : desk.parts().tokens.all())
        items.append(tokenJson(token, desk.parts().clock.now()));
    exchange.finish({{QStringLiteral("items"), items}});
}

void revoke(Desk &desk, const QJsonObject &args, const Exchange &exchange)
{
    desk.parts().tokens.revoke(args.value(QStringLiteral("name")).toString(), QStringLiteral("operator"),
                               [&desk, exchange](const Outcome<domain::Token> &token) {
                                   if (!token)
                                       return exchange.fail(token.error());
                                   exchange.finish(tokenJson(*token, desk.parts().clock.now()));
                               });
}

} // namespace

void addTokenVerbs(CommandServer &server, Desk &desk)
{
    server.add(QStringLiteral("tokens create"),
               [&desk](const QJsonObject &args, const Exchange &exchange) { create(desk, args, exchange); });
    server.add(QStringLiteral("tokens list"),
               [&desk](const QJsonObject &, const Exchange &exchange) { list(desk, exchange); });
    server.add(QStringLiteral("tokens revoke"),
               [&desk](const QJsonObject &args, const Exchange &exchange) { revoke(desk, args, exchange); });
}

} // namespace flowgate::app
