// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ids.h"
#include "domain/time.h"
#include "store/error.h"

#include <optional>
#include <vector>

namespace flowgate::store {

class Sql;

enum class TelemetryKind {
    Metrics, ///< as they came
    Steps,   ///< metrics, a point for each 5 minutes
    Logs,
};

/// Records of one gateway, packed by whoever made them: this layer does not look inside.
struct TelemetryBatch
{
    domain::GatewayId gateway;
    TelemetryKind kind = TelemetryKind::Metrics;
    WallTime began{}; ///< of the oldest record
    WallTime at{};    ///< of the newest record
    int records = 0;
    QByteArray body;

    friend bool operator==(const TelemetryBatch &, const TelemetryBatch &) = default;
};

struct TelemetryQuery
{
    domain::GatewayId gateway;
    TelemetryKind kind = TelemetryKind::Metrics;
    WallTime from{}; ///< batches that have anything at this time or later
    WallTime to{};   ///< and at this time or earlier
    int limit = 10'000;
};

/// The gateways' own metrics and logs. @thread store
class TelemetryTable
{
public:
    explicit TelemetryTable(Sql &sql)
        : m_sql(sql)
    {
    }

    Outcome<void> add(const TelemetryBatch &batch);
    /// Newest first.
    [[nodiscard]] Outcome<std::vector<TelemetryBatch>> query(const TelemetryQuery &query);
    /// The oldest batch of a kind that is from before @p before; nothing if there is none.
    [[nodiscard]] Outcome<std::optional<TelemetryBatch>> oldest(TelemetryKind kind, WallTime before);
    /// Removes the batches of a gateway whose newest record is in [from, to). Gives how many.
    Outcome<int> remove(const domain::GatewayId &gateway, TelemetryKind kind, WallTime from, WallTime to);
    /// Removes up to @p limit batches from before @p before, oldest first. Gives how many.
    Outcome<int> prune(TelemetryKind kind, WallTime before, int limit);
    /// What is kept of @p before is of @p now.
    Outcome<void> take(const domain::GatewayId &before, const domain::GatewayId &now);
    /// All that is kept of a gateway.
    Outcome<void> forget(const domain::GatewayId &gateway);
    /// Of all bodies together.
    [[nodiscard]] Outcome<qint64> bytes();

private:
    Outcome<void> shrink(TelemetryKind kind, qint64 bytes);

    Sql &m_sql;
};

} // namespace flowgate::store
