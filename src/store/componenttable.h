// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/components.h"
#include "store/error.h"

#include <vector>

namespace flowgate::store {

class Sql;

struct LoadedComponents
{
    std::vector<domain::AvailableComponents> lists; ///< by hash
    std::vector<Damage> damaged;
};

/// Lists of available components by the hash that gateways give them (ST11). @thread store
class ComponentTable
{
public:
    explicit ComponentTable(Sql &sql)
        : m_sql(sql)
    {
    }

    /// A list that is known under this hash is replaced; one that is only a hash is not stored.
    Outcome<void> put(const domain::AvailableComponents &components);
    [[nodiscard]] Outcome<LoadedComponents> all();
    /// @errors NotFound | Damaged
    [[nodiscard]] Outcome<domain::AvailableComponents> get(const domain::ComponentsHash &hash);
    /// Removes the lists that no gateway names. Gives how many.
    Outcome<int> prune();

private:
    Sql &m_sql;
};

} // namespace flowgate::store
