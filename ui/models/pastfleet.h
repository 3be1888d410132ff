// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/moment.h"
#include "ui/models/gatewaymodel.h"

namespace flowgate::models {

/// What to change in a model so that it shows @p moment: gateways of today with their states of then and nothing that
/// is known of today alone (what they should run, their version, when they were last seen). Gateways of whom nothing is
/// known then are taken out. Labels and attributes are today's: they have no history.
/// @param shown  what the model shows, to be taken out where it is not known then
[[nodiscard]] app::FleetDelta pastDelta(const domain::FleetMoment &moment, const GatewayModel &today,
                                        const GatewayModel &shown);

} // namespace flowgate::models
