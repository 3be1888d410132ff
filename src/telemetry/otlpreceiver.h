// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/clock.h"
#include "domain/telemetryowner.h"
#include "telemetry/otlpanswer.h"
#include "telemetry/otlpcodec.h"
#include "telemetry/telemetrysink.h"

#include <functional>
#include <variant>

namespace flowgate::telemetry {

/// One request after decoding: the answer already, or records that wait for a sink.
struct OtlpWork
{
    Encoding encoding = Encoding::Protobuf; ///< of the request, and so of the answer
    std::variant<OtlpAnswer, Decoded<MetricPoint>, Decoded<LogLine>> result;
};

/// Whether the client of a request may send for this gateway; empty: for all.
using MaySendFor = std::function<bool(const domain::GatewayId &)>;
/// Whose the telemetry of a resource with this service.instance.id is.
using OwnerOf = std::function<domain::Result<domain::GatewayId, domain::NoOwner>(const QString &instanceId)>;

/// Who may get what one request brings.
struct Recipients
{
    OwnerOf ownerOf{};       ///< empty: the gateway whose uid the id is
    MaySendFor maySendFor{}; ///< is asked for an owner that was found
};

/// How a body of this content type is written, parameters and case ignored; nothing for one that is not taken.
[[nodiscard]] std::optional<Encoding> encodingOf(QByteArrayView contentType);
/// 415 for a content type that is not taken.
[[nodiscard]] OtlpAnswer wrongType();

/// The costly half: reads the body.
/// @param contentType  the request header's value as received; parameters and case do not matter
/// @param body         inflated
/// @thread any, so that large bodies can be read in the pool
[[nodiscard]] OtlpWork decodeRequest(Signal signal, QByteArrayView contentType, QByteArrayView body,
                                     domain::WallTime arrival, const OtlpLimits &limits);

/// OTLP/HTTP for the gateways' own metrics and logs: request values in, an answer out. The router checks path, method,
/// credentials and size, and inflates, before.
/// @thread io
/// @source OTLP/HTTP 1.x: protobuf and JSON encoding
class OtlpReceiver
{
public:
    OtlpReceiver(TelemetrySink &sink, const domain::Clock &clock, const OtlpLimits &limits = {});

    /// From the next request on.
    void setLimits(const OtlpLimits &limits) { m_limits = limits; }
    [[nodiscard]] const OtlpLimits &limits() const { return m_limits; }
    /// Decodes and delivers at once.
    [[nodiscard]] OtlpAnswer answer(Signal signal, QByteArrayView contentType, QByteArrayView body);
    /// The second half of answer(), for work that was decoded elsewhere. What comes for a gateway that the client may
    /// not send for, and what belongs to none, is counted as refused (SEC7).
    [[nodiscard]] OtlpAnswer deliver(OtlpWork work, const Recipients &recipients = {});

private:
    TelemetrySink &m_sink;
    const domain::Clock &m_clock;
    OtlpLimits m_limits;
};

} // namespace flowgate::telemetry
