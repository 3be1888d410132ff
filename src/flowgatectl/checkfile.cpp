// SPDX-License-Identifier: GPL-3.0-or-later
#include "flowgatectl/checkfile.h"

#include "flowgatectl/printable.h"

#include <QJsonArray>

#include <algorithm>

namespace flowgate::ctl {

namespace {

QString severityWord(collector::Severity severity)
{
    return severity == collector::Severity::Error ? QStringLiteral("error") : QStringLiteral("warning");
}

QString counted(qsizetype count, const QString &what)
{
    return count == 1 ? QStringLiteral("1 %1").arg(what) : QStringLiteral("%1 %2s").arg(count).arg(what);
}

} // namespace

QJsonObject problemsJson(const collector::Problems &problems)
{
    QJsonArray items;
    for (const collector::Problem &problem : problems) {
        items.append(QJsonObject{{QStringLiteral("severity"), severityWord(problem.severity)},
                                 {QStringLiteral("line"), problem.line},
                                 {QStringLiteral("column"), problem.column},
                                 {QStringLiteral("path"), problem.path},
                                 {QStringLiteral("text"), problem.text}});
    }
    return {{QStringLiteral("items"), items}};
}

QString problemsText(const QString &file, const collector::Problems &problems)
{
    const QString name = file == u"-" ? QStringLiteral("standard input") : printable(file);
    QString out;
    for (const collector::Problem &problem : problems) {
        out += name;
        if (problem.line > 0)
            out += QStringLiteral(":%1:%2").arg(problem.line).arg(problem.column);
        out += QStringLiteral(": %1: %2").arg(severityWord(problem.severity), printable(problem.text));
        if (!problem.path.isEmpty())
            out += QStringLiteral(" (%1)").arg(printable(problem.path));
        out += u'\n';
    }
    const auto errors = std::ranges::count(problems, collector::Severity::Error, &collector::Problem::severity);
    const auto warnings = qsizetype(problems.size()) - errors;
    if (problems.empty())
        return QStringLiteral("%1: no problems found.\n").arg(name);
    QStringList counts;
    if (errors > 0)
        counts.append(counted(errors, QStringLiteral("error")));
    if (warnings > 0)
        counts.append(counted(warnings, QStringLiteral("warning")));
    return out + counts.join(QStringLiteral(", ")) + QStringLiteral(".\n");
}

} // namespace flowgate::ctl
