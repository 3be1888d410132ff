// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/hitmodel.h"

#include "ui/common/visibletext.h"

namespace flowgate::models {

namespace {

QString keyOf(const app::ConfigHit &hit)
{
    return QStringLiteral("%1@%2/%3:%4").arg(hit.config).arg(hit.version).arg(hit.file).arg(hit.line);
}

} // namespace

void HitModel::show(std::vector<app::ConfigHit> hits)
{
    reconcile(std::move(hits), keyOf);
}

QVariant HitModel::cell(const app::ConfigHit &row, Column column, int role) const
{
    switch (role) {
    case IdRole:
        return keyOf(row);
    case ConfigRole:
        return row.config;
    case VersionRole:
        return row.version;
    case FileRole:
        return row.file;
    case LineRole:
        return row.line;
    case MonoRole:
        return column == Column::Text;
    case Qt::DisplayRole:
    case SortRole:
        break;
    default:
        return {};
    }
    switch (column) {
    case Column::Config:
        return QStringLiteral("%1@%2").arg(row.config).arg(row.version);
    case Column::Place:
        return tr("%1, line %2").arg(common::oneLine(row.file, 60)).arg(row.line);
    case Column::Text:
        return common::oneLine(row.text.trimmed(), 300);
    case Column::Count:
        break;
    }
    return {};
}

QString HitModel::title(Column column) const
{
    switch (column) {
    case Column::Config:
        return tr("Version");
    case Column::Place:
        return tr("Where");
    case Column::Text:
        return tr("Line");
    case Column::Count:
        break;
    }
    return {};
}

} // namespace flowgate::models
