// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <array>
#include <functional>
#include <numeric>
#include <optional>

namespace flowgate::domain {

/// Why a request, message or connection was refused: a limit that was reached, a credential that does not count, or
/// something that is not served here.
enum class Refusal {
    Connections,           ///< too many in all: 503
    ConnectionsPerAddress, ///< too many from one address: 429
    Handshakes,            ///< TLS handshakes, too many at a time or too slow: dropped, since there is no way to answer
    HeadSize,              ///< of a request: 431
    HeadTime,              ///< the head did not arrive in time: 408, or dropped where not a byte came
    BodySize,              ///< as received or inflated: 413
    BodyTime,              ///< the body did not arrive in time: 408
    MessageSize,           ///< of a WebSocket: closed, 1009
    BytesInFlight,         ///< of large messages, in all: 503, or closed, 1013
    SlowReader,            ///< takes no answers: closed, 1013, or dropped
    Overload,              ///< too much waits to be worked on: 503, or Unavailable
    Gateways,              ///< a new one, beyond those that are known at most: 503, or Unavailable
    NotAdmitted,           ///< no token that counts: 401 or 403; or rejected by the operator: 403
    FailedAttempts,        ///< its address failed too often to bring such a token: 429
    WrongHost,             ///< on a loopback listener, a Host that is no name of this computer: 421
    WrongOrigin,           ///< the Origin of a web page that is not ours: 403
    WrongPath,             ///< no route has the path: 404
    WrongMethod,           ///< the route does not serve the method: 405
    WrongContentType,      ///< a Content-Type or Content-Encoding that is not accepted: 415
    TlsOnPlain,            ///< a TLS ClientHello on a port without TLS: 400 in plain text, closed
    PlainOnTls,            ///< plain HTTP on a TLS port: dropped
    Malformed,             ///< a head, body or message that does not parse: 400, 426, 501, 505 or a BadRequest reply
    UnmatchedTelemetry,    ///< internal telemetry that belongs to no gateway, or to several: not taken, said in the 200
};

inline constexpr std::size_t refusalKinds = 23;
/// All kinds, in the order of a list for people.
[[nodiscard]] const std::array<Refusal, refusalKinds> &allRefusals();

/// "connections_per_address": the same in status and events.
[[nodiscard]] QString word(Refusal value);

/// How many of each kind.
class RefusalCounts
{
public:
    void add(Refusal kind) { ++m_counts[static_cast<std::size_t>(kind)]; }
    [[nodiscard]] quint64 of(Refusal kind) const { return m_counts[static_cast<std::size_t>(kind)]; }
    [[nodiscard]] quint64 total() const { return std::accumulate(m_counts.begin(), m_counts.end(), quint64(0)); }

    friend bool operator==(const RefusalCounts &, const RefusalCounts &) = default;

private:
    std::array<quint64, refusalKinds> m_counts{};
};

/// Is told of each refusal, with who was refused: "192.0.2.7:51234".
using RefusalSink = std::function<void(Refusal, const QString &peer)>;

} // namespace flowgate::domain
