// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/gateway.h"
#include "store/error.h"

#include <vector>

namespace flowgate::store {

class Sql;

/// What changes with every message of a gateway.
struct SeenMark
{
    domain::GatewayId id;
    std::optional<quint64> sequence;
    WallTime lastSeen{};

    friend bool operator==(const SeenMark &, const SeenMark &) = default;
};

struct LoadedGateways
{
    std::vector<domain::Gateway> gateways; ///< by id
    std::vector<Damage> damaged;
};

/// Gateways with their labels, outcomes and containment. `lastDigest` is not stored.
/// @thread store
class GatewayTable
{
public:
    explicit GatewayTable(Sql &sql)
        : m_sql(sql)
    {
    }

    /// Writes the whole value; labels and outcomes that it no longer has go.
    Outcome<void> put(const domain::Gateway &gateway);
    /// Writes (sequence, last seen) of many; ids that are not stored are skipped.
    Outcome<void> touch(const std::vector<SeenMark> &marks);
    /// Removes the gateway with its labels, outcomes, containment and spans. Rollouts and events keep its id: they
    /// are the record of what the operator did.
    Outcome<void> forget(const domain::GatewayId &id);
    [[nodiscard]] Outcome<LoadedGateways> all();
    /// @errors NotFound | Damaged
    [[nodiscard]] Outcome<domain::Gateway> get(const domain::GatewayId &id);

private:
    Outcome<void> putLabels(const domain::Gateway &gateway);
    Outcome<void> putOutcomes(const domain::Gateway &gateway);
    Outcome<void> putContainment(const domain::Gateway &gateway);

    Sql &m_sql;
};

} // namespace flowgate::store
