// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/tokentable.h"

#include "store/sql.h"
#include "store/values.h"

namespace flowgate::store {

namespace {

domain::Token tokenOf(const Row &row)
{
    domain::Token token;
    token.hash = domain::TokenHash(row.bytes(0));
    token.name = row.text(1);
    token.createdAt = row.time(2);
    token.expiresAt = row.timeIfAny(3);
    token.revokedAt = row.timeIfAny(4);
    token.lastUsed = row.timeIfAny(5);
    if (row.flag(6))
        token.scope = domain::TokenScope::PerGateway;
    token.approves = row.flag(7);
    if (!row.isNull(8))
        token.boundTo = domain::GatewayId(row.bytes(8));
    if (row.flag(9))
        token.scope = domain::TokenScope::Bootstrap;
    if (!row.isNull(10))
        token.issuedTo = domain::GatewayId(row.bytes(10));
    token.issuedFor = row.text(11);
    return token;
}

} // namespace

Outcome<void> TokenTable::add(const domain::Token &token)
{
    return m_sql.write(
        "INSERT INTO tokens (hash, name, created_at, expires_at, revoked_at, used_at, per_gateway, "
        "approves, bound_to, bootstrap, issued_to, issued_for) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {bound(token.hash), bound(token.name), bound(token.createdAt), bound(token.expiresAt), bound(token.revokedAt),
         bound(token.lastUsed), bound(token.scope == domain::TokenScope::PerGateway), bound(token.approves),
         bound(token.boundTo), bound(token.scope == domain::TokenScope::Bootstrap), bound(token.issuedTo),
         bound(token.issuedFor)});
}

Outcome<void> TokenTable::update(const domain::Token &token)
{
    return m_sql.write("UPDATE tokens SET revoked_at = ?, used_at = ?, bound_to = ?, issued_to = ? WHERE hash = ?",
                       {bound(token.revokedAt), bound(token.lastUsed), bound(token.boundTo), bound(token.issuedTo),
                        bound(token.hash)});
}

Outcome<void> TokenTable::dropIssued(domain::WallTime revokedBefore)
{
    return m_sql.write("DELETE FROM tokens WHERE issued_to IS NOT NULL AND revoked_at < ?", {bound(revokedBefore)});
}

Outcome<std::vector<domain::Token>> TokenTable::all()
{
    std::vector<domain::Token> tokens;
    return m_sql
        .each("SELECT hash, name, created_at, expires_at, revoked_at, used_at, per_gateway, approves, bound_to, "
              "bootstrap, issued_to, issued_for FROM tokens ORDER BY created_at, name",
              {},
              [&](const Row &row) {
                  tokens.push_back(tokenOf(row));
                  return Outcome<void>();
              })
        .map([&] { return std::move(tokens); });
}

} // namespace flowgate::store
