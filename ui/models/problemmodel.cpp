// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/problemmodel.h"

#include "ui/common/tone.h"
#include "ui/common/visibletext.h"

namespace flowgate::models {

namespace {

/// Typing moves lines: only the same text in the same place is the same problem.
QString keyOf(const collector::Problem &problem)
{
    return QStringLiteral("%1/%2/%3/%4/%5")
        .arg(problem.line)
        .arg(problem.column)
        .arg(problem.file, problem.path, problem.text);
}

} // namespace

void ProblemModel::show(const collector::Problems &problems)
{
    QSet<QString> seen;
    std::vector<collector::Problem> rows;
    for (const collector::Problem &problem : problems) {
        const QString key = keyOf(problem);
        if (!seen.contains(key))
            rows.push_back(problem);
        seen.insert(key);
    }
    reconcile(std::move(rows), keyOf);
}

int ProblemModel::errorCount() const
{
    return static_cast<int>(std::ranges::count_if(
        m_rows, [](const collector::Problem &problem) { return problem.severity == collector::Severity::Error; }));
}

QVariant ProblemModel::cell(const collector::Problem &row, Column column, int role) const
{
    switch (role) {
    case LineRole:
        return row.line;
    case ColumnRole:
        return row.column;
    case FileRole:
        return row.file;
    case Qt::ToolTipRole:
        return common::toolTip(row.text);
    default:
        break;
    }
    const bool shows = role == Qt::DisplayRole;
    const bool sorts = role == SortRole;
    const bool isError = row.severity == collector::Severity::Error;
    switch (column) {
    case Column::Place:
        if (role == ToneRole)
            return static_cast<int>(isError ? common::Tone::Bad : common::Tone::Attention);
        if (role == Qt::AccessibleTextRole)
            return isError ? tr("Error, line %1").arg(row.line) : tr("Warning, line %1").arg(row.line);
        if (sorts)
            return row.line * 10'000LL + row.column;
        if (!shows)
            return {};
        return row.line > 0 ? QStringLiteral("%1:%2").arg(row.line).arg(row.column)
                            : (isError ? tr("Error") : tr("Warning"));
    case Column::Text:
        return shows || sorts ? QVariant(common::oneLine(row.text, 600)) : QVariant();
    case Column::Path:
        if (role == MonoRole)
            return true;
        return shows || sorts ? QVariant(common::oneLine(row.path, 300)) : QVariant();
    case Column::Count:
        break;
    }
    return {};
}

QString ProblemModel::title(Column column) const
{
    switch (column) {
    case Column::Place:
        return tr("Line");
    case Column::Text:
        return tr("Problem");
    case Column::Path:
        return tr("Path");
    case Column::Count:
        break;
    }
    return {};
}

} // namespace flowgate::models
