// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/effectiveconfig.h"

namespace flowgate::collector {

struct ContainOptions
{
    /// We offered own telemetry: the readers and processors for it are ours, also inside lists that wanted has.
    bool ownTelemetryOffered = false;
    int maxReports = 200; ///< most differences, additions and unverified values listed, each
    YamlLimits limits{};
};

/// One place where effective does not have what is wanted. Values under keys that name a secret are hidden.
struct Difference
{
    enum class Kind { Missing, Different };

    QString path{};
    Kind kind = Kind::Different;
    QString wanted{};    ///< one line of flow style, cut at 200 characters
    QString effective{}; ///< empty if missing
    QString wantedFile{};
    int wantedLine = 0;
    int effectiveLine = 0; ///< of the nearest thing that is there, if missing

    friend bool operator==(const Difference &, const Difference &) = default;
};

/// Something that effective has and wanted does not. Never a reason for drift.
struct Addition
{
    enum class Kind {
        Supervisor,   ///< opamp extension, service::telemetry
        OwnTelemetry, ///< what we offered
        GatewayOwn,   ///< a component or pipeline of the gateway's own files
        Default,      ///< a value that the Collector filled in
    };

    QString path{};
    Kind kind = Kind::Default;
    int line = 0;
    int lastLine = 0;

    friend bool operator==(const Addition &, const Addition &) = default;
};

/// A wanted value that counts as there though the report does not show it. What is masked, a reference or not shown
/// cannot be compared: effective has something there, and nobody knows whether it is what is wanted.
struct Unverified
{
    enum class Why {
        Masked,    ///< [REDACTED]
        Reference, ///< ${…} was filled in at the gateway, maybe by a whole section
        LeftOut,   ///< a zero value (false, 0, "", []), which the Collector does not report
        NotShown,  ///< comes back as {}: the Collector has no text for it
        Switch,    ///< "enabled" of a section: the section being there, or null, is how it shows
    };

    QString path{};
    Why why = Why::Masked;
    int wantedLine = 0;
    int effectiveLine = 0;

    friend bool operator==(const Unverified &, const Unverified &) = default;
};

struct ContainmentResult
{
    /// Why there is no answer.
    enum class Obstacle {
        None,
        TooLarge,   ///< a side is beyond a limit
        Unreadable, ///< a side is not YAML, no config, or more than the one document that a Collector reads
    };

    bool contains = false; ///< false with an obstacle
    Obstacle obstacle = Obstacle::None;
    QString why{};       ///< of an obstacle, a sentence without its full stop: "too large to compare: …"
    int notCompared = 0; ///< values that cannot be compared, also those beyond the list
    std::vector<Difference> differences;
    std::vector<Addition> byDesign; ///< Supervisor, OwnTelemetry; by line
    std::vector<Addition> others;   ///< GatewayOwn, Default; by line
    std::vector<Unverified> unverified;
    Problems wantedProblems;
    Problems effectiveProblems;
    bool truncated = false; ///< a list reached maxReports; contains is right all the same
};

/// Whether a gateway's effective config has everything that is wanted (RC10). Of the entries of @p effective only what
/// runs is compared, see readEffective(). A side that cannot be read to its end gives an obstacle and its problems.
/// @thread any; pure
[[nodiscard]] ContainmentResult contains(const domain::ConfigSet &wanted, const domain::ConfigSet &effective,
                                         const ContainOptions &options = {});
/// The same with trees, for a wanted config that is compared with many gateways.
[[nodiscard]] ContainmentResult contains(const ConfigTree &wanted, const ConfigTree &effective,
                                         const ContainOptions &options = {});

} // namespace flowgate::collector
