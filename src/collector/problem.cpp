// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/problem.h"

#include <QStringList>

#include <algorithm>
#include <tuple>

namespace flowgate::collector {

bool hasErrors(const Problems &problems)
{
    return std::ranges::any_of(problems, [](const Problem &p) { return p.severity == Severity::Error; });
}

Fix replaceOnLine(int line, int column, QStringView text, const QString &replacement)
{
    return {line, column, line, column + static_cast<int>(text.size()), replacement};
}

QString fixed(const QString &text, const std::vector<Fix> &fixes)
{
    QStringList lines = text.split(u'\n');
    for (const Fix &fix : fixes) {
        if (fix.line == fix.endLine && fix.line >= 1 && fix.line <= lines.size())
            lines[fix.line - 1].replace(fix.column - 1, fix.endColumn - fix.column, fix.replacement);
    }
    return lines.join(u'\n');
}

QString word(Severity severity)
{
    return severity == Severity::Error ? QStringLiteral("error") : QStringLiteral("warning");
}

QString problemLine(const QString &name, const Problem &problem)
{
    QString line = name;
    if (problem.line > 0)
        line += QStringLiteral(":%1:%2").arg(problem.line).arg(problem.column);
    line += QStringLiteral(": %1: %2").arg(word(problem.severity), problem.text);
    return problem.path.isEmpty() ? line : line + QStringLiteral(" (%1)").arg(problem.path);
}

void sortByPlace(Problems &problems)
{
    const auto key = [](const Problem &p) { return std::tie(p.file, p.line, p.column, p.severity); };
    std::ranges::stable_sort(problems, [&](const Problem &a, const Problem &b) { return key(a) < key(b); });
}

} // namespace flowgate::collector
