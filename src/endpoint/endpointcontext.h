// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "endpoint/opampendpoint.h"
#include "endpoint/orderedpool.h"

namespace flowgate::endpoint {

/// What both transports work with. Owned by the endpoint.
/// @thread io
struct EndpointContext
{
    ReportHandler &handler;
    EndpointSettings settings; ///< of which only the limits change
    const domain::Clock &clock;
    const std::shared_ptr<net::ByteBudget> budget;
    domain::RefusalSink refused; ///< set
    EndpointCounters counters{};
    quint64 lastPacking = 0; ///< numbers the answers that the pool compresses
    OrderedPool pool{settings.poolThreads, settings.poolJobs};
};

} // namespace flowgate::endpoint
