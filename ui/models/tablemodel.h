// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/roles.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QSet>

#include <algorithm>
#include <vector>

namespace flowgate::models {

/// A table over a vector of value rows. Checks bounds once, says what changed in few signals, and keeps selections
/// and persistent indexes on their rows.
/// @tparam Column  an enum class of int that ends with Count
template<typename Row, typename ColumnType>
class TableModel : public QAbstractTableModel
{
public:
    using Column = ColumnType;
    using QAbstractTableModel::QAbstractTableModel;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const final
    {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const final
    {
        return parent.isValid() ? 0 : static_cast<int>(Column::Count) + moreColumns();
    }
    [[nodiscard]] QVariant data(const QModelIndex &at, int role = Qt::DisplayRole) const final
    {
        const Row *found = rowAt(at);
        return found ? cell(*found, static_cast<Column>(at.column()), role) : QVariant();
    }
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const final
    {
        if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
            return {};
        if (role == Qt::TextAlignmentRole)
            return isNumeric(static_cast<Column>(section)) ? int(Qt::AlignRight | Qt::AlignVCenter)
                                                           : int(Qt::AlignLeft | Qt::AlignVCenter);
        return role == Qt::DisplayRole ? QVariant(title(static_cast<Column>(section))) : QVariant();
    }
    /// The row behind an index of this model; null for any other.
    [[nodiscard]] const Row *rowAt(const QModelIndex &at) const
    {
        return at.model() == this && checkIndex(at, CheckIndexOption::IndexIsValid) ? &m_rows[size_t(at.row())]
                                                                                    : nullptr;
    }
    [[nodiscard]] const std::vector<Row> &rows() const { return m_rows; }
    [[nodiscard]] QModelIndex at(int row, Column column) const { return index(row, static_cast<int>(column)); }

protected:
    [[nodiscard]] virtual QVariant cell(const Row &row, Column column, int role) const = 0;
    [[nodiscard]] virtual QString title(Column column) const = 0;
    [[nodiscard]] virtual bool isNumeric(Column) const { return false; }
    /// Columns behind those of the enum.
    [[nodiscard]] virtual int moreColumns() const { return 0; }

    /// One dataChanged a run of rows; one for all where the runs are many or most rows changed.
    void announce(std::vector<int> changed)
    {
        if (changed.empty())
            return;
        std::ranges::sort(changed);
        changed.erase(std::unique(changed.begin(), changed.end()), changed.end());
        std::vector<std::pair<int, int>> runs;
        for (const int row : changed) {
            if (!runs.empty() && runs.back().second + 1 == row)
                runs.back().second = row;
            else
                runs.emplace_back(row, row);
        }
        if (runs.size() > mostRuns || changed.size() * 2 > m_rows.size())
            runs = {{runs.front().first, runs.back().second}};
        for (const auto &[first, last] : runs)
            Q_EMIT dataChanged(index(first, 0), index(last, columnCount() - 1));
    }

    /// Removes these rows, a run at a time from the end. A row may be named twice.
    void removeAll(std::vector<int> gone)
    {
        std::ranges::sort(gone, std::greater<>());
        gone.erase(std::unique(gone.begin(), gone.end()), gone.end());
        for (size_t i = 0; i < gone.size();) {
            size_t end = i + 1;
            while (end < gone.size() && gone[end] == gone[end - 1] - 1)
                ++end;
            const int first = gone[end - 1];
            const int last = gone[i];
            beginRemoveRows({}, first, last);
            m_rows.erase(m_rows.begin() + first, m_rows.begin() + last + 1);
            endRemoveRows();
            i = end;
        }
    }

    /// Makes the rows equal to @p fresh by removing, inserting, changing and, where the order differs, moving them.
    /// @param keyOf  what makes a row the same row; unique within each of both lists, hashable
    template<typename KeyOf>
    void reconcile(std::vector<Row> fresh, KeyOf keyOf);

    std::vector<Row> m_rows;

private:
    static constexpr size_t mostRuns = 100;
};

} // namespace flowgate::models

#include "ui/models/reconcile.h"
