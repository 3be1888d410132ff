// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/span.h"
#include "ui/models/tablemodel.h"

namespace flowgate::models {

enum class SpanColumn { From, Kind, State, Lasted, Detail, Count };

/// What one gateway was when, newest first.
class SpanModel final : public TableModel<domain::Span, SpanColumn>
{
    Q_OBJECT
public:
    enum Role {
        SortRole = models::SortRole, ///< time in milliseconds, number or text
        SpanRole = OwnRole,          ///< domain::Span
    };

    using TableModel::TableModel;

    /// @param spans  in any order
    void show(std::vector<domain::Span> spans);

protected:
    [[nodiscard]] QVariant cell(const domain::Span &row, Column column, int role) const override;
    [[nodiscard]] QString title(Column column) const override;
    [[nodiscard]] bool isNumeric(Column column) const override { return column == Column::Lasted; }
};

} // namespace flowgate::models

Q_DECLARE_METATYPE(flowgate::domain::Span)
