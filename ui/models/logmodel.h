// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "telemetry/records.h"
#include "ui/models/tablemodel.h"

namespace flowgate::models {

enum class LogColumn { At, Line, Count };

/// A gateway's own log lines, newest first.
class LogModel final : public TableModel<telemetry::LogLine, LogColumn>
{
    Q_OBJECT
public:
    using TableModel::TableModel;

    /// @param lines  oldest first
    void show(std::vector<telemetry::LogLine> lines);

protected:
    [[nodiscard]] QVariant cell(const telemetry::LogLine &row, Column column, int role) const override;
    [[nodiscard]] QString title(Column column) const override;
};

/// The word of a SeverityNumber: "Error"; the gateway's own word where it gave no number.
[[nodiscard]] QString severityWord(const telemetry::LogLine &line);

} // namespace flowgate::models
