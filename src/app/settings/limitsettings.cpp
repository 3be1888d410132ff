// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settings/limitsettings.h"

namespace flowgate::app {

namespace {

constexpr qint64 kibi = 1024;
constexpr qint64 mebi = 1024 * kibi;

qsizetype bytes(const Settings &settings, Setting setting, qint64 unit)
{
    return static_cast<qsizetype>(settings.count(setting) * unit);
}

} // namespace

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

net::WebRules webRules(const Settings &settings, const std::optional<PublicUrl> &publicUrl)
{
    const auto list = [&settings](Setting setting) {
        const QString text = settings.text(setting);
        return text == QLatin1String("none") ? QStringList() : text.split(u',');
    };
    net::WebRules rules;
    for (const QString &origin : list(Setting::AllowedOrigins)) {
        if (const auto read = net::webOriginFromText(origin.toLatin1()))
            rules.origins.append(*read);
    }
    for (const QString &host : list(Setting::AllowedHosts))
        rules.hosts.append(host.toLatin1());
    if (const auto own = publicUrl ? publicUrl->origin() : std::nullopt) {
        rules.origins.append(*own);
        rules.hosts.append(own->host);
    }
    return rules;
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
