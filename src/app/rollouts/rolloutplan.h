// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/failure.h"
#include "app/fleet/fleet.h"
#include "collector/outline.h"
#include "domain/rollout.h"
#include "domain/selector.h"
#include "domain/verdict.h"

#include <vector>

namespace flowgate::app {

/// What a rollout would mean for one gateway.
struct PlannedTarget
{
    domain::GatewayId gateway;
    QString name;
    bool connected = false;
    domain::Judgement judgement;
};

/// Every gateway that the selector matches, with a verdict each, by name.
/// @param outline  of the version's files; component types that a gateway lacks are found from it
/// @errors BadSelector, NoMatch
/// @thread io
[[nodiscard]] Outcome<std::vector<PlannedTarget>> planRollout(const Fleet &fleet, const domain::ConfigRef &ref,
                                                              const collector::Outline &outline,
                                                              const QString &selector);

/// The targets of a new rollout: blocked ones are skipped with the reason unless forced, connected ones fill the waves
/// first.
[[nodiscard]] std::vector<domain::RolloutTarget> targetsOf(const std::vector<PlannedTarget> &plan,
                                                           const domain::RolloutOptions &options, domain::WallTime now);

/// The words for a selector that cannot be read, with the place.
[[nodiscard]] QString selectorErrorText(const domain::SelectorError &error);

} // namespace flowgate::app
