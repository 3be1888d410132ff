// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tokens/tokens.h"

#include "app/journal/storewords.h"
#include "domain/names.h"

#include <QRandomGenerator>

#include <algorithm>
#include <array>

namespace flowgate::app {

using namespace std::chrono_literals;
using domain::Token;
using domain::TokenHash;
using domain::TokenScope;

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
    for (size_t at = 0; at < m_tokens.size(); ++at) {
        index(at);
        if (!domain::isLive(m_tokens[at], m_clock.now()))
            m_seenExpired.insert(m_tokens[at].hash); // nobody is in because of it
    }
}

void Tokens::index(size_t at)
{
    const Token &token = m_tokens[at];
    m_at.insert(token.hash, at);
    if (const auto &owner = domain::ownerOf(token))
        m_ofGateway.insert(*owner, at);
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
    token.scope = wish.scope;
    token.approves = wish.approves;
    m_beingMade.insert(wish.name);
    add(token, text, [this, by = wish.by, done = std::move(done), name = wish.name](const Outcome<MadeToken> &made) {
        m_beingMade.remove(name);
        if (made)
            m_events.add(QStringLiteral("token_created"),
                         made->token.expiresAt ? QStringLiteral("Token %1 was made; it expires at %2")
                                                     .arg(name, domain::rfc3339(*made->token.expiresAt))
                                               : QStringLiteral("Token %1 was made; it does not expire").arg(name),
                         {}, by);
        done(made);
    });
}

void Tokens::issue(const domain::GatewayId &to, const QString &bootstrap, Done<MadeToken> done)
{
    constexpr qsizetype longestStem = 80; // of the hundred that a name may have
    constexpr qsizetype tailBytes = 6;
    const QByteArray text = domain::tokenText(randomBytes());
    Token token;
    token.hash = domain::tokenHash(text);
    token.name = bootstrap.left(longestStem) + u'.' + QString::fromLatin1(token.hash.bytes().first(tailBytes).toHex());
    token.createdAt = m_clock.now();
    token.scope = TokenScope::PerGateway;
    token.issuedTo = to;
    token.issuedFor = bootstrap;
    add(token, text, [this, to, done = std::move(done)](const Outcome<MadeToken> &made) {
        if (made)
            m_events.add(QStringLiteral("token_issued"),
                         QStringLiteral("Token %1 was made for this gateway, which came with the bootstrap token %2")
                             .arg(made->token.name, made->token.issuedFor),
                         to);
        done(made);
    });
}

void Tokens::add(const Token &token, const QByteArray &text, Done<MadeToken> done)
{
    store::Job job;
    job.durable = true;
    job.waits = false;
    job.mailbox = &m_mailbox;
    job.work = [token](store::Database &database) { return database.tokens.add(token); };
    job.done = [this, token, text, done = std::move(done)](const store::Outcome<void> &saved) {
        if (!saved)
            return done(storeFailed(saved.error()));
        m_tokens.push_back(token);
        index(m_tokens.size() - 1);
        done(MadeToken{token, QString::fromLatin1(text)});
    };
    m_store.post(std::move(job));
}

/// In force at once, whatever the disk says.
void Tokens::end(Token &token, const QString &why)
{
    token.revokedAt = m_clock.now();
    if (m_ended)
        m_ended(token.hash, why);
}

void Tokens::endIssued(const TokenHash &hash, const QString &why)
{
    Token *token = byHash(hash);
    if (!token || token->revokedAt)
        return;
    end(*token, why);
    m_events.add(QStringLiteral("token_revoked"), QStringLiteral("Token %1 was revoked: %2").arg(token->name, why),
                 token->issuedTo);
    save(*token, [](const Outcome<Nothing> &) {}); // what fails now is written when that works
}

void Tokens::endOwned(const domain::GatewayId &id, const QString &why)
{
    for (const size_t at : m_ofGateway.values(id)) {
        if (m_tokens[at].issuedTo)
            endIssued(m_tokens[at].hash, why);
    }
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
    end(*live, QStringLiteral("the token was revoked"));
    const Token token = *live;
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
    // Looked up by what nobody can choose: how long it takes tells nothing of the texts.
    const auto at = text.isEmpty() ? m_at.constEnd() : m_at.constFind(domain::tokenHash(text));
    return at == m_at.constEnd() ? nullptr : &m_tokens[*at];
}

const Token *Tokens::ownedBy(const domain::GatewayId &id) const
{
    const domain::WallTime now = m_clock.now();
    for (auto at = m_ofGateway.constFind(id); at != m_ofGateway.constEnd() && at.key() == id; ++at) {
        if (const Token &token = m_tokens[*at]; token.boundTo == id && domain::isLive(token, now))
            return &token;
    }
    return nullptr;
}

Token *Tokens::byHash(const TokenHash &hash)
{
    const auto at = m_at.constFind(hash);
    return at == m_at.constEnd() ? nullptr : &m_tokens[*at];
}

void Tokens::noteUse(const TokenHash &hash, const std::optional<domain::GatewayId> &id)
{
    Token *token = byHash(hash);
    if (!token)
        return;
    token->lastUsed = m_clock.now();
    m_used.insert(hash);
    if (id && token->scope == TokenScope::PerGateway && !token->boundTo)
        bind(*token, *id);
}

void Tokens::bind(Token &token, const domain::GatewayId &id)
{
    token.boundTo = id;
    if (!token.issuedTo)
        m_ofGateway.insert(id, m_at.value(token.hash));
    m_events.add(QStringLiteral("token_bound"),
                 QStringLiteral("Token %1 belongs to this gateway now: no other gets in with it").arg(token.name), id);
    save(token, [](const Outcome<Nothing> &) {}); // what fails now is written with the next use
    for (const size_t at : token.issuedTo ? m_ofGateway.values(id) : QList<size_t>()) {
        if (const Token &other = m_tokens[at]; other.hash != token.hash && other.issuedTo)
            endIssued(other.hash, QStringLiteral("the gateway came with the one that took its place"));
    }
}

void Tokens::rebind(const domain::GatewayId &before, const domain::GatewayId &now)
{
    for (const size_t at : m_ofGateway.values(before)) {
        Token &token = m_tokens[at];
        for (std::optional<domain::GatewayId> *owner : {&token.boundTo, &token.issuedTo}) {
            if (*owner == before)
                *owner = now;
        }
        m_ofGateway.insert(now, at);
        m_used.insert(token.hash);
        save(token, [](const Outcome<Nothing> &) {}); // what fails now is written with the next use
    }
    m_ofGateway.remove(before);
}

void Tokens::dropIssued(domain::WallTime endedBefore)
{
    const auto dropped = std::erase_if(m_tokens, [endedBefore](const Token &token) {
        return token.issuedTo && token.revokedAt && *token.revokedAt < endedBefore;
    });
    if (dropped == 0)
        return;
    m_at.clear();
    m_ofGateway.clear();
    for (size_t at = 0; at < m_tokens.size(); ++at)
        index(at);
    store::Job job;
    job.work = [endedBefore](store::Database &database) { return database.tokens.dropIssued(endedBefore); };
    m_store.post(std::move(job));
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
        const Token *used = byHash(hash);
        if (!used)
            continue; // dropped since
        store::Job job;
        job.work = [token = *used](store::Database &database) { return database.tokens.update(token); };
        m_store.post(std::move(job));
    }
}

} // namespace flowgate::app
