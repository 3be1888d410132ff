// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/diffmodel.h"

#include "ui/common/visibletext.h"

#include <algorithm>

namespace flowgate::models {

using Kind = DiffRow::Kind;

void DiffModel::show(std::vector<DiffRow> rows, const QString &oldName, const QString &newName)
{
    beginResetModel();
    m_rows = std::move(rows);
    m_oldName = oldName;
    m_newName = newName;
    endResetModel();
}

bool DiffModel::beginsChange(int row) const
{
    const auto changes = [this](int at) {
        const Kind kind = m_rows[size_t(at)].kind;
        return kind != Kind::Same && kind != Kind::Gap && kind != Kind::ByDesign;
    };
    return changes(row) && (row == 0 || !changes(row - 1));
}

int DiffModel::changeFrom(int row, int by) const
{
    for (int at = row; at >= 0 && at < rowCount(); at += by) {
        if (beginsChange(at))
            return at;
    }
    return -1;
}

int DiffModel::changeCount() const
{
    int count = 0;
    for (int row = 0; row < rowCount(); ++row)
        count += beginsChange(row) ? 1 : 0;
    return count;
}

int DiffModel::byDesignCount() const
{
    return static_cast<int>(
        std::ranges::count_if(m_rows, [](const DiffRow &row) { return row.kind == Kind::ByDesign; }));
}

int DiffModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int DiffModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(DiffColumn::Count);
}

QVariant DiffModel::data(const QModelIndex &at, int role) const
{
    if (!checkIndex(at, CheckIndexOption::IndexIsValid))
        return {};
    const DiffRow &row = m_rows[size_t(at.row())];
    if (role == KindRole)
        return static_cast<int>(row.kind);
    if (role == MonoRole)
        return true;
    const auto column = static_cast<DiffColumn>(at.column());
    const bool isNumber = column == DiffColumn::OldLine || column == DiffColumn::NewLine;
    if (role == Qt::TextAlignmentRole)
        return int((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == Qt::AccessibleTextRole && column == DiffColumn::NewText) {
        switch (row.kind) {
        case Kind::Removed:
            return tr("removed");
        case Kind::Added:
            return tr("added: %1").arg(row.newText);
        case Kind::Changed:
            return tr("changed to: %1").arg(row.newText);
        case Kind::ByDesign:
            return row.newText.isEmpty() ? tr("not shown, by design") : tr("by design: %1").arg(row.newText);
        case Kind::Same:
        case Kind::Gap:
            break;
        }
    }
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    if (row.kind == Kind::Gap)
        return column == DiffColumn::OldText ? tr("%n equal line(s)", nullptr, row.hidden) : QString();
    if (isNumber) {
        const int line = column == DiffColumn::OldLine ? row.oldLine : row.newLine;
        return line > 0 && role == Qt::DisplayRole ? QVariant(QString::number(line)) : QVariant();
    }
    const QString &text = column == DiffColumn::OldText ? row.oldText : row.newText;
    return role == Qt::ToolTipRole ? QVariant(common::toolTip(text)) : QVariant(text);
}

QVariant DiffModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (static_cast<DiffColumn>(section)) {
    case DiffColumn::OldText:
        return m_oldName;
    case DiffColumn::NewText:
        return m_newName;
    default:
        return QString();
    }
}

} // namespace flowgate::models
