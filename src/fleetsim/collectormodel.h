// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/components.h"
#include "domain/health.h"
#include "fleetsim/yamltree.h"

#include <map>
#include <optional>

namespace flowgate::fleetsim {

/// What a simulated collector was built with: section ("receivers") -> types ("otlp"), both in order.
using BuiltIn = std::map<QByteArray, std::vector<QByteArray>>;

/// The usual parts of otelcol-contrib, or with @p contrib false only those of a small build of one's own.
[[nodiscard]] const BuiltIn &builtIn(bool contrib);
/// The same as a gateway lists it: section -> type -> code.namespace. Its hash is SHA-256 of the names.
[[nodiscard]] domain::AvailableComponents listed(const BuiltIn &parts, const QString &version);

/// What `otelcol validate` says against @p config; nothing if it has no objection.
/// Knows unknown sections and types, pipelines that lack or miss components, and extensions that are not configured.
/// @source gateway.md "A bad config": the words are the Collector's, v0.149
[[nodiscard]] std::optional<QString> objection(const YamlNode &config, const BuiltIn &parts);

/// What the supervisor adds to each config.
struct SupervisorFacts
{
    QByteArray instanceUid; ///< UUID text
    qint64 pid = 0;
    quint16 serverPort = 0; ///< of its own OpAMP server, for the collector's opamp extension
    std::vector<std::pair<QByteArray, QByteArray>> resource; ///< service.telemetry.resource

    friend bool operator==(const SupervisorFacts &, const SupervisorFacts &) = default;
};
/// @p config with the opamp extension and service.telemetry in it.
[[nodiscard]] YamlNode composed(YamlNode config, const SupervisorFacts &facts);
/// How a collector reports a composed config: defaults filled in, durations and enum words in its own spelling,
/// headers masked, environment resolved (to nothing), keys sorted.
[[nodiscard]] YamlNode asReported(const YamlNode &composed);

enum class CollectorPhase { Starting, Running, Stopping, Stopped };
/// The component tree of a collector that runs a composed config.
/// @param started  when it started, for a running one
/// @param nano     when the states were reached
[[nodiscard]] domain::ComponentHealth healthTree(const YamlNode &composed, CollectorPhase phase, quint64 started,
                                                 quint64 nano);
/// Makes the first exporter of the first pipeline fail with @p error, and what is above it; false without exporter.
bool failExporter(domain::ComponentHealth &tree, const QString &error);

} // namespace flowgate::fleetsim
