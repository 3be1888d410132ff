// SPDX-License-Identifier: GPL-3.0-or-later
#include "flowgatectl/checkfile.h"

#include "collector/outline.h"
#include "flowgatectl/printable.h"
#include "flowgatectl/values.h"

#include <QFileInfo>
#include <QJsonArray>

#include <algorithm>

namespace flowgate::ctl {

namespace {

using Outcome = collector::BinaryVerdict::Outcome;

/// The types in each section; all that a check needs of {"components":{"receivers":{"otlp":{…}}}}.
domain::AvailableComponents availableOf(const QJsonValue &answer)
{
    domain::AvailableComponents available;
    const QJsonObject sections = answer[QStringLiteral("components")].toObject();
    for (auto section = sections.begin(); section != sections.end(); ++section) {
        domain::ComponentDetails &types = available.components[section.key()];
        for (const QString &type : section.value().toObject().keys())
            types.components[type];
    }
    return available;
}

QString outcomeWord(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Accepted:
        return QStringLiteral("accepted");
    case Outcome::Refused:
        return QStringLiteral("refused");
    case Outcome::NotStarted:
        return QStringLiteral("not_started");
    case Outcome::NoFiles:
        return QStringLiteral("no_files");
    case Outcome::TimedOut:
        return QStringLiteral("timed_out");
    case Outcome::Flooded:
        return QStringLiteral("flooded");
    case Outcome::Crashed:
        return QStringLiteral("crashed");
    case Outcome::Stopped:
        return QStringLiteral("stopped");
    }
    return {};
}

/// Why there is no verdict; empty where there is one.
QString noVerdict(const QString &binary, const collector::BinaryVerdict &verdict)
{
    switch (verdict.outcome) {
    case Outcome::Accepted:
    case Outcome::Refused:
        return {};
    case Outcome::NotStarted:
        return QStringLiteral("%1 cannot be started: %2").arg(binary, verdict.words);
    case Outcome::NoFiles:
        return QStringLiteral("the config cannot be written below %1, where %2 would read it")
            .arg(verdict.words, binary);
    case Outcome::TimedOut:
        return QStringLiteral("%1 gave no verdict in time and was ended").arg(binary);
    case Outcome::Flooded:
        return QStringLiteral("%1 did not stop talking and was ended").arg(binary);
    case Outcome::Crashed:
        return QStringLiteral("%1 crashed and gave no verdict").arg(binary);
    case Outcome::Stopped:
        return QStringLiteral("interrupted before %1 gave a verdict").arg(binary);
    }
    return {};
}

QString counts(const collector::Problems &problems)
{
    const auto errors = std::ranges::count(problems, collector::Severity::Error, &collector::Problem::severity);
    const auto warnings = qsizetype(problems.size()) - errors;
    QStringList counts;
    if (errors > 0)
        counts.append(counted(errors, u"error"));
    if (warnings > 0)
        counts.append(counted(warnings, u"warning"));
    return counts.join(QStringLiteral(", ")) + QStringLiteral(".\n");
}

} // namespace

Exit CheckReport::exit() const
{
    return trouble || collector::hasErrors(problems) ? Exit::Failed : Exit::Done;
}

void addGateway(CheckReport &report, const QByteArray &text, const QJsonValue &answer)
{
    const QString name = answer[QStringLiteral("name")].toString();
    report.gateway = {{QStringLiteral("id"), answer[QStringLiteral("id")]},
                      {QStringLiteral("name"), name},
                      {QStringLiteral("components_known"), true}};
    const auto missing = collector::missingComponents(collector::outline(text), availableOf(answer));
    if (!missing)
        return addSilentGateway(report, name, QStringLiteral("its list of components is empty"));
    for (collector::Problem &problem : collector::problemsOf(*missing, name))
        report.problems.push_back(std::move(problem));
    collector::sortByPlace(report.problems);
}

void addSilentGateway(CheckReport &report, const QString &name, const QString &reason)
{
    report.gateway = {{QStringLiteral("id"), QJsonValue::Null},
                      {QStringLiteral("name"), name},
                      {QStringLiteral("components_known"), false}};
    report.problems.insert(report.problems.begin(),
                           {.severity = collector::Severity::Warning,
                            .text = QStringLiteral("Not checked against %1: %2.").arg(name, reason)});
}

void addCollector(CheckReport &report, const QString &binary, const collector::BinaryVerdict &verdict)
{
    report.collector = {
        {QStringLiteral("binary"), binary},
        {QStringLiteral("outcome"), outcomeWord(verdict.outcome)},
        {QStringLiteral("words"), verdict.words.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(verdict.words)}};
    if (const QString reason = noVerdict(binary, verdict); !reason.isEmpty())
        report.trouble = Trouble{Exit::Failed, QStringLiteral("no_verdict"), reason};
    const QString who = QFileInfo(binary).fileName();
    const collector::Problems own = report.problems;
    for (collector::Problem problem : verdict.problems) {
        const bool said = std::ranges::any_of(own, [&problem](const collector::Problem &one) {
            return one.severity == problem.severity && one.line == problem.line && one.path == problem.path;
        });
        if (said)
            continue; // the same, found by us too
        problem.text = QStringLiteral("%1: %2").arg(who, problem.text);
        report.problems.push_back(std::move(problem));
    }
    collector::sortByPlace(report.problems);
}

QJsonObject checkJson(const CheckReport &report)
{
    QJsonArray items;
    for (const collector::Problem &problem : report.problems) {
        items.append(QJsonObject{{QStringLiteral("severity"), collector::word(problem.severity)},
                                 {QStringLiteral("line"), problem.line},
                                 {QStringLiteral("column"), problem.column},
                                 {QStringLiteral("path"), problem.path},
                                 {QStringLiteral("text"), problem.text}});
    }
    QJsonObject json{{QStringLiteral("items"), items}};
    if (!report.gateway.isEmpty())
        json.insert(QStringLiteral("gateway"), report.gateway);
    if (!report.collector.isEmpty())
        json.insert(QStringLiteral("collector"), report.collector);
    return json;
}

QString checkText(const CheckReport &report)
{
    const QString name = report.file == u"-" ? QStringLiteral("standard input") : printable(report.file);
    QString out;
    for (const collector::Problem &problem : report.problems)
        out += printable(collector::problemLine(name, problem)) + u'\n';
    out += report.problems.empty() ? QStringLiteral("%1: no problems found.\n").arg(name) : counts(report.problems);
    if (report.gateway[QStringLiteral("components_known")].toBool())
        out += QStringLiteral("Checked against the components of %1.\n")
                   .arg(shown(report.gateway[QStringLiteral("name")]));
    if (report.collector[QStringLiteral("outcome")].toString() == u"accepted")
        out += QStringLiteral("%1 accepts it.\n").arg(shown(report.collector[QStringLiteral("binary")]));
    return out;
}

} // namespace flowgate::ctl
