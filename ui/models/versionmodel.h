// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/configversion.h"
#include "ui/models/tablemodel.h"

namespace flowgate::models {

enum class VersionColumn { Version, Message, Saved, Author, Count };

/// The versions of one config, newest first.
class VersionModel final : public TableModel<domain::ConfigVersion, VersionColumn>
{
    Q_OBJECT
public:
    enum Role {
        SortRole = models::SortRole, ///< number, text, time in milliseconds, text
        VersionRole = OwnRole,       ///< int
    };

    using TableModel::TableModel;

    /// @param versions  in any order
    void show(std::vector<domain::ConfigVersion> versions);
    [[nodiscard]] QModelIndex indexOf(int version) const;

protected:
    [[nodiscard]] QVariant cell(const domain::ConfigVersion &row, Column column, int role) const override;
    [[nodiscard]] QString title(Column column) const override;
};

} // namespace flowgate::models
