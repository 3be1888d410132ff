// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/rolloutmodel.h"

#include "ui/common/relativetime.h"
#include "ui/common/visibletext.h"
#include "ui/common/words.h"

namespace flowgate::models {

using common::oneLine;

TargetCounts countTargets(const domain::Rollout &rollout, int wave)
{
    using domain::TargetStep;
    TargetCounts counts;
    for (const domain::RolloutTarget &target : rollout.targets) {
        if (wave > 0 && target.wave != wave)
            continue;
        ++counts.total;
        switch (target.step) {
        case TargetStep::Queued:
            ++counts.toCome;
            break;
        case TargetStep::Waiting:
            ++counts.waiting;
            break;
        case TargetStep::Offered:
            ++counts.offered;
            break;
        case TargetStep::Applying:
            ++counts.applying;
            break;
        case TargetStep::Soaking:
            ++counts.soaking;
            break;
        case TargetStep::Proven:
            ++counts.done;
            break;
        case TargetStep::Unproven:
            ++counts.done;
            ++counts.unproven;
            break;
        case TargetStep::Failed:
        case TargetStep::Unanswered:
            ++counts.failed;
            break;
        case TargetStep::RollingBack:
            ++counts.rollingBack;
            break;
        case TargetStep::RolledBack:
            ++counts.rolledBack;
            break;
        case TargetStep::Skipped:
            ++counts.skipped;
            --counts.total;
            break;
        }
    }
    counts.underWay = counts.offered + counts.applying + counts.soaking + counts.rollingBack;
    return counts;
}

void RolloutModel::apply(const RolloutPtr &rollout)
{
    if (!rollout)
        return;
    for (size_t i = 0; i < m_rows.size(); ++i) {
        if (m_rows[i]->id == rollout->id) {
            m_rows[i] = rollout;
            return announce({static_cast<int>(i)});
        }
    }
    std::vector<RolloutPtr> rows = m_rows;
    rows.push_back(rollout);
    setSorted(std::move(rows));
}

void RolloutModel::addHistory(const std::vector<domain::Rollout> &rollouts)
{
    QSet<QString> known;
    for (const RolloutPtr &row : m_rows)
        known.insert(row->id);
    std::vector<RolloutPtr> rows = m_rows;
    for (const domain::Rollout &rollout : rollouts) {
        if (!known.contains(rollout.id)) {
            known.insert(rollout.id);
            rows.push_back(std::make_shared<const domain::Rollout>(rollout));
        }
    }
    setSorted(std::move(rows));
}

void RolloutModel::setSorted(std::vector<RolloutPtr> rows)
{
    std::ranges::sort(rows, [](const RolloutPtr &a, const RolloutPtr &b) {
        return std::tie(a->createdAt, a->id) > std::tie(b->createdAt, b->id);
    });
    reconcile(std::move(rows), [](const RolloutPtr &row) { return row->id; });
}

RolloutPtr RolloutModel::find(const QString &id) const
{
    const auto found = std::ranges::find_if(m_rows, [&](const RolloutPtr &row) { return row->id == id; });
    return found == m_rows.end() ? nullptr : *found;
}

QModelIndex RolloutModel::indexOf(const QString &id) const
{
    const auto found = std::ranges::find_if(m_rows, [&](const RolloutPtr &row) { return row->id == id; });
    return found == m_rows.end() ? QModelIndex() : index(static_cast<int>(found - m_rows.begin()), 0);
}

int RolloutModel::openCount() const
{
    return static_cast<int>(std::ranges::count_if(m_rows, [](const RolloutPtr &row) {
        return row->state == domain::RolloutState::Running || row->state == domain::RolloutState::Halted ||
               row->state == domain::RolloutState::RollingBack;
    }));
}

RolloutPtr RolloutModel::newestOf(const QString &config) const
{
    const auto found = std::ranges::find_if(m_rows, [&](const RolloutPtr &row) {
        return row->ref.config == config && (row->inForce || row->state == domain::RolloutState::Running ||
                                             row->state == domain::RolloutState::Halted);
    });
    return found == m_rows.end() ? nullptr : *found;
}

QVariant RolloutModel::cell(const RolloutPtr &row, Column column, int role) const
{
    if (role == RolloutRole)
        return QVariant::fromValue(row);
    if (role == IdRole)
        return row->id;
    if (role == MonoRole)
        return column == Column::Config || column == Column::Selector;
    const bool shows = role == Qt::DisplayRole;
    const bool sorts = role == SortRole;
    switch (column) {
    case Column::Config:
        return shows || sorts ? QVariant(oneLine(common::versionText(row->ref.config, row->ref.version), 200))
                              : QVariant();
    case Column::Selector:
        return shows || sorts ? QVariant(oneLine(row->selector, 300)) : QVariant();
    case Column::State: {
        const common::StateWord state = common::stateWord(row->state);
        if (shows)
            return state.word;
        if (role == QuietRole)
            return row->inForce ? QVariant(tr("in force")) : QVariant();
        if (sorts)
            return static_cast<int>(row->state);
        return role == ToneRole ? QVariant(static_cast<int>(state.tone)) : QVariant();
    }
    case Column::Progress: {
        if (row->targets.empty())
            return {};
        const TargetCounts counts = countTargets(*row);
        if (sorts)
            return counts.total == 0 ? 0.0 : double(counts.done) / counts.total;
        return shows ? QVariant(tr("%1 of %2 proven").arg(counts.done - counts.unproven).arg(counts.total))
                     : QVariant();
    }
    case Column::Started:
        if (shows || role == Qt::ToolTipRole)
            return common::exactTime(row->createdAt);
        return sorts || role == TimeRole ? QVariant(common::toMs(row->createdAt)) : QVariant();
    case Column::By:
        return shows || sorts ? QVariant(common::authorWord(row->by)) : QVariant();
    case Column::Count:
        break;
    }
    return {};
}

QString RolloutModel::title(Column column) const
{
    switch (column) {
    case Column::Config:
        return tr("Config");
    case Column::Selector:
        return tr("Selector");
    case Column::State:
        return tr("State");
    case Column::Progress:
        return tr("Progress");
    case Column::Started:
        return tr("Started");
    case Column::By:
        return tr("By");
    case Column::Count:
        break;
    }
    return {};
}

} // namespace flowgate::models
