// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"
#include "telemetry/otlpanswer.h"
#include "telemetry/records.h"

#include <QByteArrayView>

namespace flowgate::telemetry {

/// How much of one request is taken. The router limits bytes, this limits what they unfold to.
struct OtlpLimits
{
    qsizetype fields = 1'000'000; ///< protobuf fields of the whole request; more is refused altogether
    qsizetype records = 50'000;   ///< points or lines; further ones are counted as refused
    qsizetype attributes = 64;    ///< of one record; further ones are left out
    qsizetype text = 16 * 1024;   ///< UTF-16 units of one text, bytes of one bytes value; longer ones are cut
    qsizetype steps = 512;        ///< of one distribution; with more it comes without them
};

/// Records that were not taken, by reason.
struct Refused
{
    qint64 overLimit = 0; ///< beyond OtlpLimits::records

    friend bool operator==(const Refused &, const Refused &) = default;
};

template<typename Record>
struct Decoded
{
    std::vector<Batch<Record>> batches; ///< one a resource, not given to a gateway yet
    Refused refused;
};

/// Why a request is refused altogether.
enum class OtlpFailure {
    TooManyFields, ///< see OtlpLimits::fields
    Malformed,     ///< not the message it should be
};

/// Reads an ExportMetricsServiceRequest.
/// @param body     inflated; empty protobuf is a valid request without records
/// @param arrival  the time of records that bring none
/// @thread any
/// @source OTLP 1.x; gateway.md "Own telemetry"
[[nodiscard]] domain::Result<Decoded<MetricPoint>, OtlpFailure> decodeMetrics(QByteArrayView body,
                                                                              domain::WallTime arrival,
                                                                              const OtlpLimits &limits,
                                                                              Encoding encoding = Encoding::Protobuf);

/// Reads an ExportLogsServiceRequest; all else as decodeMetrics().
[[nodiscard]] domain::Result<Decoded<LogLine>, OtlpFailure> decodeLogs(QByteArrayView body, domain::WallTime arrival,
                                                                       const OtlpLimits &limits,
                                                                       Encoding encoding = Encoding::Protobuf);

} // namespace flowgate::telemetry
