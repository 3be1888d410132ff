// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/event.h"
#include "store/error.h"

#include <vector>

namespace flowgate::store {

class Sql;

struct EventQuery
{
    WallTime since{};             ///< at this time or later
    qint64 after = 0;             ///< numbers above this one
    std::optional<qint64> before; ///< numbers below this one, to page back
    std::optional<domain::GatewayId> gateway;
    int limit = 1000; ///< the newest so many
};

struct MarkQuery
{
    std::optional<domain::GatewayId> gateway; ///< nothing: what happened to none
    WallTime from{};                          ///< at this time or later
    WallTime to{};                            ///< and before this one
    bool withStates = false;                  ///< also what a span tells: "gateway_lost", "gateway_unhealthy"…
    int limit = 1000;                         ///< the newest so many
};

/// The audit. Numbers grow and are never used again. @thread store
class EventTable
{
public:
    explicit EventTable(Sql &sql)
        : m_sql(sql)
    {
    }

    /// Gives the number that the event got; its own is not looked at.
    Outcome<qint64> append(const domain::Event &event);
    /// In order of numbers.
    [[nodiscard]] Outcome<std::vector<domain::Event>> query(const EventQuery &query);
    /// What happened to a gateway, or to none, in a stretch of time. In order of numbers.
    [[nodiscard]] Outcome<std::vector<domain::Event>> marks(const MarkQuery &query);
    /// What happened to @p before happened to @p now.
    Outcome<void> take(const domain::GatewayId &before, const domain::GatewayId &now);
    /// Removes up to @p limit events from before @p before, oldest first; the newest of all stays, so that its number
    /// is not given twice. Gives how many.
    Outcome<int> prune(WallTime before, int limit = 10'000);

private:
    Sql &m_sql;
};

} // namespace flowgate::store
