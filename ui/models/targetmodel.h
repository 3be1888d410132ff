// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/rolloutmodel.h"

namespace flowgate::models {

struct TargetRow
{
    domain::RolloutTarget target;
    QString name;

    friend bool operator==(const TargetRow &, const TargetRow &) = default;
};

enum class TargetColumn { Gateway, Wave, Step, InStep, Seen, Count };

/// The targets of one rollout, in its order. Shows another rollout, or another state of the same one.
class TargetModel final : public TableModel<TargetRow, TargetColumn>
{
    Q_OBJECT
public:
    enum Role {
        SortRole = models::SortRole, ///< name, wave, step as a number, since when in milliseconds, text
        ErrorRole = OwnRole,         ///< QString, whole
    };
    using NameOf = std::function<QString(const domain::GatewayId &)>;

    explicit TargetModel(NameOf nameOf, QObject *parent = nullptr);

    /// @param rollout  null: nothing to show
    void show(const RolloutPtr &rollout, domain::WallTime now);
    /// Time went by: what shows a growing time is announced.
    void tick(domain::WallTime now);
    /// Gateways may have other names now.
    void refreshNames();

protected:
    [[nodiscard]] QVariant cell(const TargetRow &row, Column column, int role) const override;
    [[nodiscard]] QString title(Column column) const override;
    [[nodiscard]] bool isNumeric(Column column) const override
    {
        return column == Column::Wave || column == Column::InStep;
    }

private:
    [[nodiscard]] QString seenText(const domain::RolloutTarget &target) const;

    NameOf m_nameOf;
    domain::RolloutOptions m_options;
    domain::WallTime m_now{};
};

} // namespace flowgate::models
