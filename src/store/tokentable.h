// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/token.h"
#include "store/error.h"

#include <vector>

namespace flowgate::store {

class Sql;

/// Credentials of gateways, by their hashes. @thread store
class TokenTable
{
public:
    explicit TokenTable(Sql &sql)
        : m_sql(sql)
    {
    }

    /// @errors Conflict: a token of that name is not revoked, or the hash is there
    Outcome<void> add(const domain::Token &token);
    /// Writes what may change of a token: whether it is revoked, when it was used, to whom it is bound.
    Outcome<void> update(const domain::Token &token);
    /// Drops those that were issued to a gateway and revoked before that moment.
    Outcome<void> dropIssued(domain::WallTime revokedBefore);
    /// All of them, revoked ones too, in the order of their making.
    [[nodiscard]] Outcome<std::vector<domain::Token>> all();

private:
    Sql &m_sql;
};

} // namespace flowgate::store
