// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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
    /// Most bytes of a body, as it came and inflated.
    static constexpr qsizetype largestBody = 16 * 1024 * 1024;

    TelemetryIntake(telemetry::OtlpReceiver &receiver, const domain::Clock &clock);

    void serve(telemetry::Signal signal, const net::HttpRequest &request, const net::Responder &responder);

private:
    telemetry::OtlpReceiver &m_receiver;
    const domain::Clock &m_clock;
    endpoint::OrderedPool m_pool{1, 256};
};

/// The value of the header, as it came.
[[nodiscard]] QByteArray contentTypeOf(const net::RequestHead &head);
[[nodiscard]] net::HttpResponse responseOf(const telemetry::OtlpAnswer &answer);

} // namespace flowgate::app
