// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desk/desk.h"
#include "ui/models/tablemodel.h"

namespace flowgate::models {

struct ConfigRow
{
    app::ConfigSummary config;
    bool draft = false; ///< has text that is not saved

    friend bool operator==(const ConfigRow &, const ConfigRow &) = default;
};

enum class ConfigColumn { Name, Version, Gateways, Tags, Count };

/// The configs of the library by name, with drafts that were never saved among them (version 0).
class ConfigListModel final : public TableModel<ConfigRow, ConfigColumn>
{
    Q_OBJECT
public:
    enum Role {
        SortRole = models::SortRole, ///< name, or the number
        DraftRole = OwnRole,         ///< bool
        ArchivedRole,                ///< bool
    };

    using TableModel::TableModel;

    /// All that there are. A config that is not named any more was deleted; a draft that was never saved stays.
    void apply(const std::vector<app::ConfigSummary> &configs);
    void setDraft(const QString &name, bool draft);
    /// How many gateways should run each config; none for those that are not named.
    void setReach(const QHash<QString, int> &gateways);
    [[nodiscard]] const ConfigRow *find(const QString &name) const;
    [[nodiscard]] QModelIndex indexOf(const QString &name) const;
    [[nodiscard]] QStringList savedNames() const;
    /// Some config has tags or is archived.
    [[nodiscard]] bool hasTags() const;

protected:
    [[nodiscard]] QVariant cell(const ConfigRow &row, Column column, int role) const override;
    [[nodiscard]] QString title(Column column) const override;
    [[nodiscard]] bool isNumeric(Column column) const override { return column == Column::Gateways; }

private:
    [[nodiscard]] static QString tagText(const ConfigRow &row);
    void setSorted(std::vector<ConfigRow> rows);
};

} // namespace flowgate::models
