// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/configs/containment.h"

#include "collector/contains.h"

namespace flowgate::app {

namespace {

domain::Comparison comparisonOf(collector::ContainmentResult::Obstacle obstacle)
{
    using Obstacle = collector::ContainmentResult::Obstacle;
    switch (obstacle) {
    case Obstacle::None:
        return domain::Comparison::Done;
    case Obstacle::TooLarge:
        return domain::Comparison::TooLarge;
    case Obstacle::Unreadable:
        break;
    }
    return domain::Comparison::Unreadable;
}

} // namespace

domain::Containment compare(const domain::ConfigHash &wantedHash, const domain::ConfigSet &wanted,
                            const domain::ConfigHash &effectiveHash, const domain::ConfigSet &effective,
                            bool telemetryOffered)
{
    const collector::ContainmentResult result =
        collector::contains(wanted, effective, {.ownTelemetryOffered = telemetryOffered});
    domain::Containment kept{wantedHash, effectiveHash, result.contains, {}};
    kept.notCompared = result.notCompared;
    kept.comparison = comparisonOf(result.obstacle);
    kept.why = result.why;
    for (const collector::Difference &difference : result.differences) {
        const bool missing = difference.kind == collector::Difference::Kind::Missing;
        kept.differences.push_back({difference.path, difference.wanted, missing ? QString() : difference.effective});
    }
    return kept;
}

bool isLongToCompare(const domain::ConfigSet &wanted, const domain::ConfigSet &effective)
{
    constexpr qsizetype most = 256 * 1024; // as messages, which the endpoint reads in its pool from there on
    return wanted.byteCount() + effective.byteCount() > most;
}

} // namespace flowgate::app
