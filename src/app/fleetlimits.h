// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/liveness.h"

namespace flowgate::app {

struct FleetLimits
{
    qsizetype gateways = 50'000; ///< random uids must not fill the memory (SEC6)
    domain::LivenessLimits liveness;
};

} // namespace flowgate::app
