// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/configversion.h"
#include "domain/event.h"
#include "domain/rollout.h"
#include "domain/span.h"

#include <QJsonArray>
#include <QJsonObject>

namespace flowgate::app {

/// The shapes of the command line's contract. Unset is null; times are RFC 3339 UTC; hashes lower-case hex.
/// @thread any; pure
[[nodiscard]] QJsonObject toJson(const domain::Gateway &gateway, bool withComponents);
[[nodiscard]] QJsonObject toJson(const domain::ComponentHealth &health);
[[nodiscard]] QJsonObject toJson(const domain::Rollout &rollout);
[[nodiscard]] QJsonObject toJson(const domain::Span &span);
[[nodiscard]] QJsonObject toJson(const domain::Event &event);

} // namespace flowgate::app
