// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/publicurl.h"
#include "app/settings/settings.h"
#include "endpoint/opampendpoint.h"
#include "net/attemptlimiter.h"
#include "net/server.h"
#include "telemetry/otlpcodec.h"

namespace flowgate::app {

/// What the settings of limitspecs.h say now. All that no setting governs has its default.
[[nodiscard]] net::ServerLimits serverLimits(const Settings &settings);
[[nodiscard]] endpoint::MessageLimits messageLimits(const Settings &settings);
[[nodiscard]] net::AttemptLimiter::Limits attemptLimits(const Settings &settings);
[[nodiscard]] telemetry::OtlpLimits otlpLimits(const Settings &settings);
/// Which web pages may reach us, and under which names this computer is reached.
[[nodiscard]] net::WebRules webRules(const Settings &settings, const std::optional<PublicUrl> &publicUrl);
/// Most bytes of a body of own telemetry, as received and inflated.
[[nodiscard]] qsizetype telemetryBodyLimit(const Settings &settings);

} // namespace flowgate::app
