// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/secretset.h"

namespace flowgate::domain {

/// What is read of a config once, when it arrives or is offered, and kept by its hash.
struct ConfigFacts
{
    std::shared_ptr<const SecretSet> secrets; ///< never null
    /// The service.instance.id that it gives to the Collector's internal telemetry; empty: none, or a reference.
    QString telemetryInstanceId;
};

} // namespace flowgate::domain
