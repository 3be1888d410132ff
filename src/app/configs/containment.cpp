// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/configs/containment.h"

#include "collector/contains.h"

namespace flowgate::app {

domain::Containment compare(const domain::ConfigHash &wantedHash, const domain::ConfigSet &wanted,
                            const domain::ConfigHash &effectiveHash, const domain::ConfigSet &effective,
                            bool telemetryOffered)
{
    const collector::ContainmentResult result =
        collector::contains(wanted, effective, {.ownTelemetryOffered = telemetryOffered});
    domain::Containment kept{wantedHash, effectiveHash, result.contains, {}};
    for (const collector::Difference &difference : result.differences) {
        const bool missing = difference.kind == collector::Difference::Kind::Missing;
        kept.differences.push_back({difference.path, difference.wanted, missing ? QString() : difference.effective});
    }
    for (const auto *problems : {&result.wantedProblems, &result.effectiveProblems}) {
        const bool ofWanted = problems == &result.wantedProblems;
        for (const collector::Problem &problem : *problems) {
            if (problem.severity != collector::Severity::Error)
                continue;
            const QString text = QStringLiteral("line %1: %2").arg(problem.line).arg(problem.text);
            kept.differences.push_back({QString(), ofWanted ? text : QString(), ofWanted ? QString() : text});
        }
    }
    return kept;
}

} // namespace flowgate::app
