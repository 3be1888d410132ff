// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desk/deskvalues.h"
#include "ui/models/tablemodel.h"

namespace flowgate::models {

enum class HitColumn { Config, Place, Text, Count };

/// Lines that hold what was searched for, in the order in which they came.
class HitModel final : public TableModel<app::ConfigHit, HitColumn>
{
    Q_OBJECT
public:
    enum Role {
        SortRole = models::SortRole,
        ConfigRole = OwnRole, ///< name of the config
        VersionRole,          ///< int
        FileRole,             ///< name of the file
        LineRole,             ///< int, from 1
    };

    using TableModel::TableModel;

    void show(std::vector<app::ConfigHit> hits);

protected:
    [[nodiscard]] QVariant cell(const app::ConfigHit &row, Column column, int role) const override;
    [[nodiscard]] QString title(Column column) const override;
};

} // namespace flowgate::models
