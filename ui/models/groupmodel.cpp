// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/groupmodel.h"

#include "ui/common/tone.h"
#include "ui/common/visibletext.h"
#include "ui/models/gatewayfacts.h"

#include <QLocale>

namespace flowgate::models {

namespace {

/// What to say of a group, and in which tone: the worst first, and "all healthy" only where all were seen so.
std::pair<QString, common::Tone> stateOf(const GroupRow &row)
{
    const QLocale locale;
    if (row.unhealthy > 0)
        return {GroupModel::tr("%1 unhealthy").arg(locale.toString(row.unhealthy)), common::Tone::Bad};
    if (row.away > 0)
        return {GroupModel::tr("%1 away").arg(locale.toString(row.away)), common::Tone::Unknown};
    if (row.healthy == row.gateways)
        return {GroupModel::tr("all healthy"), common::Tone::Good};
    return {GroupModel::tr("%1 unknown").arg(locale.toString(row.gateways - row.healthy)), common::Tone::Unknown};
}

QString keyOf(const GroupRow &row)
{
    return row.value ? u'=' + *row.value : QString();
}

} // namespace

void GroupModel::count(const GatewayModel &fleet, const GatewayFilterModel &filter, const QString &key)
{
    QHash<QString, GroupRow> groups;
    for (const GatewayRow &row : fleet.rows()) {
        if (!filter.fits(row))
            continue;
        const GroupRow of{factOf(*row.gateway, key)};
        GroupRow &group = groups[keyOf(of)];
        group.value = of.value;
        ++group.gateways;
        group.healthy += row.gateway->health.state == domain::HealthState::Healthy ? 1 : 0;
        group.unhealthy += row.gateway->health.state == domain::HealthState::Unhealthy ? 1 : 0;
        group.away += row.gateway->presence.state == domain::PresenceState::Connected ? 0 : 1;
    }
    std::vector<GroupRow> rows(groups.cbegin(), groups.cend());
    std::ranges::sort(rows, [](const GroupRow &a, const GroupRow &b) {
        if (a.value.has_value() != b.value.has_value())
            return a.value.has_value();
        return a.value && compareTexts(*a.value, *b.value) < 0;
    });
    reconcile(std::move(rows), keyOf);
}

QVariant GroupModel::cell(const GroupRow &row, Column column, int role) const
{
    const bool shows = role == Qt::DisplayRole || role == SortRole;
    switch (column) {
    case Column::Value:
        if (role == Qt::ToolTipRole && row.value)
            return common::toolTip(*row.value);
        if (role == MonoRole)
            return row.value.has_value();
        if (!shows)
            return {};
        return !row.value ? tr("without it") : row.value->isEmpty() ? tr("(empty)") : common::oneLine(*row.value, 120);
    case Column::Gateways:
        if (role == Qt::TextAlignmentRole)
            return int(Qt::AlignRight | Qt::AlignVCenter);
        if (role == SortRole)
            return row.gateways;
        return shows ? QVariant(QLocale().toString(row.gateways)) : QVariant();
    case Column::State: {
        const auto [text, tone] = stateOf(row);
        if (role == ToneRole)
            return static_cast<int>(tone);
        return shows ? QVariant(text) : QVariant();
    }
    case Column::Count:
        break;
    }
    return {};
}

QString GroupModel::title(Column column) const
{
    switch (column) {
    case Column::Value:
        return tr("Group");
    case Column::Gateways:
        return tr("Count");
    case Column::State:
        return tr("State");
    case Column::Count:
        break;
    }
    return {};
}

} // namespace flowgate::models
