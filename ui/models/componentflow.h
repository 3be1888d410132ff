// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/pipelinegraph.h"
#include "telemetry/series.h"

namespace flowgate::models {

/// What goes through a component, in words: "12/s", "12/s, 3/s refused". Empty where it says nothing of itself.
struct ComponentFlow
{
    QString text;
    bool isTrouble = false; ///< something is refused or fails

    friend bool operator==(const ComponentFlow &, const ComponentFlow &) = default;
};

/// For each box of a graph what its component lately did, by the Collector's own metrics: what a receiver accepted and
/// refused, what a processor took and gave, what an exporter sent and failed to. Those of a pipeline's own signal.
/// @param now  numbers that are older than three minutes are none
/// @source the Collector's internal telemetry: otelcol_receiver_accepted_spans{receiver="otlp"} and so on
[[nodiscard]] std::vector<ComponentFlow> flowsOf(const collector::PipelineGraph &graph,
                                                 const std::vector<telemetry::Series> &series, domain::WallTime now);

} // namespace flowgate::models
