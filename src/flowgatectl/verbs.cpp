// SPDX-License-Identifier: GPL-3.0-or-later
#include "flowgatectl/verbs.h"

#include "flowgatectl/bundleverbs.h"
#include "flowgatectl/tokenverbs.h"

#include <algorithm>
#include <array>

namespace flowgate::ctl {

namespace {

constexpr QStringView idHelp = u"ID is the UUID, 4 or more of its first or last digits, or the gateway's name.";
constexpr QStringView versionHelp = u"NAME is a config; NAME@3 its version 3, NAME alone the latest.";

const OptionSpec selectorOption{u"selector", u"S",
                                u"labels and attributes, as in Kubernetes: 'env=lab,host.name in (a,b),!retired'; all"};
const OptionSpec sinceOption{u"since", u"TIME", u"how far back, such as 90s, 30m, 1h, 2d"};
const OptionSpec configOption{u"config", u"NAME[@V]", u"the config to roll out; without @V the latest version"};

std::vector<VerbSpec> gatewayVerbs()
{
    return {
        {Verb::GatewaysList,
         u"gateways list",
         u"",
         0,
         0,
         {selectorOption,
          {u"state", u"S", u"a word of any column: lost, unhealthy, drifted; presence:not_observed"},
          {u"at", u"TIME", u"as it was then: 2026-11-23T09:15:00Z, or how long ago, such as 2h"}},
         u"Lists the gateways with their states",
         u""},
        {Verb::GatewaysShow, u"gateways show", u"ID", 1, 1, {}, u"Shows all that is known of a gateway", idHelp},
        {Verb::GatewaysEffective,
         u"gateways effective",
         u"ID",
         1,
         1,
         {{u"file", u"NAME", u"only this one of several files"}},
         u"Prints the effective config as it was received",
         idHelp},
        {Verb::GatewaysHealth, u"gateways health", u"ID", 1, 1, {}, u"Shows the health of each component", idHelp},
        {Verb::GatewaysComponents,
         u"gateways components",
         u"ID",
         1,
         1,
         {},
         u"Lists the components that its Collector is built with",
         idHelp},
        {Verb::GatewaysTimeline,
         u"gateways timeline",
         u"ID",
         1,
         1,
         {sinceOption},
         u"Shows how presence, health and config changed",
         idHelp},
        {Verb::GatewaysMetrics,
         u"gateways metrics",
         u"ID",
         1,
         1,
         {{u"name", u"NAME", u"only this metric, such as otelcol_exporter_sent_spans"}, sinceOption},
         u"Shows the gateway's own metrics",
         u"As they came; points that are older than the setting telemetry.raw stand for 5 minutes each."},
        {Verb::GatewaysLogs,
         u"gateways logs",
         u"ID",
         1,
         1,
         {{u"tail", u"N", u"the newest so many lines; 100 if not given"},
          {u"follow", u"", u"then stream new ones, a JSON object a line, until Ctrl+C"}},
         u"Shows the gateway's own log lines",
         idHelp},
        {Verb::GatewaysLabel,
         u"gateways label",
         u"ID CHANGE…",
         2,
         -1,
         {},
         u"Sets (key=value) and removes (key-) labels",
         idHelp},
        {Verb::GatewaysRestart,
         u"gateways restart",
         u"ID",
         1,
         1,
         {{u"wait", u"", u"until another start time is reported, 60 s at most"}},
         u"Sends the restart command",
         idHelp},
        {Verb::GatewaysAdopt,
         u"gateways adopt",
         u"ID NAME",
         2,
         2,
         {{u"secret", u"PATH=@FILE",
           u"a value that the gateway does not show, from a file (@- is standard input); several are possible", true}},
         u"Takes what a gateway runs into the library, as version 1 of a new config NAME",
         u"What the supervisor and the Collector's defaults add is left out. Hidden values become ${env:…}, and are\n"
         u"listed. Nothing is sent."},
        {Verb::GatewaysLink,
         u"gateways link",
         u"OLD NEW",
         2,
         2,
         {},
         u"Says that NEW is OLD, which restarted with a new id: one record with both histories",
         u"OLD must be gone. Its labels, wanted config and history go on under NEW. 'gateways show NEW' names the one\n"
         u"that it looks like, if any."},
        {Verb::GatewaysApprove, u"gateways approve", u"ID", 1, 1, {}, u"Lets a gateway that waits get configs", idHelp},
        {Verb::GatewaysReject,
         u"gateways reject",
         u"ID",
         1,
         1,
         {},
         u"Gives a gateway nothing more, and turns it away",
         idHelp},
        {Verb::GatewaysForget,
         u"gateways forget",
         u"[ID]",
         0,
         1,
         {selectorOption,
          {u"state", u"S", u"with --selector: only those in this state: lost, left, presence:not_observed"},
          {u"dry-run", u"", u"with --selector: only lists them"}},
         u"Removes a gateway with its history, or all that a selector names",
         u"Name a gateway or --selector. ID is the UUID, 4 or more of its first or last digits, or the gateway's name. "
         u"A gateway that still runs comes back as a new one."},
    };
}

std::vector<VerbSpec> configVerbs()
{
    return {
        {Verb::ConfigsList, u"configs list", u"", 0, 0, {}, u"Lists the configs of the library", u""},
        {Verb::ConfigsShow,
         u"configs show",
         u"NAME[@V]",
         1,
         1,
         {{u"file", u"NAME", u"only this one of several files"}},
         u"Prints the files of a version as they were saved",
         versionHelp},
        {Verb::ConfigsAdd,
         u"configs add",
         u"NAME FILE…",
         2,
         -1,
         {{u"message", u"M", u"why, kept with the version"}},
         u"Saves files as a new version",
         u"Unchanged files make no new version. Nothing is sent to any gateway: that is what 'rollouts start' does.\n"
         u"A FILE of - reads standard input, which is saved as config.yaml. Files are UTF-8, 16 MiB together at most."},
        {Verb::ConfigsDiff,
         u"configs diff",
         u"NAME[@A] [NAME[@B]]",
         1,
         2,
         {{u"gateway", u"ID", u"compare with what this gateway says it runs"},
          {u"structure", u"", u"only where they differ in meaning: order and spelling do not count"}},
         u"Compares two versions, or one with a gateway",
         versionHelp},
        {Verb::ConfigsCopy,
         u"configs copy",
         u"NAME[@V] NEW",
         2,
         2,
         {},
         u"Makes a new config of a version of another",
         versionHelp},
        {Verb::ConfigsTag,
         u"configs tag",
         u"NAME CHANGE…",
         2,
         -1,
         {},
         u"Adds (tag) and takes away (tag-) tags of a config",
         u""},
        {Verb::ConfigsArchive,
         u"configs archive",
         u"NAME",
         1,
         1,
         {},
         u"Puts a config away: it takes no new version and no rollout",
         u"Gateways that run it keep it."},
        {Verb::ConfigsUnarchive, u"configs unarchive", u"NAME", 1, 1, {}, u"Takes a config out of the archive", u""},
        {Verb::ConfigsDelete,
         u"configs delete",
         u"NAME",
         1,
         1,
         {},
         u"Deletes a config that nobody uses",
         u"Refused while a gateway should run it or a rollout gives it out. 'configs undelete' brings it back."},
        {Verb::ConfigsUndelete,
         u"configs undelete",
         u"NAME",
         1,
         1,
         {},
         u"Brings a deleted config back, with all its versions",
         u""},
        {Verb::ConfigsSearch,
         u"configs search",
         u"TEXT",
         1,
         1,
         {},
         u"Finds lines in all versions of all configs",
         u"Upper and lower case are the same. At most 500 lines."},
        {Verb::ConfigsSync,
         u"configs sync",
         u"DIR",
         1,
         1,
         {{u"dry-run", u"", u"only say what would be done"},
          {u"message", u"M", u"why, kept with the versions that are made"}},
         u"Brings the library and a folder of plain files into step, both ways",
         u"DIR/NAME/FILE holds the newest version of each config; keep it in git. What changed in the folder becomes "
         u"a\n"
         u"version, what changed in the library becomes files. What changed on both sides is a conflict: it is shown,\n"
         u"and left as it is. A config whose files were deleted stays in the library."},
        {Verb::ConfigsCheck,
         u"configs check",
         u"FILE",
         1,
         1,
         {{u"gateway", u"ID", u"also against the components that this gateway's Collector is built with"},
          {u"collector", u"BINARY", u"also by 'BINARY validate' on this machine, 30 s at most"}},
         u"Looks for problems in a config",
         u"A FILE of - reads standard input. The exit code is 1 if there is any error; warnings alone leave it at 0.\n"
         u"Only --gateway needs a control plane. A config that a gateway completes from a file of its own has errors\n"
         u"here, as in 'rollouts start': what that file holds is not known."},
    };
}

std::vector<VerbSpec> rolloutVerbs()
{
    return {
        {Verb::RolloutsPreview,
         u"rollouts preview",
         u"",
         0,
         0,
         {configOption, selectorOption},
         u"Says whom a rollout would reach, and what speaks against it",
         u""},
        {Verb::RolloutsStart,
         u"rollouts start",
         u"",
         0,
         0,
         {configOption,
          selectorOption,
          {u"waves", u"LIST", u"share of all targets reached by the end of each wave, or a count: 1,50%,100%"},
          {u"soak", u"TIME", u"how long each must stay healthy: 30s"},
          {u"timeout", u"TIME", u"from sending until applied and healthy: 60s"},
          {u"no-rollback", u"", u"leave a failed gateway as it is"},
          {u"force", u"", u"in spite of verdicts and of errors in the config"},
          {u"wait", u"", u"until nothing more can happen by itself"}},
         u"Rolls a config out, wave after wave, and prints the rollout's id",
         u"With --wait the exit code is 0 only if it succeeded. Stopping flowgatectl does not stop the rollout."},
        {Verb::RolloutsList, u"rollouts list", u"", 0, 0, {}, u"Lists the rollouts, newest first", u""},
        {Verb::RolloutsShow, u"rollouts show", u"ID", 1, 1, {}, u"Shows a rollout with each of its targets", u""},
        {Verb::RolloutsHalt, u"rollouts halt", u"ID", 1, 1, {}, u"Stops before the next gateway", u""},
        {Verb::RolloutsResume, u"rollouts resume", u"ID", 1, 1, {}, u"Tries what failed once more, then goes on", u""},
        {Verb::RolloutsRollback, u"rollouts rollback", u"ID", 1, 1, {}, u"Puts the last proven version back", u""},
        {Verb::RolloutsEnd,
         u"rollouts end",
         u"ID",
         1,
         1,
         {},
         u"Ends it: gateways that appear later do not get it",
         u""},
    };
}

std::vector<VerbSpec> makeVerbs()
{
    std::vector<VerbSpec> all{{Verb::Status, u"status", u"", 0, 0, {}, u"Shows how the control plane is doing", u""}};
    for (const auto &part : {gatewayVerbs(), configVerbs(), rolloutVerbs()})
        all.insert(all.end(), part.begin(), part.end());
    all.push_back({Verb::SettingsGet,
                   u"settings get",
                   u"[KEY]",
                   0,
                   1,
                   {},
                   u"Shows the settings, or one with all that is known of it",
                   u""});
    all.push_back({Verb::SettingsSet,
                   u"settings set",
                   u"KEY VALUE",
                   2,
                   2,
                   {},
                   u"Changes a setting",
                   u"A VALUE of 'default' takes the change back. 'settings get KEY' says what a setting takes."});
    for (const VerbSpec &token : tokenVerbs())
        all.push_back(token);
    for (const VerbSpec &bundle : bundleVerbs())
        all.push_back(bundle);
    all.push_back({Verb::Events,
                   u"events",
                   u"",
                   0,
                   0,
                   {sinceOption, {u"follow", u"", u"stream new ones, a JSON object a line, until Ctrl+C"}},
                   u"Shows who did what, and what happened",
                   u""});
    all.push_back({Verb::Watch,
                   u"watch",
                   u"",
                   0,
                   0,
                   {},
                   u"Streams changes of gateways, a JSON object a line, until Ctrl+C",
                   u""});
    return all;
}

} // namespace

const std::vector<VerbSpec> &verbs()
{
    static const std::vector<VerbSpec> all = makeVerbs();
    return all;
}

const std::vector<OptionSpec> &commonOptions()
{
    static const std::vector<OptionSpec> all{
        {u"data", u"DIR",
         u"the control plane's folder; $XDG_DATA_HOME/flowgate or ~/.local/share/flowgate if not given"},
        {u"json", u"", u"print one JSON document; a stream prints one a line in any case"},
        {u"help", u"", u"explain the program or the verb"},
        {u"version", u"", u"print the version"},
    };
    return all;
}

const VerbSpec *findVerb(QStringView words)
{
    const auto found = std::ranges::find(verbs(), words, &VerbSpec::words);
    return found == verbs().end() ? nullptr : &*found;
}

const OptionSpec *findOption(const VerbSpec &verb, QStringView name)
{
    const auto found = std::ranges::find(verb.options, name, &OptionSpec::name);
    return found == verb.options.end() ? nullptr : &*found;
}

const OptionSpec *findOption(QStringView name)
{
    const auto common = std::ranges::find(commonOptions(), name, &OptionSpec::name);
    if (common != commonOptions().end())
        return &*common;
    for (const VerbSpec &verb : verbs()) {
        if (const OptionSpec *option = findOption(verb, name))
            return option;
    }
    return nullptr;
}

std::vector<const VerbSpec *> verbsOf(QStringView word)
{
    std::vector<const VerbSpec *> found;
    for (const VerbSpec &verb : verbs()) {
        if (verb.words.startsWith(word) && verb.words.size() > word.size() && verb.words[word.size()] == u' ')
            found.push_back(&verb);
    }
    return found;
}

bool isOfLaterRelease(QStringView words)
{
    constexpr std::array<QStringView, 1> later{u"setup"};
    return std::ranges::find(later, words) != later.end();
}

} // namespace flowgate::ctl
