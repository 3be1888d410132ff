// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace flowgate::telemetry {

enum class Signal { Metrics, Logs };

/// How a body is written.
enum class Encoding { Protobuf, Json };

/// One HTTP answer.
struct OtlpAnswer
{
    int status = 200;
    QByteArray contentType;
    QByteArray body;
    std::optional<int> retryAfterSeconds; ///< for the header Retry-After; only with 503

    friend bool operator==(const OtlpAnswer &, const OtlpAnswer &) = default;
};

// Each is written in the encoding of its request.

/// 200: taken, but for @p refused records (points or lines) for the reason @p why.
/// @source OTLP/HTTP: "Full Success", "Partial Success"
[[nodiscard]] OtlpAnswer taken(Signal signal, Encoding encoding, qint64 refused, const QString &why);

/// 400: the content is at fault, sending it again is of no use.
[[nodiscard]] OtlpAnswer badRequest(Encoding encoding, const QString &why);
/// 415.
[[nodiscard]] OtlpAnswer unsupportedMedia(Encoding encoding, const QString &why);
/// 503: the client may send the same again.
[[nodiscard]] OtlpAnswer busy(Encoding encoding, const QString &why, int retryAfterSeconds);

} // namespace flowgate::telemetry
