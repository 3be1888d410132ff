// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/gatewayfiltermodel.h"

namespace flowgate::models {

/// Gateways that have the same value under a key.
struct GroupRow
{
    std::optional<QString> value; ///< nothing: they do not have the key
    int gateways = 0;
    int healthy = 0;
    int unhealthy = 0;
    int away = 0; ///< not connected

    friend bool operator==(const GroupRow &, const GroupRow &) = default;
};

enum class GroupColumn { Value, Gateways, State, Count };

/// The fleet by the values of one label or attribute, those without it last.
class GroupModel final : public TableModel<GroupRow, GroupColumn>
{
    Q_OBJECT
public:
    using TableModel::TableModel;

    /// Counts what fits the filter, whichever group is looked at.
    void count(const GatewayModel &fleet, const GatewayFilterModel &filter, const QString &key);

protected:
    [[nodiscard]] QVariant cell(const GroupRow &row, Column column, int role) const override;
    [[nodiscard]] QString title(Column column) const override;
    [[nodiscard]] bool isNumeric(Column column) const override { return column == Column::Gateways; }
};

} // namespace flowgate::models
