// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/gateway.h"

namespace flowgate::domain {

/// Where a gateway sends one signal of its own telemetry.
struct TelemetryDestination
{
    QString endpoint;         ///< the whole URL with the signal's path (CS30); empty switches the signal off (CS31)
    QByteArray authorization; ///< value of the Authorization header; empty: none is sent

    friend bool operator==(const TelemetryDestination &, const TelemetryDestination &) = default;
};

/// All connection settings of one gateway, as far as we make any. A signal that is not in it stays as it is there
/// (CS3), so that it always names every signal that the gateway can send.
struct ConnectionOffer
{
    std::optional<TelemetryDestination> ownMetrics;
    std::optional<TelemetryDestination> ownLogs;

    /// SHA-256 over every field: another value, another hash (CS2). 32 bytes.
    [[nodiscard]] ConnectionHash hash() const;
    /// Names no place to send to.
    [[nodiscard]] bool isOff() const;

    friend bool operator==(const ConnectionOffer &, const ConnectionOffer &) = default;
};

/// Where the own telemetry of a gateway is to go; an endpoint that is empty means that it is not wanted.
struct TelemetryWish
{
    TelemetryDestination metrics;
    TelemetryDestination logs;
};

/// What goes into the next message to this gateway; nothing if it has it already, or takes none.
/// @param sent  hash of what went out on the present connection; empty: nothing did
/// @source CS1-CS5, CS30, CS31, ST8, S11
[[nodiscard]] std::optional<ConnectionOffer> decideConnectionOffer(const Gateway &gateway, const TelemetryWish &wish,
                                                                   const ConnectionHash &sent);

/// The URL that a gateway reaches one of our paths by: of the Host header that it sent.
/// @param host  "192.0.2.7:4320", "[::1]:4320", "gw.example.org"; anything else gives an empty text
[[nodiscard]] QString urlAt(const QString &host, bool encrypted, const QString &path);

} // namespace flowgate::domain
