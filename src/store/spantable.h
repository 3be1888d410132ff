// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/timeline.h"
#include "store/error.h"

#include <QHash>

#include <vector>

namespace flowgate::store {

class Sql;

using SpansByGateway = QHash<domain::GatewayId, std::vector<domain::Span>>;

struct LoadedSpans
{
    SpansByGateway spans;
    std::vector<Damage> damaged;
};

/// Moments at which some gateway's presence, health or config changed.
struct NearestChanges
{
    std::optional<WallTime> before;
    std::optional<WallTime> after;

    friend bool operator==(const NearestChanges &, const NearestChanges &) = default;
};

/// The history of each gateway. At most one span of a kind is open at a time. A gateway has to be stored before
/// its spans (Conflict otherwise) and takes them along when it is forgotten.
/// @thread store
class SpanTable
{
public:
    explicit SpanTable(Sql &sql)
        : m_sql(sql)
    {
    }

    /// Does all of what advanceSpan() said.
    Outcome<void> apply(const domain::GatewayId &gateway, const domain::SpanStep &step);
    /// Adds one, open or closed. If an open one comes while another of its kind is open, that one ends where the new
    /// one begins.
    Outcome<void> insert(const domain::GatewayId &gateway, const domain::Span &span);
    /// Ends the open span of closed.kind; where there is none, @p closed is added as it is.
    Outcome<void> close(const domain::GatewayId &gateway, const domain::Span &closed);
    /// Puts @p span in the place of the open one of its kind; where there is none, it is added.
    Outcome<void> replaceOpen(const domain::GatewayId &gateway, const domain::Span &span);

    /// The spans of @p before are those of @p now; from where @p now has any, its own hold.
    Outcome<void> take(const domain::GatewayId &before, const domain::GatewayId &now);

    /// Open ones and those that ended at @p since or later, by their beginning.
    [[nodiscard]] Outcome<std::vector<domain::Span>> since(const domain::GatewayId &gateway, WallTime since);
    /// What of a gateway is to be seen in a window: as many spans as there are pixels in it, however many there are.
    [[nodiscard]] Outcome<std::vector<domain::DrawnSpan>> drawn(const domain::GatewayId &gateway,
                                                                const domain::TimelineWindow &window);
    [[nodiscard]] Outcome<LoadedSpans> open();
    /// The spans of presence, health and config that cover @p at, of all gateways: one of a kind each at most. Costs
    /// the same for any moment: an index leads to each, however long the history is.
    [[nodiscard]] Outcome<LoadedSpans> at(WallTime at);
    /// The last change at or before @p notAfter and the first one after @p after: an end of a span, or a new gateway.
    [[nodiscard]] Outcome<NearestChanges> changesAround(WallTime notAfter, WallTime after);
    /// Removes up to @p limit spans that ended before @p before, oldest first. Gives how many.
    Outcome<int> prune(WallTime before, int limit = 10'000);

private:
    Sql &m_sql;
};

} // namespace flowgate::store
