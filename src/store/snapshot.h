// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/components.h"
#include "domain/configmarks.h"
#include "domain/configversion.h"
#include "domain/gateway.h"
#include "domain/rollout.h"
#include "domain/token.h"
#include "store/observertable.h"
#include "store/spantable.h"

#include <map>
#include <optional>
#include <vector>

namespace flowgate::store {

/// Everything that a start needs, read in one go.
struct Snapshot
{
    std::vector<domain::Gateway> gateways;
    SpansByGateway openSpans;
    std::vector<domain::ConfigVersion> versions; ///< of all configs, without bodies
    domain::MarksByConfig marks;                 ///< of the configs that have any
    std::vector<domain::Rollout> rollouts;       ///< see RolloutTable::active()
    std::vector<domain::AvailableComponents> components;
    std::map<QString, QString> settings;
    std::vector<domain::Token> tokens;
    std::optional<ObserverRun> previousRun;
    std::vector<Damage> damaged; ///< what could not be read and was left out: worth an event each
    bool created = false;        ///< the file is new
};

} // namespace flowgate::store
