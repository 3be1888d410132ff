// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/configset.h"
#include "store/database.h"

namespace flowgate::testing {

/// What is in tests/data/store/schema_001.sqlite. The file is frozen, so these values are too.
struct Sample
{
    std::vector<domain::Gateway> gateways; ///< by id
    std::vector<std::pair<domain::GatewayId, domain::Span>> spans;
    std::vector<std::pair<domain::ConfigVersion, domain::ConfigSet>> versions;
    domain::ConfigSet effective; ///< of the first gateway
    domain::Rollout rollout;
    domain::AvailableComponents components;
    std::vector<domain::Event> events;
    std::map<QString, QString> settings;
    store::ObserverRun run;
};

[[nodiscard]] Sample sample();
[[nodiscard]] store::Outcome<void> write(store::Database &database, const Sample &sample);

} // namespace flowgate::testing
