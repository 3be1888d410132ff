// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/gateway.h"

#include <chrono>

namespace flowgate::domain {

/// Where a gateway sends one signal of its own telemetry.
struct TelemetryDestination
{
    QString endpoint;         ///< the whole URL with the signal's path (CS30); empty switches the signal off (CS31)
    QByteArray authorization; ///< value of the Authorization header; empty: none is sent
    /// The gateway's uid as text, for the header OpAMP-Instance-UID: its telemetry is found by it, whatever
    /// service.instance.id that has. Empty: none is sent.
    QByteArray mark{};

    friend bool operator==(const TelemetryDestination &, const TelemetryDestination &) = default;
};

/// How a gateway is to reach us. It replaces all that the gateway has of that, so it is always whole (X11).
struct OpampSettings
{
    QString endpoint;         ///< the whole URL with its path, by the transport that it speaks now; never empty (CS10)
    QByteArray authorization; ///< value of the Authorization header; empty: none is sent; a secret
    QByteArray caPem;         ///< the certificate to trust; empty where nothing is encrypted
    std::chrono::seconds heartbeat{30}; ///< in every offer, 1 or more (CS13, X10)

    friend bool operator==(const OpampSettings &, const OpampSettings &) = default;
};

/// All connection settings of one gateway, as far as we make any. A signal that is not in it stays as it is there
/// (CS3), so that it always names every signal that the gateway can send.
struct ConnectionOffer
{
    std::optional<TelemetryDestination> ownMetrics;
    std::optional<TelemetryDestination> ownLogs;
    std::optional<OpampSettings> opamp;

    /// SHA-256 over every field: another value, another hash (CS2). 32 bytes.
    [[nodiscard]] ConnectionHash hash() const;
    /// Names no place to send to, and none to come to.
    [[nodiscard]] bool isOff() const;

    friend bool operator==(const ConnectionOffer &, const ConnectionOffer &) = default;
};

/// What is wanted of the connections of a gateway.
struct ConnectionWish
{
    TelemetryDestination metrics; ///< an endpoint that is empty means that it is not wanted
    TelemetryDestination logs;
    std::optional<OpampSettings> opamp;
    bool opampHeld = false;  ///< not to be sent now: others try it first, or the gateway is busy
    bool opampAlone = false; ///< the rest follows on the way that it takes then
    bool opampLost = false;  ///< the gateway is another process than the one that was offered anything
    bool markNeeded = false; ///< its telemetry may be found by the mark alone
};

/// Whether it takes settings of how it reaches us, and how often it is to say that it is there would change anything.
/// @source S11, CS1, HB2
[[nodiscard]] bool takesHeartbeat(const Gateway &gateway);

/// What goes into the next message to this gateway; nothing if it has it already, or takes none.
/// A gateway goes to a new connection to take settings of how it reaches us. Those that it was offered before, and did
/// not lose, are not offered there again: it would come and go for ever. One that was offered the same without marks,
/// by an earlier version, keeps that where no mark is needed: other headers make it restart its Collector.
/// @param sent  hash of what went out on the present connection; empty: nothing did
/// @source CS1-CS5, CS10, CS30, CS31, ST8, S11, X11
[[nodiscard]] std::optional<ConnectionOffer> decideConnectionOffer(const Gateway &gateway, const ConnectionWish &wish,
                                                                   const ConnectionHash &sent);

/// The URL that a gateway reaches one of our paths by: of the Host header that it sent.
/// @param host  "192.0.2.7:4320", "[::1]:4320", "gw.example.org"; anything else gives an empty text
[[nodiscard]] QString urlAt(const QString &host, bool encrypted, const QString &path);

/// An address of ours for OpAMP by that transport: "wss://gw/v1/opamp" of "https://gw/v1/opamp".
[[nodiscard]] QString opampUrl(const QString &httpUrl, Transport transport);

} // namespace flowgate::domain
