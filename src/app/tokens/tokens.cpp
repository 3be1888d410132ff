// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tokens/tokens.h"

#include "app/storewords.h"
#include "domain/names.h"

#include <QRandomGenerator>

#include <algorithm>
#include <array>

namespace flowgate::app {

using namespace std::chrono_literals;
using domain::Token;
using domain::TokenHash;

namespace {

constexpr domain::milliseconds shortestLife = 1s;
constexpr domain::milliseconds longestLife = 24h * 3660; // ten years

QByteArray randomBytes()
{
    std::array<quint32, 8> words{};
    QRandomGenerator::system()->fillRange(words.data(), static_cast<qsizetype>(words.size()));
    return {reinterpret_cast<const char *>(words.data()), sizeof words};
}

std::optional<Failure> objection(const TokenWish &wish)
{
    if (!domain::isConfigName(wish.name))
        return Failure{FailureCode::BadArgument,
                       QStringLiteral("'%1' cannot be a token's name: use letters, digits, '.', '_' and '-', at most "
                                      "100")
                           .arg(wish.name.left(100))};
    if (wish.lifetime && (*wish.lifetime < shortestLife || *wish.lifetime > longestLife))
        return Failure{FailureCode::BadArgument, QStringLiteral("a token can last from 1 second to 3660 days")};
    return {};
}

} // namespace

Tokens::Tokens(const domain::Clock &clock, store::StoreThread &store, domain::Mailbox &mailbox, EventLog &events)
    : m_clock(clock)
    , m_store(store)
    , m_mailbox(mailbox)
    , m_events(events)
{
}

void Tokens::restore(std::vector<Token> tokens)
{
    m_tokens = std::move(tokens);
    for (const Token &token : m_tokens) {
        if (!domain::isLive(token, m_clock.now()))
            m_seenExpired.insert(token.hash); // nobody is in because of it
    }
}

void Tokens::create(const TokenWish &wish, Done<MadeToken> done)
{
    if (const auto wrong = objection(wish))
        return done(domain::unexpected(*wrong));
    const bool isTaken =
        std::ranges::any_of(m_tokens, [&](const Token &token) { return token.name == wish.name && !token.revokedAt; });
    if (isTaken || m_beingMade.contains(wish.name))
        return done(
            failed(FailureCode::Conflict,
                   QStringLiteral("a token is called '%1' already; revoke it, or choose another name").arg(wish.name)));
    const QByteArray text = domain::tokenText(randomBytes());
    Token token;
    token.name = wish.name;
    token.hash = domain::tokenHash(text);
    token.createdAt = m_clock.now();
    if (wish.lifetime)
        token.expiresAt = token.createdAt + *wish.lifetime;
    token.perGateway = wish.perGateway;
    token.approves = wish.approves;
    m_beingMade.insert(wish.name);
    store::Job job;
    job.durable = true;
    job.waits = false;
    job.mailbox = &m_mailbox;
    job.work = [token](store::Database &database) { return database.tokens.add(token); };
    job.done = [this, token, text, by = wish.by, done = std::move(done)](const store::Outcome<void> &saved) {
        m_beingMade.remove(token.name);
        if (!saved)
            return done(storeFailed(saved.error()));
        m_tokens.push_back(token);
        m_events.add(QStringLiteral("token_created"),
                     token.expiresAt ? QStringLiteral("Token %1 was made; it expires at %2")
                                           .arg(token.name, domain::rfc3339(*token.expiresAt))
                                     : QStringLiteral("Token %1 was made; it does not expire").arg(token.name),
                     {}, by);
        done(MadeToken{token, QString::fromLatin1(text)});
    };
    m_store.post(std::move(job));
}

void Tokens::revoke(const QString &name, const QString &by, Done<Token> done)
{
    const auto isCalled = [&](const Token &token) { return token.name == name; };
    const auto live =
        std::ranges::find_if(m_tokens, [&](const Token &token) { return isCalled(token) && !token.revokedAt; });
    if (live == m_tokens.end()) {
        const bool wasThere = std::ranges::any_of(m_tokens, isCalled);
        return done(wasThere ? failed(FailureCode::WrongState, QStringLiteral("token %1 is revoked already").arg(name))
                             : failed(FailureCode::TokenNotFound, name));
    }
    // In force at once, whatever the disk says.
    live->revokedAt = m_clock.now();
    const Token token = *live;
    if (m_ended)
        m_ended(token.hash, QStringLiteral("the token was revoked"));
    m_events.add(QStringLiteral("token_revoked"),
                 QStringLiteral("Token %1 was revoked: its connections were closed").arg(name), {}, by);
    save(token, [token, done = std::move(done)](const Outcome<Nothing> &saved) {
        if (!saved)
            return done(domain::unexpected(saved.error()));
        done(token);
    });
}

void Tokens::save(const Token &token, Done<Nothing> done)
{
    store::Job job;
    job.durable = true;
    job.work = [token](store::Database &database) { return database.tokens.update(token); };
    m_store.post(std::move(job));
    // The one above is written whenever that works; this one, behind it, tells whether it works now.
    store::Job answer;
    answer.durable = true;
    answer.waits = false;
    answer.mailbox = &m_mailbox;
    answer.work = [](store::Database &) { return store::Outcome<void>(); };
    answer.done = [done = std::move(done)](const store::Outcome<void> &saved) {
        done(saved ? Outcome<Nothing>(Nothing{}) : notYetWritten(saved.error()));
    };
    m_store.post(std::move(answer));
}

const Token *Tokens::find(QByteArrayView text) const
{
    if (text.isEmpty() || m_tokens.empty())
        return nullptr;
    const TokenHash hash = domain::tokenHash(text);
    const Token *found = nullptr;
    for (const Token &token : m_tokens) { // to the end: where it lies in the list is nobody's business either
        if (domain::equalInConstantTime(token.hash.bytes(), hash.bytes()))
            found = &token;
    }
    return found;
}

const Token *Tokens::ownedBy(const domain::GatewayId &id) const
{
    const domain::WallTime now = m_clock.now();
    const auto found = std::ranges::find_if(
        m_tokens, [&](const Token &token) { return token.boundTo == id && domain::isLive(token, now); });
    return found == m_tokens.end() ? nullptr : &*found;
}

Token *Tokens::byHash(const TokenHash &hash)
{
    const auto found = std::ranges::find(m_tokens, hash, &Token::hash);
    return found == m_tokens.end() ? nullptr : &*found;
}

void Tokens::noteUse(const TokenHash &hash, const std::optional<domain::GatewayId> &id)
{
    Token *token = byHash(hash);
    if (!token)
        return;
    token->lastUsed = m_clock.now();
    m_used.insert(hash);
    if (!id || !token->perGateway || token->boundTo)
        return;
    token->boundTo = *id;
    m_events.add(QStringLiteral("token_bound"),
                 QStringLiteral("Token %1 belongs to this gateway now: no other gets in with it").arg(token->name), id);
    save(*token, [](const Outcome<Nothing> &) {}); // what fails now is written with the next use
}

void Tokens::rebind(const domain::GatewayId &before, const domain::GatewayId &now)
{
    for (Token &token : m_tokens) {
        if (token.boundTo != before)
            continue;
        token.boundTo = now;
        m_used.insert(token.hash);
        save(token, [](const Outcome<Nothing> &) {}); // what fails now is written with the next use
    }
}

void Tokens::tick()
{
    const domain::WallTime now = m_clock.now();
    for (const Token &token : m_tokens) {
        if (token.revokedAt || domain::isLive(token, now) || m_seenExpired.contains(token.hash))
            continue;
        m_seenExpired.insert(token.hash);
        if (m_ended)
            m_ended(token.hash, QStringLiteral("the token expired"));
        m_events.add(QStringLiteral("token_expired"),
                     QStringLiteral("Token %1 expired: its connections were closed").arg(token.name));
    }
}

void Tokens::writeUses()
{
    for (const TokenHash &hash : std::exchange(m_used, {})) {
        store::Job job;
        job.work = [token = *byHash(hash)](store::Database &database) { return database.tokens.update(token); };
        m_store.post(std::move(job));
    }
}

} // namespace flowgate::app
