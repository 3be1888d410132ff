// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/bundlemodel.h"

#include "ui/common/tone.h"
#include "ui/common/visibletext.h"

#include <algorithm>

namespace flowgate::models {

namespace {

using app::BundleAction;
using app::BundlePart;

std::pair<common::Tone, QString> actionWord(BundleAction action)
{
    switch (action) {
    case BundleAction::Add:
        return {common::Tone::Good, BundleModel::tr("New")};
    case BundleAction::Change:
        return {common::Tone::UnderWay, BundleModel::tr("Changes")};
    case BundleAction::Same:
        return {common::Tone::Unknown, BundleModel::tr("Here already")};
    case BundleAction::Conflict:
        return {common::Tone::Bad, BundleModel::tr("Conflict")};
    case BundleAction::Skip:
        break;
    }
    return {common::Tone::Unknown, BundleModel::tr("Left out")};
}

QString partWord(BundlePart part)
{
    switch (part) {
    case BundlePart::Configs:
        return BundleModel::tr("Config");
    case BundlePart::Labels:
        return BundleModel::tr("Labels");
    case BundlePart::Settings:
        return BundleModel::tr("Setting");
    case BundlePart::Standing:
        break;
    }
    return BundleModel::tr("Standing selector");
}

QString keyOf(const app::BundleItem &item)
{
    return QStringLiteral("%1/%2").arg(static_cast<int>(item.part)).arg(item.name);
}

} // namespace

void BundleModel::show(const std::vector<app::BundleItem> &items)
{
    reconcile(items, keyOf);
}

int BundleModel::changeCount() const
{
    int count = 0;
    for (int row = 0; row < rowCount(); ++row) {
        const BundleAction action = rows()[size_t(row)].action;
        count += action == BundleAction::Add || action == BundleAction::Change ? 1 : 0;
    }
    return count;
}

QVariant BundleModel::cell(const app::BundleItem &row, Column column, int role) const
{
    const bool shows = role == Qt::DisplayRole || role == SortRole;
    const QString name = row.target.isEmpty() ? row.name : tr("%1 as %2").arg(row.name, row.target);
    switch (column) {
    case Column::Action:
        if (role == ToneRole)
            return static_cast<int>(actionWord(row.action).first);
        return shows ? QVariant(actionWord(row.action).second) : QVariant();
    case Column::Part:
        return shows ? QVariant(partWord(row.part)) : QVariant();
    case Column::Name:
        if (role == MonoRole)
            return row.part == BundlePart::Configs;
        return role == Qt::ToolTipRole ? QVariant(common::toolTip(name))
               : shows                 ? QVariant(common::oneLine(name, 200))
                                       : QVariant();
    case Column::Detail:
        return role == Qt::ToolTipRole ? QVariant(common::toolTip(row.detail))
               : shows                 ? QVariant(common::oneLine(row.detail, 300))
                                       : QVariant();
    case Column::Count:
        break;
    }
    return {};
}

QString BundleModel::title(Column column) const
{
    switch (column) {
    case Column::Action:
        return tr("Outcome");
    case Column::Part:
        return tr("Part");
    case Column::Name:
        return tr("Name");
    case Column::Detail:
        return tr("Detail");
    case Column::Count:
        break;
    }
    return {};
}

} // namespace flowgate::models
