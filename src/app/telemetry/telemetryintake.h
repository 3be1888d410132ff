// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/journal/refusals.h"
#include "domain/clock.h"
#include "endpoint/orderedpool.h"
#include "net/http.h"
#include "telemetry/otlpreceiver.h"

namespace flowgate::app {

/// From a request with own telemetry to its answer. Small ones are read at once; big ones, and small ones that inflate
/// to big ones, in a thread of its own, so that no gateway waits for another's.
/// @thread io
class TelemetryIntake
{
public:
    TelemetryIntake(telemetry::OtlpReceiver &receiver, const domain::Clock &clock, Refusals &refusals);

    /// Most bytes of a body, inflated; from the next request on.
    void setLargestBody(qsizetype bytes) { m_largestBody = bytes; }
    /// @param recipients  asked on this thread when the body was read
    void serve(telemetry::Signal signal, const net::HttpRequest &request, telemetry::Recipients recipients,
               const net::Responder &responder);

private:
    telemetry::OtlpReceiver &m_receiver;
    const domain::Clock &m_clock;
    Refusals &m_refusals;
    qsizetype m_largestBody = 16 * 1024 * 1024;
    endpoint::OrderedPool m_pool{1, 256};
};

/// The value of the header, as it came.
[[nodiscard]] QByteArray contentTypeOf(const net::RequestHead &head);
[[nodiscard]] net::HttpResponse responseOf(const telemetry::OtlpAnswer &answer);

} // namespace flowgate::app
