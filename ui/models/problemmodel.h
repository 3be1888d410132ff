// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/problem.h"
#include "ui/models/tablemodel.h"

namespace flowgate::models {

enum class ProblemColumn { Place, Text, Path, Count };

/// Problems of a config, in the order of its text.
class ProblemModel final : public TableModel<collector::Problem, ProblemColumn>
{
    Q_OBJECT
public:
    enum Role {
        SortRole = models::SortRole, ///< line * 10,000 + column, else text
        LineRole = OwnRole,          ///< int from 1; 0: no place
        ColumnRole,                  ///< int from 1
        FileRole,                    ///< QString
    };

    using TableModel::TableModel;

    void show(const collector::Problems &problems);
    [[nodiscard]] int errorCount() const;

protected:
    [[nodiscard]] QVariant cell(const collector::Problem &row, Column column, int role) const override;
    [[nodiscard]] QString title(Column column) const override;
};

} // namespace flowgate::models
