// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/failure.h"
#include "app/journal/eventlog.h"
#include "domain/token.h"
#include "store/storethread.h"

#include <QHash>
#include <QSet>

namespace flowgate::app {

/// A wish for a new token.
struct TokenWish
{
    QString name;
    std::optional<domain::milliseconds> lifetime; ///< nothing: it does not expire
    domain::TokenScope scope = domain::TokenScope::Shared;
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
    /// Makes one for a gateway that came with @p bootstrap, on disk when it answers. Both count until the gateway came
    /// with it (CS11).
    /// @errors StoreFailed
    void issue(const domain::GatewayId &to, const QString &bootstrap, Done<MadeToken> done);
    /// That one, though nobody came with it, or all that the gateway has.
    void endIssued(const domain::TokenHash &hash, const QString &why);
    void endOwned(const domain::GatewayId &id, const QString &why);
    /// From now on nobody gets in with it, and who is in because of it is shown out.
    /// @errors TokenNotFound, WrongState (it is revoked already), StoreFailed (it is refused all the same, and
    /// written down later)
    void revoke(const QString &name, const QString &by, Done<domain::Token> done);

    /// The token whose text this is, live or not; null: none of ours.
    [[nodiscard]] const domain::Token *find(QByteArrayView text) const;
    /// The live token that is bound to this gateway; null: there is none.
    [[nodiscard]] const domain::Token *ownedBy(const domain::GatewayId &id) const;
    /// It was taken, from this gateway as far as that is known: the first one keeps a token that is for one gateway,
    /// and of those that were issued to it only this one counts from then on.
    void noteUse(const domain::TokenHash &hash, const std::optional<domain::GatewayId> &id);

    /// What is bound to @p before is bound to @p now (X12).
    void rebind(const domain::GatewayId &before, const domain::GatewayId &now);

    /// Forgets those that were issued to gateways and ended before that moment: each start of a supervisor that came by
    /// a bootstrap token leaves one.
    void dropIssued(domain::WallTime endedBefore);
    /// Ends what expired. Call it each second.
    void tick();
    /// Writes down when tokens were used last, where that moved.
    void writeUses();

private:
    void add(const domain::Token &token, const QByteArray &text, Done<MadeToken> done);
    void index(size_t at);
    void end(domain::Token &token, const QString &why);
    void bind(domain::Token &token, const domain::GatewayId &id);
    [[nodiscard]] domain::Token *byHash(const domain::TokenHash &hash);
    void save(const domain::Token &token, Done<Nothing> done);

    const domain::Clock &m_clock;
    store::StoreThread &m_store;
    domain::Mailbox &m_mailbox;
    EventLog &m_events;
    Ended m_ended;
    std::vector<domain::Token> m_tokens;
    QHash<domain::TokenHash, size_t> m_at;             ///< where in it a token stands
    QMultiHash<domain::GatewayId, size_t> m_ofGateway; ///< those that are bound or were issued to it
    QSet<QString> m_beingMade;                         ///< names
    QSet<domain::TokenHash> m_used;                    ///< whose use is not on disk
    QSet<domain::TokenHash> m_seenExpired;             ///< of which the end was told
};

} // namespace flowgate::app
