// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/rollouts/rolloutplan.h"
#include "ui/models/sortfiltermodel.h"
#include "ui/models/tablemodel.h"

namespace flowgate::models {

struct PreviewRow
{
    domain::GatewayId gateway;
    QString name;
    bool connected = false;
    domain::Judgement judgement;

    friend bool operator==(const PreviewRow &, const PreviewRow &) = default;
};

enum class PreviewColumn { Gateway, Verdict, Reason, Count };

/// Whom a rollout would reach, with a verdict each.
class PreviewModel final : public TableModel<PreviewRow, PreviewColumn>
{
    Q_OBJECT
public:
    enum Role {
        SortRole = models::SortRole, ///< name, verdict as a number, text
        VerdictRole = OwnRole,       ///< int of domain::Verdict
    };

    using TableModel::TableModel;

    void show(const std::vector<app::PlannedTarget> &plan);
    void clear() { show({}); }

    /// How many gateways it would reach: blocked ones count only with @p force.
    [[nodiscard]] int reach(bool force) const;
    [[nodiscard]] std::vector<std::pair<domain::Verdict, int>> counts() const;

protected:
    [[nodiscard]] QVariant cell(const PreviewRow &row, Column column, int role) const override;
    [[nodiscard]] QString title(Column column) const override;
};

/// Rows that show a text and, if so wished, have one verdict.
class PreviewFilterModel final : public SortFilterModel
{
    Q_OBJECT
public:
    using SortFilterModel::SortFilterModel;

    /// @param verdict  nothing: all of them
    void setVerdict(std::optional<domain::Verdict> verdict);
    [[nodiscard]] std::optional<domain::Verdict> verdict() const { return m_verdict; }

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    std::optional<domain::Verdict> m_verdict;
};

} // namespace flowgate::models
