// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/timeline.h"
#include "ui/models/tablemodel.h"

namespace flowgate::models {

/// Something that happened to a gateway: a state that began, or an event.
struct HistoryRow
{
    domain::WallTime at{};
    std::optional<domain::DrawnSpan> span; ///< else it is the event
    domain::Event event;

    friend bool operator==(const HistoryRow &, const HistoryRow &) = default;
};

enum class HistoryColumn { At, What, Detail, Count };

/// What happened to one gateway, newest first. Who did it stands quietly behind what it was.
class HistoryModel final : public TableModel<HistoryRow, HistoryColumn>
{
    Q_OBJECT
public:
    enum class Part { Everything, States, Events };

    using TableModel::TableModel;

    /// Both in any order.
    void show(const std::vector<domain::DrawnSpan> &spans, const std::vector<domain::Event> &events,
              Part part = Part::Everything);

protected:
    [[nodiscard]] QVariant cell(const HistoryRow &row, Column column, int role) const override;
    [[nodiscard]] QString title(Column column) const override;
};

} // namespace flowgate::models
