// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ids.h"
#include "domain/time.h"

#include <optional>

namespace flowgate::domain {

/// One line of the audit: who did what, or what happened.
struct Event
{
    qint64 number = 0; ///< order of writing; 0 until stored
    WallTime at{};
    QString kind; ///< "gateway_connected", "config_saved", "rollout_started"…
    std::optional<GatewayId> gateway;
    QString text; ///< one sentence in English
    QString by;   ///< "operator", "flowgate", "gateway"

    friend bool operator==(const Event &, const Event &) = default;
};

} // namespace flowgate::domain
