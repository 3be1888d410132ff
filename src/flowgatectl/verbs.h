// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

#include <vector>

namespace flowgate::ctl {

/// What the program can do. The words, operands and options of each are data, in verbs().
enum class Verb {
    Status,
    GatewaysList,
    GatewaysShow,
    GatewaysEffective,
    GatewaysHealth,
    GatewaysComponents,
    GatewaysTimeline,
    GatewaysMetrics,
    GatewaysLogs,
    GatewaysLabel,
    GatewaysRestart,
    GatewaysLink,
    GatewaysApprove,
    GatewaysReject,
    GatewaysForget,
    GatewaysAdopt,
    ConfigsList,
    ConfigsShow,
    ConfigsAdd,
    ConfigsDiff,
    ConfigsCheck,
    ConfigsCopy,
    ConfigsSearch,
    ConfigsSync,
    ConfigsTag,
    ConfigsArchive,
    ConfigsUnarchive,
    ConfigsDelete,
    ConfigsUndelete,
    RolloutsPreview,
    RolloutsStart,
    RolloutsList,
    RolloutsShow,
    RolloutsHalt,
    RolloutsResume,
    RolloutsRollback,
    RolloutsEnd,
    SettingsGet,
    SettingsSet,
    TokensCreate,
    TokensList,
    TokensRevoke,
    BundleExport,
    BundleImport,
    Events,
    Watch,
};

struct OptionSpec
{
    QStringView name;  ///< without the dashes
    QStringView value; ///< what stands for its value in the help; empty for a switch
    QStringView help;
    bool repeats = false; ///< may be given several times; the values are then lines of one text

    [[nodiscard]] bool takesValue() const { return !value.isEmpty(); }
};

struct VerbSpec
{
    Verb verb;
    QStringView words;    ///< "gateways show", also its name on the control socket
    QStringView operands; ///< as the help shows them: "ID", "NAME FILE…"
    qsizetype least;      ///< count of operands
    qsizetype most;       ///< -1: no limit
    std::vector<OptionSpec> options;
    QStringView summary; ///< one line
    QStringView details; ///< more lines for the verb's own help; may be empty
};

/// Every verb of this release, in the order of the help.
[[nodiscard]] const std::vector<VerbSpec> &verbs();
/// Options that stand with any verb, or alone.
[[nodiscard]] const std::vector<OptionSpec> &commonOptions();

[[nodiscard]] const VerbSpec *findVerb(QStringView words);
/// An option of that name, whichever verb has it: a name means the same with each.
[[nodiscard]] const OptionSpec *findOption(QStringView name);
[[nodiscard]] const OptionSpec *findOption(const VerbSpec &verb, QStringView name);
/// The verbs that begin with @p word: {"gateways list", …} for "gateways".
[[nodiscard]] std::vector<const VerbSpec *> verbsOf(QStringView word);
/// Whether the contract knows this verb, yet this release does not have it: "tokens create".
[[nodiscard]] bool isOfLaterRelease(QStringView words);

} // namespace flowgate::ctl
