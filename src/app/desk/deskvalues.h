// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/tls/tlsfacts.h"
#include "domain/gateway.h"
#include "domain/refusal.h"
#include "domain/rollout.h"
#include "domain/timeline.h"
#include "domain/unmatchedtelemetry.h"

#include <QHash>
#include <QMap>
#include <QStringList>

#include <vector>

// What goes into the desk's operations and comes out of them.
namespace flowgate::app {

/// How the whole is doing, as numbers.
struct Status
{
    QString version;
    domain::milliseconds uptime{};
    QStringList endpoints;
    QString publicEndpoint;      ///< of --public-url; empty: none
    std::optional<TlsFacts> tls; ///< nothing: it is spoken nowhere
    int gateways = 0;
    QMap<QString, int> presence; ///< by the state's word
    QMap<QString, int> health;
    QMap<QString, int> config;
    qint64 databaseBytes = 0;
    QString databaseTrouble;                          ///< empty: all is well
    qint64 memoryBytes = 0;                           ///< resident
    std::optional<domain::WallTime> networkGoneSince; ///< nothing: this machine has one, or nobody needs it
    quint64 messages = 0;                             ///< from gateways since the start
    domain::RefusalCounts refusals;                   ///< since the start
    domain::UnmatchedTally unmatched;                 ///< internal telemetry of no known gateway, since the start
};

/// A wish to roll out.
struct RolloutWish
{
    QString config; ///< "base" or "base@3"
    QString selector;
    domain::RolloutOptions options;
    QString by = QStringLiteral("operator");
};

/// A wish to draw the past of gateways.
struct TimelineWish
{
    std::vector<domain::GatewayId> gateways; ///< the empty id: what happened to no gateway
    domain::TimelineWindow window;
    bool everyEvent = false; ///< also those that tell what the spans tell
    int mostMarks = 500;     ///< of one gateway, the newest so many
};

/// A wish to see own metrics of a gateway.
struct MetricsWish
{
    domain::GatewayId gateway;
    QString name; ///< of one metric; empty: all
    domain::WallTime from{};
    domain::WallTime to{};
};

/// A wish to see own log lines of a gateway.
struct LogsWish
{
    domain::GatewayId gateway;
    domain::WallTime from{};
    domain::WallTime to{};
    int leastSeverity = 0; ///< SeverityNumber of OTLP
    QString text;          ///< to be found in a line or its scope, in any case; empty: any
    int limit = 1000;      ///< the newest so many
};

/// Why there may be no telemetry of a gateway.
struct TelemetryGap
{
    QString hindrance; ///< a sentence about why it is not asked for any; empty: nothing is in the way
    std::optional<domain::UnmatchedSource> unmatched; ///< telemetry of no known gateway that came from near it
    bool isItsAddress = false;                        ///< that came from the gateway's own address
};

/// A wish to take what a gateway runs into the library.
struct AdoptWish
{
    domain::GatewayId gateway;
    QString name;                    ///< of the new config
    QHash<QString, QString> secrets; ///< by path, for values that the gateway does not show
};

struct Adopted
{
    struct Secret
    {
        QString path;
        QString variable; ///< of the environment, which stands there unless it was given
        bool given = false;
    };
    domain::ConfigRef ref;
    std::vector<Secret> secrets;
};

/// A line of some version that holds what was searched for.
struct ConfigHit
{
    QString config;
    int version = 0;
    QString file;
    int line = 0; ///< from 1
    QString text; ///< of the line, 300 characters at most

    friend bool operator==(const ConfigHit &, const ConfigHit &) = default;
};

struct ConfigSummary
{
    QString name;
    int latest = 0;
    int gateways = 0;   ///< that should run any version of it
    QStringList tags{}; ///< sorted
    bool isArchived = false;

    friend bool operator==(const ConfigSummary &, const ConfigSummary &) = default;
};

/// What can be done to a config as a whole.
struct ConfigAct
{
    enum class Kind { Tag, Archive, Unarchive, Delete, Undelete };
    Kind kind = Kind::Tag;
    QString config;
    QStringList tags{}; ///< of Tag: "x" adds it, "x-" takes it away
    QString by = QStringLiteral("operator");
};

} // namespace flowgate::app
