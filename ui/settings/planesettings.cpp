// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/planesettings.h"

#include "ui/settings/limitwords.h"

#include <QCoreApplication>

namespace flowgate::ui {

using models::Setting;
using Key = app::Setting;
using Type = app::SettingSpec::Type;

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(flowgate::PlaneSettings)
};

SettingWords wordsOf(const app::SettingSpec &spec)
{
    const QString pruned = Texts::tr("Within the hour; what is gone then does not come back");
    const QString nextRollout = Texts::tr("With the next rollout that does not say it itself");
    const QString restarts = Texts::tr("At once; gateways restart their collector for it");
    switch (spec.setting) {
    case Key::TimelineKept:
        return {Texts::tr("History"), Texts::tr("Keep timelines for"),
                Texts::tr("Timelines of gateways, and the effective configs that rollouts ended with."), pruned};
    case Key::EventsKept:
        return {Texts::tr("History"), Texts::tr("Keep events for"), Texts::tr("What was done and what happened."),
                pruned};
    case Key::RolloutWaves:
        return {Texts::tr("Rollouts"), Texts::tr("Waves"),
                Texts::tr("The share of all targets, or their count, reached by the end of each wave."), nextRollout};
    case Key::RolloutSoak:
        return {Texts::tr("Rollouts"), Texts::tr("Stay healthy for"),
                Texts::tr("How long a target must stay healthy before it counts as proven."), nextRollout};
    case Key::RolloutTimeout:
        return {Texts::tr("Rollouts"), Texts::tr("Applied within"),
                Texts::tr("From sending until a target has applied it and is healthy; staying healthy comes on top."),
                nextRollout};
    case Key::HttpSilence:
        return {
            Texts::tr("Gateways"), Texts::tr("Silence of a gateway that polls"),
            Texts::tr(
                "How long a gateway that polls over HTTP may say nothing before it counts as silent; one that polls "
                "more seldom has three of its own intervals."),
            Texts::tr("At once")};
    case Key::AdmissionAutomatic:
        return {Texts::tr("Gateways"), Texts::tr("Approve by itself"),
                Texts::tr("Which new gateways get configs and commands without anybody's approval."),
                Texts::tr("With the next connection; who was approved or rejected stays so")};
    case Key::AdmissionUnknownUser:
        return {Texts::tr("Gateways"), Texts::tr("Unknown user on this computer"),
                Texts::tr("As whose a connection to a loopback address counts where the system does not tell which "
                          "user it is of."),
                Texts::tr("With the next connection")};
    case Key::AllowedOrigins:
        return {Texts::tr("Web pages"), Texts::tr("Allowed origins"),
                Texts::tr("Web pages that may reach this control plane. Those of other origins are refused."),
                Texts::tr("With the next request")};
    case Key::AllowedHosts:
        return {Texts::tr("Web pages"), Texts::tr("Names of this computer"),
                Texts::tr("Names, beside localhost, by which gateways may reach a loopback address. A request for "
                          "another name is refused, since a web page could make it lead here."),
                Texts::tr("With the next request")};
    case Key::HeartbeatInterval:
        return {Texts::tr("Gateways"), Texts::tr("Heartbeat"),
                Texts::tr("How often a gateway that is told so says that it is there; one that polls over HTTP asks so "
                          "often."),
                Texts::tr("At once: one gateway tries it, the others follow when it came back")};
    case Key::HeartbeatGateways:
        return {
            Texts::tr("Gateways"), Texts::tr("Tell the heartbeat to"),
            Texts::tr("This replaces all that a gateway has of its connection to here. It comes back by the address "
                      "that it came by, with the same token; whatever else its supervisor was started with for that "
                      "(other headers, a client certificate, another way to check ours) is gone until its "
                      "supervisor starts anew."),
            Texts::tr("At once: one gateway tries it, the others follow when it came back; who was told keeps it "
                      "until its supervisor starts anew")};
    case Key::TelemetryMetrics:
        return {Texts::tr("Own telemetry"), Texts::tr("Ask for metrics of"),
                Texts::tr("Which gateways send their own metrics here."), restarts};
    case Key::TelemetryLogs:
        return {Texts::tr("Own telemetry"), Texts::tr("Ask for logs of"),
                Texts::tr("Which gateways send their own log lines here."), restarts};
    case Key::TelemetryUrl:
        return {Texts::tr("Own telemetry"), Texts::tr("Sent to"),
                Texts::tr("With auto, to the address that each gateway reached this endpoint by."), restarts};
    case Key::MetricsRaw:
        return {Texts::tr("Own telemetry"), Texts::tr("Keep metrics as they came for"),
                Texts::tr("Older ones become one point for each 5 minutes."), pruned};
    case Key::MetricsKept:
        return {Texts::tr("Own telemetry"), Texts::tr("Keep metrics for"), Texts::tr("In steps of 5 minutes."), pruned};
    case Key::LogsKept:
        return {Texts::tr("Own telemetry"), Texts::tr("Keep log lines for"), Texts::tr("Of the gateways' own."),
                pruned};
    case Key::TelemetrySize:
        return {Texts::tr("Own telemetry"), Texts::tr("Most room"),
                Texts::tr("That metrics and log lines take in the database; the oldest go first."), pruned};
    case Key::LogLevel:
        return {Texts::tr("Server"), Texts::tr("Log"),
                Texts::tr("The least that the program writes to its standard error."),
                Texts::tr("At once, unless the program was started with --log-level")};
    default:
        break;
    }
    return limitWords(spec);
}

QString choiceWord(const QString &choice)
{
    if (choice == u"loopback")
        return Texts::tr("Same user on this computer, or with a token that approves");
    if (choice == u"other")
        return Texts::tr("Another user's, who needs a token");
    if (choice == u"same")
        return Texts::tr("The same user's");
    if (choice == u"token")
        return Texts::tr("With a token that approves");
    if (choice == u"always")
        return Texts::tr("All");
    if (choice == u"never")
        return Texts::tr("None");
    if (choice == u"debug")
        return Texts::tr("Everything");
    if (choice == u"info")
        return Texts::tr("What happens");
    if (choice == u"warning")
        return Texts::tr("Warnings and errors");
    return choice == u"error" ? Texts::tr("Errors only") : choice;
}

/// What may be typed, behind what the setting does.
QString rangeOf(const app::SettingSpec &spec)
{
    const auto length = [](qint64 ms) { return app::lengthText(domain::milliseconds(ms)); };
    switch (spec.type) {
    case Type::Length:
        return Texts::tr("%1 to %2, such as %3 or 1h30m.").arg(length(spec.least), length(spec.most), spec.fallback);
    case Type::Waves:
        return Texts::tr("At most 20, each larger than the one before, such as %1.").arg(spec.fallback);
    case Type::Gateways:
        return Texts::tr("A selector such as env=lab, all, or none.");
    case Type::Origins:
        return Texts::tr("Such as https://console.example.org:8443, with commas between them, or none.");
    case Type::Hosts:
        return Texts::tr("Such as %1, with commas between them, or none.").arg(spec.fallback);
    case Type::Url:
        return Texts::tr("Or an address such as https://gw.example.org:8443.");
    case Type::Count:
    case Type::Choice:
        break; // the field takes nothing else
    }
    return {};
}

QString unitWord(const QString &unit)
{
    return unit == u"MiB" || unit == u"KiB" ? unit : QString(); // the title says the others
}

Setting::Kind kindOf(Type type)
{
    switch (type) {
    case Type::Count:
        return Setting::Kind::Number;
    case Type::Choice:
        return Setting::Kind::Choice;
    case Type::Length:
    case Type::Waves:
    case Type::Gateways:
    case Type::Origins:
    case Type::Hosts:
    case Type::Url:
        break;
    }
    return Setting::Kind::Text;
}

QVariant valueOf(const app::SettingSpec &spec, const QString &text)
{
    return spec.type == Type::Count ? QVariant(text.toInt()) : QVariant(text);
}

} // namespace

QVariant planeValue(const app::SettingValue &setting)
{
    return valueOf(*setting.spec, setting.value);
}

std::vector<Setting> planeSettings(const std::vector<app::SettingValue> &settings)
{
    std::vector<Setting> rows;
    for (const app::SettingValue &one : settings) {
        const app::SettingSpec &spec = *one.spec;
        const SettingWords words = wordsOf(spec);
        Setting row;
        row.key = planePrefix + spec.key;
        row.group = words.group;
        row.title = words.title;
        row.description = QStringList{words.description, rangeOf(spec)}.join(u' ').trimmed();
        row.kind = kindOf(spec.type);
        row.value = planeValue(one);
        row.standard = valueOf(spec, spec.fallback);
        row.least = spec.least;
        row.most = spec.most;
        row.unit = unitWord(spec.unit);
        row.effect = words.effect;
        for (const QString &choice : spec.choices)
            row.choices.emplace_back(choice, choiceWord(choice));
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace flowgate::ui
