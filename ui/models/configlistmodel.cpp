// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/configlistmodel.h"

#include "ui/common/tone.h"
#include "ui/common/visibletext.h"

namespace flowgate::models {

void ConfigListModel::apply(const std::vector<app::ConfigSummary> &configs)
{
    std::vector<ConfigRow> rows;
    QSet<QString> saved;
    for (const app::ConfigSummary &config : configs) {
        const ConfigRow *known = find(config.name);
        rows.push_back({config, known && known->draft});
        saved.insert(config.name);
    }
    for (const ConfigRow &row : m_rows) {
        if (row.draft && row.config.latest == 0 && !saved.contains(row.config.name))
            rows.push_back(row);
    }
    setSorted(std::move(rows));
}

void ConfigListModel::setDraft(const QString &name, bool draft)
{
    std::vector<ConfigRow> rows = m_rows;
    const auto found = std::ranges::find_if(rows, [&](const ConfigRow &row) { return row.config.name == name; });
    if (found != rows.end()) {
        found->draft = draft;
        if (!draft && found->config.latest == 0)
            rows.erase(found);
    } else if (draft) {
        rows.push_back({{name, 0, 0, {}, false}, true});
    }
    setSorted(std::move(rows));
}

void ConfigListModel::setReach(const QHash<QString, int> &gateways)
{
    std::vector<int> changed;
    for (size_t i = 0; i < m_rows.size(); ++i) {
        const int count = gateways.value(m_rows[i].config.name);
        if (m_rows[i].config.gateways != count) {
            m_rows[i].config.gateways = count;
            changed.push_back(static_cast<int>(i));
        }
    }
    announce(std::move(changed));
}

void ConfigListModel::setSorted(std::vector<ConfigRow> rows)
{
    std::ranges::sort(rows, {}, [](const ConfigRow &row) { return row.config.name; });
    reconcile(std::move(rows), [](const ConfigRow &row) { return row.config.name; });
}

const ConfigRow *ConfigListModel::find(const QString &name) const
{
    const auto found = std::ranges::find_if(m_rows, [&](const ConfigRow &row) { return row.config.name == name; });
    return found == m_rows.end() ? nullptr : &*found;
}

QModelIndex ConfigListModel::indexOf(const QString &name) const
{
    const ConfigRow *row = find(name);
    return row ? index(static_cast<int>(row - m_rows.data()), 0) : QModelIndex();
}

QStringList ConfigListModel::savedNames() const
{
    QStringList names;
    for (const ConfigRow &row : m_rows) {
        if (row.config.latest > 0)
            names.append(row.config.name);
    }
    return names;
}

QString ConfigListModel::tagText(const ConfigRow &row)
{
    QStringList words = row.config.tags;
    if (row.config.isArchived)
        words.prepend(tr("archived"));
    return words.join(QStringLiteral(", "));
}

bool ConfigListModel::hasTags() const
{
    return std::ranges::any_of(m_rows, [](const ConfigRow &row) { return !tagText(row).isEmpty(); });
}

QVariant ConfigListModel::cell(const ConfigRow &row, Column column, int role) const
{
    if (role == IdRole)
        return row.config.name;
    if (role == DraftRole)
        return row.draft;
    if (role == ArchivedRole)
        return row.config.isArchived;
    if (role == Qt::ToolTipRole && row.config.isArchived)
        return tr("Archived: it takes no new version and no rollout.");
    const bool shows = role == Qt::DisplayRole;
    const bool sorts = role == SortRole;
    switch (column) {
    case Column::Name:
        if (role == BelowRole)
            return tagText(row);
        return shows || sorts ? QVariant(common::oneLine(row.config.name, 120)) : QVariant();
    case Column::Version: {
        if (sorts)
            return row.config.latest;
        if (role == MonoRole)
            return true;
        if (!shows)
            return {};
        if (row.config.latest == 0)
            return tr("draft");
        return row.draft ? tr("%1 + draft").arg(row.config.latest) : QString::number(row.config.latest);
    }
    case Column::Gateways:
        if (role == Qt::TextAlignmentRole)
            return int(Qt::AlignRight | Qt::AlignVCenter);
        return shows || sorts ? QVariant(row.config.gateways) : QVariant();
    case Column::Tags:
        return shows || sorts ? QVariant(tagText(row)) : QVariant();
    case Column::Count:
        break;
    }
    return {};
}

QString ConfigListModel::title(Column column) const
{
    switch (column) {
    case Column::Name:
        return tr("Config");
    case Column::Version:
        return tr("Version");
    case Column::Gateways:
        return tr("Gateways");
    case Column::Tags:
        return tr("Tags");
    case Column::Count:
        break;
    }
    return {};
}

} // namespace flowgate::models
