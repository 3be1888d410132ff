// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include <vector>

namespace flowgate::ctl {

/// Rows in aligned columns, two spaces apart, for a terminal. Cells must be printable (printable.h).
class Table
{
public:
    /// Cells wider than this are cut, so that one odd name does not spoil the table for all.
    static constexpr qsizetype widestCell = 60;
    /// The last column has room for a sentence.
    static constexpr qsizetype widestLastCell = 500;

    /// @param heads  in capitals, as the first row; none: a table without heads
    explicit Table(QStringList heads = {})
        : m_heads(std::move(heads))
    {
    }

    void addRow(QStringList cells) { m_rows.push_back(std::move(cells)); }
    /// Numbers stand to the right.
    void alignRight(qsizetype column) { m_right.push_back(column); }
    [[nodiscard]] bool isEmpty() const { return m_rows.empty(); }
    /// Each row with its line end. Nothing at all where there are no rows.
    [[nodiscard]] QString text() const;

private:
    QStringList m_heads;
    std::vector<QStringList> m_rows;
    std::vector<qsizetype> m_right;
};

} // namespace flowgate::ctl
