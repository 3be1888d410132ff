// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/versionmodel.h"

#include "ui/common/relativetime.h"
#include "ui/common/visibletext.h"
#include "ui/common/words.h"

namespace flowgate::models {

void VersionModel::show(std::vector<domain::ConfigVersion> versions)
{
    std::ranges::sort(versions, [](const domain::ConfigVersion &a, const domain::ConfigVersion &b) {
        return a.ref.version > b.ref.version;
    });
    reconcile(std::move(versions),
              [](const domain::ConfigVersion &row) { return std::pair(row.ref.config, row.ref.version); });
}

QModelIndex VersionModel::indexOf(int version) const
{
    const auto found = std::ranges::find_if(m_rows, [&](const auto &row) { return row.ref.version == version; });
    return found == m_rows.end() ? QModelIndex() : index(static_cast<int>(found - m_rows.begin()), 0);
}

QVariant VersionModel::cell(const domain::ConfigVersion &row, Column column, int role) const
{
    if (role == IdRole)
        return row.ref.hash.bytes();
    if (role == VersionRole)
        return row.ref.version;
    if (role == Qt::ToolTipRole)
        return tr("SHA-256 %1").arg(row.ref.hash.hex());
    const bool shows = role == Qt::DisplayRole;
    const bool sorts = role == SortRole;
    switch (column) {
    case Column::Version:
        if (role == MonoRole)
            return true;
        return shows || sorts ? QVariant(row.ref.version) : QVariant();
    case Column::Message:
        if (shows || sorts)
            return row.message.isEmpty() && shows ? tr("no message") : common::oneLine(row.message, 300);
        return {};
    case Column::Saved:
        if (shows)
            return common::exactTime(row.createdAt);
        return sorts || role == TimeRole ? QVariant(common::toMs(row.createdAt)) : QVariant();
    case Column::Author:
        return shows || sorts ? QVariant(common::authorWord(row.author)) : QVariant();
    case Column::Count:
        break;
    }
    return {};
}

QString VersionModel::title(Column column) const
{
    switch (column) {
    case Column::Version:
        return tr("Version");
    case Column::Message:
        return tr("Message");
    case Column::Saved:
        return tr("Saved");
    case Column::Author:
        return tr("Author");
    case Column::Count:
        break;
    }
    return {};
}

} // namespace flowgate::models
