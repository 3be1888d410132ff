// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/rolloutcounts.h"
#include "ui/models/tablemodel.h"

#include <memory>

namespace flowgate::models {

using RolloutPtr = std::shared_ptr<const domain::Rollout>;

enum class RolloutColumn { Config, Selector, State, Progress, Started, By, Count };

/// All rollouts, newest first.
class RolloutModel final : public TableModel<RolloutPtr, RolloutColumn>
{
    Q_OBJECT
public:
    enum Role {
        SortRole = models::SortRole, ///< text, state as a number, time in milliseconds
        RolloutRole = OwnRole,       ///< RolloutPtr
    };

    using TableModel::TableModel;

    /// One that is new or moved.
    void apply(const RolloutPtr &rollout);
    /// Those of earlier runs: added where they are not known yet. They come without targets.
    void addHistory(const std::vector<domain::Rollout> &rollouts);

    [[nodiscard]] RolloutPtr find(const QString &id) const;
    [[nodiscard]] QModelIndex indexOf(const QString &id) const;
    /// Those that are running or halted.
    [[nodiscard]] int openCount() const;
    /// The newest that gave, or gives, this config to gateways; null if none.
    [[nodiscard]] RolloutPtr newestOf(const QString &config) const;

protected:
    [[nodiscard]] QVariant cell(const RolloutPtr &row, Column column, int role) const override;
    [[nodiscard]] QString title(Column column) const override;

private:
    void setSorted(std::vector<RolloutPtr> rows);
};

} // namespace flowgate::models
