// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"
#include "domain/time.h"

#include <QStringList>

#include <vector>

namespace flowgate::app {

/// What can be set. Each is wired to what it governs; one that is not does not exist.
enum class Setting {
    TimelineKept,
    EventsKept,
    RolloutWaves,
    RolloutSoak,
    RolloutTimeout,
    HttpSilence,
    AdmissionAutomatic,
    AdmissionUnknownUser,
    AllowedOrigins,
    AllowedHosts,
    HeartbeatInterval,
    HeartbeatGateways,
    TelemetryMetrics,
    TelemetryLogs,
    TelemetryUrl,
    MetricsRaw,
    MetricsKept,
    LogsKept,
    TelemetrySize,
    Gateways, // limits, from here on: see limitsettings.h
    Connections,
    ConnectionsPerAddress,
    HeadSize,
    HeadTime,
    IdleTime,
    BodySize,
    BodyInflated,
    MessageSize,
    BytesInFlight,
    Unsent,
    FailedAttempts,
    FailedWithin,
    FailedPause,
    TelemetryBody,
    TelemetryRecords,
    LogLevel,
};

/// A setting as data, for whoever lists or changes it.
struct SettingSpec
{
    enum class Type {
        Count,    ///< a whole number from least to most
        Length,   ///< a length of time, "30s" or "1h30m", from least to most milliseconds
        Choice,   ///< one of choices
        Waves,    ///< "1,50%,100%"
        Gateways, ///< a selector, or "none"
        Origins,  ///< of web pages, "https://a.example,http://b:8080", or "none"
        Hosts,    ///< names, "host.docker.internal,gw", or "none"
        Url,      ///< "auto", or what stands before a path: "https://gw.example.org:8443"
    };
    Setting setting{};
    QString key; ///< "rollout.soak": part of the contract, and its name in the database
    Type type = Type::Count;
    QString fallback; ///< the default, in canonical form
    qint64 least = 0;
    qint64 most = 0;
    qint64 step = 1; ///< of a length: whole multiples of so many milliseconds only
    QStringList choices{};
    QString unit{};        ///< of a count: "connections"
    QString description{}; ///< one sentence in English
    QString takesEffect{}; ///< "at once", "with the next rollout"…
};

/// All of them, in the order of a list for people.
[[nodiscard]] const std::vector<SettingSpec> &settingSpecs();
[[nodiscard]] const SettingSpec &specOf(Setting setting);
/// Null if no setting has that key.
[[nodiscard]] const SettingSpec *findSetting(const QString &key);

/// A value as it is kept: "90m" for "1h30m", "1,50%" for " 1, 50%".
/// @return  or a sentence that says what the setting takes
[[nodiscard]] domain::Result<QString, QString> canonicalValue(const SettingSpec &spec, const QString &text);
/// What the setting takes, in words: "a length of time from 1s to 1d, such as 30s".
[[nodiscard]] QString rangeText(const SettingSpec &spec);
/// "90s", "36h", "1500ms": the largest unit that says it in a whole number.
[[nodiscard]] QString lengthText(domain::milliseconds length);

} // namespace flowgate::app
