// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/components.h"
#include "domain/configversion.h"
#include "domain/event.h"
#include "domain/rollout.h"
#include "domain/span.h"

#include <QJsonArray>
#include <QJsonObject>

#include <functional>

namespace flowgate::app {

/// The shapes of the command line's contract. Unset is null; times are RFC 3339 UTC; hashes lower-case hex.
/// @thread any; pure
[[nodiscard]] QJsonObject toJson(const domain::Gateway &gateway, bool withComponents);
[[nodiscard]] QJsonObject presenceJson(const domain::Gateway &gateway);
[[nodiscard]] QJsonObject toJson(const domain::ComponentHealth &health);
/// The tree of a gateway that has reported its health, with `stale`, `observed_at` and `presence` at its root.
[[nodiscard]] QJsonObject healthTreeJson(const domain::Gateway &gateway);
/// @param nameOf  the display name of a gateway, null where it was forgotten
[[nodiscard]] QJsonObject toJson(const domain::Rollout &rollout,
                                 const std::function<QString(const domain::GatewayId &)> &nameOf);
/// {"hash","components":{"receivers":{"otlp":{"metadata":{…}}}}}; what a component has inside is under "components".
[[nodiscard]] QJsonObject toJson(const domain::AvailableComponents &available);
[[nodiscard]] QJsonObject toJson(const domain::Span &span);
/// By key; of repeated keys the first counts.
[[nodiscard]] QJsonObject attributesJson(const domain::Attributes &attributes);
[[nodiscard]] QJsonObject toJson(const domain::Event &event);

} // namespace flowgate::app
