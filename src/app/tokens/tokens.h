// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/eventlog.h"
#include "app/failure.h"
#include "domain/token.h"
#include "store/storethread.h"

#include <QSet>

namespace flowgate::app {

/// A wish for a new token.
struct TokenWish
{
    QString name;
    std::optional<domain::milliseconds> lifetime; ///< nothing: it does not expire
    bool perGateway = false;
    bool approves = false;
    QString by = QStringLiteral("operator");
};

/// A token with its text, which is given out this once and kept nowhere. Never log one.
struct MadeToken
{
    domain::Token token;
    QString text;
};

/// The credentials that gateways bring.
/// @thread io
class Tokens
{
public:
    /// Is told of a token that counts no more, and why: its connections are to end.
    using Ended = std::function<void(const domain::TokenHash &, const QString &why)>;

    Tokens(const domain::Clock &clock, store::StoreThread &store, domain::Mailbox &mailbox, EventLog &events);

    /// Takes over what the database knew.
    void restore(std::vector<domain::Token> tokens);
    void onEnded(Ended ended) { m_ended = std::move(ended); }

    /// All that were ever made, in that order.
    [[nodiscard]] const std::vector<domain::Token> &all() const { return m_tokens; }
    /// Makes a token of 256 random bits; on disk when it answers.
    /// @errors BadArgument (name, lifetime), Conflict (the name is taken), StoreFailed
    void create(const TokenWish &wish, Done<MadeToken> done);
    /// From now on nobody gets in with it, and who is in because of it is shown out.
    /// @errors TokenNotFound, WrongState (it is revoked already), StoreFailed (it is refused all the same, and
    /// written down later)
    void revoke(const QString &name, const QString &by, Done<domain::Token> done);

    /// The token whose text this is, live or not; null: none of ours. Takes the same time for every wrong text.
    [[nodiscard]] const domain::Token *find(QByteArrayView text) const;
    /// The live token that is bound to this gateway; null: there is none.
    [[nodiscard]] const domain::Token *ownedBy(const domain::GatewayId &id) const;
    /// It was taken, from this gateway as far as that is known: the first one keeps a token that is for one gateway.
    void noteUse(const domain::TokenHash &hash, const std::optional<domain::GatewayId> &id);

    /// What is bound to @p before is bound to @p now (X12).
    void rebind(const domain::GatewayId &before, const domain::GatewayId &now);

    /// Ends what expired. Call it each second.
    void tick();
    /// Writes down when tokens were used last, where that moved.
    void writeUses();

private:
    [[nodiscard]] domain::Token *byHash(const domain::TokenHash &hash);
    void save(const domain::Token &token, Done<Nothing> done);

    const domain::Clock &m_clock;
    store::StoreThread &m_store;
    domain::Mailbox &m_mailbox;
    EventLog &m_events;
    Ended m_ended;
    std::vector<domain::Token> m_tokens;
    QSet<QString> m_beingMade;             ///< names
    QSet<domain::TokenHash> m_used;        ///< whose use is not on disk
    QSet<domain::TokenHash> m_seenExpired; ///< of which the end was told
};

} // namespace flowgate::app
