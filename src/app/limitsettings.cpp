// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/limitsettings.h"

#include "app/specmakers.h"

namespace flowgate::app {

using namespace std::chrono_literals;

namespace {

constexpr qint64 kibi = 1024;
constexpr qint64 mebi = 1024 * kibi;

const char *const atOnce = "at once";
const char *const nextConnection = "with the next connection; those that are open stay";
const char *const nextRequest = "with the next request";

qsizetype bytes(const Settings &settings, Setting setting, qint64 unit)
{
    return static_cast<qsizetype>(settings.count(setting) * unit);
}

} // namespace

std::vector<SettingSpec> limitSpecs()
{
    return {
        countSpec(Setting::TelemetryBody, "telemetry.body_size", "16", 1, 256, "MiB",
                  "The largest body of own metrics or logs, as it is received and once it is decompressed, in MiB",
                  nextRequest),
        countSpec(Setting::TelemetryRecords, "telemetry.records", "50000", 100, 1'000'000, "records",
                  "Most points or log lines that are taken from one request; further ones are counted as refused",
                  nextRequest),
        countSpec(Setting::Gateways, "gateways.most", "50000", 1, 1'000'000, "gateways",
                  "Most gateways that are known at a time; new ones beyond are asked to come later, known ones come in",
                  atOnce),
        countSpec(Setting::Connections, "server.connections", "20000", 10, 100'000, "connections",
                  "Most connections at a time", nextConnection),
        countSpec(Setting::ConnectionsPerAddress, "server.connections_per_address", "12000", 1, 100'000, "connections",
                  "Most connections at a time from one address, behind which a whole fleet may stand", nextConnection),
        countSpec(Setting::HeadSize, "server.head_size", "16", 1, 1024, "KiB",
                  "The largest head of a request, its first line and its headers, in KiB", nextConnection),
        lengthSpec(Setting::HeadTime, "server.head_time", "10s", 1s, 5min,
                   "How long the head of a request may take to arrive", nextRequest),
        lengthSpec(Setting::IdleTime, "server.idle_time", "2m", 5s, 1h,
                   "How long a connection may stay open between two requests over HTTP; it should be twice as long as "
                   "gateways poll",
                   nextRequest),
        countSpec(Setting::BodySize, "server.body_size", "64", 1, 256, "MiB",
                  "The largest body of a message over HTTP, as it is received, in MiB", nextRequest),
        countSpec(Setting::BodyInflated, "server.body_inflated", "64", 1, 1024, "MiB",
                  "The largest body of a message over HTTP once it is decompressed, in MiB", nextRequest),
        countSpec(Setting::MessageSize, "server.message_size", "64", 1, 256, "MiB",
                  "The largest message over a WebSocket, in MiB", nextConnection),
        countSpec(Setting::BytesInFlight, "server.bytes_in_flight", "512", 8, 65'536, "MiB",
                  "Most MiB that large messages take while they arrive and are worked on, all connections together",
                  atOnce),
        countSpec(Setting::Unsent, "server.unsent", "8", 1, 1024, "MiB",
                  "How many MiB a gateway may leave unread before its WebSocket is closed", atOnce),
        countSpec(
            Setting::FailedAttempts, "server.failed_attempts", "100", 0, 1'000'000, "requests",
            "How often one address may fail to bring a token that counts within server.failed_within, before it is "
            "told to wait; 0: as often as it likes",
            atOnce),
        lengthSpec(Setting::FailedWithin, "server.failed_within", "1m", 1s, 24h,
                   "The time in which failed attempts of an address count together",
                   "with the next count of an address"),
        lengthSpec(Setting::FailedPause, "server.failed_pause", "1m", 1s, 24h,
                   "How long an address that failed too often is refused; connections that are open stay",
                   "with the next address that fails too often"),
    };
}

net::ServerLimits serverLimits(const Settings &settings)
{
    net::ServerLimits limits;
    limits.connections = static_cast<int>(settings.count(Setting::Connections));
    limits.connectionsPerAddress = static_cast<int>(settings.count(Setting::ConnectionsPerAddress));
    limits.head.bytes = bytes(settings, Setting::HeadSize, kibi);
    limits.headTimeout = settings.length(Setting::HeadTime);
    limits.idleTimeout = settings.length(Setting::IdleTime);
    limits.bytesInFlight = bytes(settings, Setting::BytesInFlight, mebi);
    return limits;
}

endpoint::MessageLimits messageLimits(const Settings &settings)
{
    return {.message = bytes(settings, Setting::MessageSize, mebi),
            .body = bytes(settings, Setting::BodySize, mebi),
            .inflated = bytes(settings, Setting::BodyInflated, mebi),
            .unsent = bytes(settings, Setting::Unsent, mebi)};
}

net::AttemptLimiter::Limits attemptLimits(const Settings &settings)
{
    return {.attempts = static_cast<int>(settings.count(Setting::FailedAttempts)),
            .within = settings.length(Setting::FailedWithin),
            .pause = settings.length(Setting::FailedPause)};
}

telemetry::OtlpLimits otlpLimits(const Settings &settings)
{
    telemetry::OtlpLimits limits;
    limits.records = static_cast<qsizetype>(settings.count(Setting::TelemetryRecords));
    return limits;
}

qsizetype telemetryBodyLimit(const Settings &settings)
{
    return bytes(settings, Setting::TelemetryBody, mebi);
}

} // namespace flowgate::app
