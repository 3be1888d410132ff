// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/gateway.h"

namespace flowgate::domain {

/// What one report did to what we knew.
struct MergeFacts
{
    bool retry = false;        ///< same number, same bytes: answered again, not processed again (S18, X5d)
    bool askFullState = false; ///< by S8 and X5b; the caller limits the rate (X5c)
    bool numberedAnew = false; ///< its number went back: another process than before, as far as numbers tell
    bool becameStale = false;  ///< something that is known is from before a gap now
    bool visiblyFull = false;  ///< it brought all that the agent claims to report
    bool capabilitiesChanged = false;
    bool descriptionChanged = false;
    bool healthChanged = false;
    bool effectiveReported = false; ///< present, changed or not
    bool remoteConfigReported = false;
    bool componentsReported = false;
    bool restarted = false; ///< the collector's start time differs from the one before (0 does not count)

    /// More than a heartbeat: something to show, keep or judge.
    [[nodiscard]] bool anything() const
    {
        return becameStale || capabilitiesChanged || descriptionChanged || healthChanged || effectiveReported ||
               remoteConfigReported || componentsReported;
    }

    friend bool operator==(const MergeFacts &, const MergeFacts &) = default;
};

struct Merged
{
    Gateway gateway;
    MergeFacts facts;
};

/// Merges a report by presence of its parts; a part that is there replaces the whole of what was known (S9, X1).
/// A part left out stays; after a gap in the numbers it is marked stale (X5a). Presence, admission and derived
/// states are not touched: see standing.h.
///
/// @param gateway  what is known; for an unknown agent a Gateway with only its id
/// @source S7-S10, S18, S20, ST1, ST3, ST5, ST7, ST11, ST13, X1, X2, X5
[[nodiscard]] Merged mergeReport(Gateway gateway, const AgentReport &report, WallTime now);

} // namespace flowgate::domain
