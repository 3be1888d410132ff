// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settings/limitspecs.h"

#include "app/settings/specmakers.h"

namespace flowgate::app {

using namespace std::chrono_literals;

namespace {

const char *const atOnce = "at once";
const char *const nextConnection = "with the next connection; those that are open stay";
const char *const nextRequest = "with the next request";

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

} // namespace flowgate::app
