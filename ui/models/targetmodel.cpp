// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/targetmodel.h"

#include "ui/common/relativetime.h"
#include "ui/common/visibletext.h"
#include "ui/common/words.h"

namespace flowgate::models {

using common::oneLine;
using domain::RolloutTarget;
using domain::TargetStep;

TargetModel::TargetModel(NameOf nameOf, QObject *parent)
    : TableModel(parent)
    , m_nameOf(std::move(nameOf))
{
}

void TargetModel::show(const RolloutPtr &rollout, domain::WallTime now)
{
    m_now = now;
    std::vector<TargetRow> rows;
    if (rollout) {
        m_options = rollout->options;
        rows.reserve(rollout->targets.size());
        for (const RolloutTarget &target : rollout->targets)
            rows.push_back({target, oneLine(m_nameOf(target.gateway), 200)});
    }
    reconcile(std::move(rows), [](const TargetRow &row) { return row.target.gateway; });
}

void TargetModel::tick(domain::WallTime now)
{
    m_now = now;
    std::vector<int> moving;
    for (size_t i = 0; i < m_rows.size(); ++i) {
        if (domain::isUnderWay(m_rows[i].target) || domain::isGoingBack(m_rows[i].target))
            moving.push_back(static_cast<int>(i));
    }
    announce(std::move(moving));
}

void TargetModel::refreshNames()
{
    std::vector<int> renamed;
    for (size_t i = 0; i < m_rows.size(); ++i) {
        QString name = oneLine(m_nameOf(m_rows[i].target.gateway), 200);
        if (name != m_rows[i].name) {
            m_rows[i].name = std::move(name);
            renamed.push_back(static_cast<int>(i));
        }
    }
    announce(std::move(renamed));
}

QString TargetModel::seenText(const RolloutTarget &target) const
{
    QStringList parts;
    if (!target.error.isEmpty())
        parts.append(oneLine(target.error, 500));
    if (target.sentAt && target.step == TargetStep::Offered && target.error.isEmpty()) {
        parts.append(
            tr("no answer yet, %1 of %2").arg(common::age(*target.sentAt, m_now), common::duration(m_options.timeout)));
        return parts.join(QStringLiteral(" \u00b7 "));
    }
    // The last few: earlier tries of the same target are in the events.
    const size_t from = target.seen.size() > 6 ? target.seen.size() - 6 : 0;
    for (size_t i = from; i < target.seen.size(); ++i) {
        const domain::Sighting &seen = target.seen[i];
        const auto step = domain::targetStepFromWord(seen.what);
        // What only led to the next thing, and the step that has its own column, say nothing here.
        if (step == TargetStep::Queued || step == TargetStep::Waiting || step == TargetStep::Offered ||
            step == TargetStep::Applying || (step && step == target.step && step != TargetStep::Soaking))
            continue;
        QString part = step == TargetStep::Soaking ? tr("applied and healthy") : common::sightingWord(seen.what);
        if (target.sentAt && seen.at > *target.sentAt)
            part = tr("%1 after %2").arg(part, common::duration(seen.at - *target.sentAt));
        parts.append(part);
    }
    if (target.step == TargetStep::Soaking && target.healthyFrom)
        parts.append(tr("healthy %1 of %2")
                         .arg(common::duration(std::chrono::floor<std::chrono::seconds>(m_now - *target.healthyFrom)),
                              common::duration(m_options.soak)));
    if (target.step == TargetStep::Proven && target.sentAt)
        parts.append(tr("proven after %1").arg(common::duration(target.since - *target.sentAt)));
    if (target.back && target.backStep != domain::BackStep::None) {
        const QString version = common::versionText(target.back);
        if (target.backStep == domain::BackStep::Asked || target.backStep == domain::BackStep::Sent)
            parts.append(tr("rolling back to %1").arg(version));
        else if (target.backStep == domain::BackStep::Done)
            parts.append(tr("rolled back to %1").arg(version));
        else
            parts.append(tr("not seen to be back on %1").arg(version));
    }
    return parts.join(QStringLiteral(" \u00b7 "));
}

QVariant TargetModel::cell(const TargetRow &row, Column column, int role) const
{
    const RolloutTarget &target = row.target;
    if (role == IdRole)
        return target.gateway.bytes();
    if (role == ErrorRole)
        return target.error;
    const bool shows = role == Qt::DisplayRole;
    const bool sorts = role == SortRole;
    switch (column) {
    case Column::Gateway:
        return shows || sorts ? QVariant(row.name) : QVariant();
    case Column::Wave:
        if (role == Qt::TextAlignmentRole)
            return int(Qt::AlignRight | Qt::AlignVCenter);
        if (sorts)
            return target.wave;
        return shows ? QVariant(target.wave > 0 ? QString::number(target.wave) : tr("later")) : QVariant();
    case Column::Step: {
        const common::StateWord step = common::stateWord(target.step);
        if (shows)
            return step.word;
        if (sorts)
            return static_cast<int>(target.step);
        return role == ToneRole ? QVariant(static_cast<int>(step.tone)) : QVariant();
    }
    case Column::InStep:
        if (role == Qt::TextAlignmentRole)
            return int(Qt::AlignRight | Qt::AlignVCenter);
        if (shows || role == Qt::ToolTipRole)
            return common::exactTime(target.since);
        return sorts || role == TimeRole ? QVariant(common::toMs(target.since)) : QVariant();
    case Column::Seen:
        if (role == Qt::ToolTipRole)
            return common::toolTip(target.error.isEmpty() ? seenText(target) : target.error);
        return shows || sorts ? QVariant(seenText(target)) : QVariant();
    case Column::Count:
        break;
    }
    return {};
}

QString TargetModel::title(Column column) const
{
    switch (column) {
    case Column::Gateway:
        return tr("Gateway");
    case Column::Wave:
        return tr("Wave");
    case Column::Step:
        return tr("Step");
    case Column::InStep:
        return tr("For");
    case Column::Seen:
        return tr("What was seen");
    case Column::Count:
        break;
    }
    return {};
}

} // namespace flowgate::models
