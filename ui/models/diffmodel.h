// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/diffrows.h"
#include "ui/models/roles.h"

#include <QAbstractTableModel>

namespace flowgate::models {

enum class DiffColumn { OldLine, OldText, NewLine, NewText, Count };

/// Two texts beside each other.
class DiffModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Role {
        KindRole = OwnRole, ///< int of DiffRow::Kind
    };

    using QAbstractTableModel::QAbstractTableModel;

    void show(std::vector<DiffRow> rows, const QString &oldName, const QString &newName);
    [[nodiscard]] const std::vector<DiffRow> &rows() const { return m_rows; }
    /// The first row of the next change from @p row on, in steps of @p by (1 or -1); -1: there is none.
    [[nodiscard]] int changeFrom(int row, int by) const;
    /// Changes, a run of rows each.
    [[nodiscard]] int changeCount() const;
    /// Lines that differ and are no change.
    [[nodiscard]] int byDesignCount() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &at, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] bool beginsChange(int row) const;

    std::vector<DiffRow> m_rows;
    QString m_oldName;
    QString m_newName;
};

} // namespace flowgate::models
