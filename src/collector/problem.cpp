// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/problem.h"

#include <QStringList>

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

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

void ProblemList::add(Problem problem)
{
    if (hasRoom(problem.severity))
        (problem.severity == Severity::Error ? m_errors : m_warnings).push_back(std::move(problem));
}

void ProblemList::add(Problems problems)
{
    for (Problem &problem : problems)
        add(std::move(problem));
}

Problems ProblemList::take()
{
    sortByPlace(m_warnings);
    m_warnings.resize(std::min(m_warnings.size(), m_most - m_errors.size()));
    Problems all = std::exchange(m_errors, {});
    std::ranges::move(m_warnings, std::back_inserter(all));
    m_warnings.clear();
    sortByPlace(all);
    return all;
}

QString grouped(qint64 number)
{
    QString text = QString::number(number);
    for (qsizetype at = text.size() - 3; at > (number < 0 ? 1 : 0); at -= 3)
        text.insert(at, u',');
    return text;
}

void sortByPlace(Problems &problems)
{
    const auto key = [](const Problem &p) { return std::tie(p.file, p.line, p.column, p.severity); };
    std::ranges::stable_sort(problems, [&](const Problem &a, const Problem &b) { return key(a) < key(b); });
}

} // namespace flowgate::collector
