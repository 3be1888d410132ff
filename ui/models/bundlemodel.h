// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/bundle/bundleplan.h"
#include "ui/models/tablemodel.h"

namespace flowgate::models {

enum class BundleColumn { Action, Part, Name, Detail, Count };

/// What is in a bundle, and what would come of each thing.
class BundleModel final : public TableModel<app::BundleItem, BundleColumn>
{
    Q_OBJECT
public:
    using TableModel::TableModel;

    void show(const std::vector<app::BundleItem> &items);
    /// Things that would be added or changed.
    [[nodiscard]] int changeCount() const;

protected:
    [[nodiscard]] QVariant cell(const app::BundleItem &row, Column column, int role) const override;
    [[nodiscard]] QString title(Column column) const override;
};

} // namespace flowgate::models
