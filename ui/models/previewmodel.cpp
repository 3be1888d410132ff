// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/previewmodel.h"

#include "ui/common/visibletext.h"
#include "ui/common/words.h"

#include <map>

namespace flowgate::models {

void PreviewModel::show(const std::vector<app::PlannedTarget> &plan)
{
    std::vector<PreviewRow> rows;
    rows.reserve(plan.size());
    for (const app::PlannedTarget &target : plan)
        rows.push_back({target.gateway, common::oneLine(target.name, 200), target.connected, target.judgement});
    reconcile(std::move(rows), [](const PreviewRow &row) { return row.gateway; });
}

int PreviewModel::reach(bool force) const
{
    return static_cast<int>(std::ranges::count_if(
        m_rows, [force](const PreviewRow &row) { return force || !domain::isBlocking(row.judgement.verdict); }));
}

std::vector<std::pair<domain::Verdict, int>> PreviewModel::counts() const
{
    std::map<domain::Verdict, int> counted;
    for (const PreviewRow &row : m_rows)
        ++counted[row.judgement.verdict];
    return {counted.begin(), counted.end()};
}

QVariant PreviewModel::cell(const PreviewRow &row, Column column, int role) const
{
    if (role == IdRole)
        return row.gateway.bytes();
    if (role == VerdictRole)
        return static_cast<int>(row.judgement.verdict);
    const bool shows = role == Qt::DisplayRole;
    const bool sorts = role == SortRole;
    switch (column) {
    case Column::Gateway:
        return shows || sorts ? QVariant(row.name) : QVariant();
    case Column::Verdict: {
        const common::StateWord verdict = common::stateWord(row.judgement.verdict);
        if (shows)
            return verdict.word;
        if (sorts)
            return static_cast<int>(row.judgement.verdict);
        return role == ToneRole ? QVariant(static_cast<int>(verdict.tone)) : QVariant();
    }
    case Column::Reason:
        if (role == Qt::ToolTipRole && !row.judgement.reason.isEmpty())
            return common::toolTip(row.judgement.reason);
        return shows || sorts ? QVariant(common::oneLine(row.judgement.reason, 500)) : QVariant();
    case Column::Count:
        break;
    }
    return {};
}

QString PreviewModel::title(Column column) const
{
    switch (column) {
    case Column::Gateway:
        return tr("Gateway");
    case Column::Verdict:
        return tr("Verdict");
    case Column::Reason:
        return tr("Why");
    case Column::Count:
        break;
    }
    return {};
}

void PreviewFilterModel::setVerdict(std::optional<domain::Verdict> verdict)
{
    if (verdict == m_verdict)
        return;
    m_verdict = verdict;
    invalidateFilter();
}

bool PreviewFilterModel::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const QVariant verdict = sourceModel()->index(row, 0, parent).data(PreviewModel::VerdictRole);
    if (m_verdict && verdict.toInt() != static_cast<int>(*m_verdict))
        return false;
    return SortFilterModel::filterAcceptsRow(row, parent);
}

} // namespace flowgate::models
