// SPDX-License-Identifier: GPL-3.0-or-later
#include "flowgatectl/table.h"

#include "flowgatectl/printable.h"

#include <algorithm>

namespace flowgate::ctl {

QString Table::text() const
{
    if (m_rows.empty())
        return {};
    std::vector<QStringList> rows;
    if (!m_heads.isEmpty())
        rows.push_back(m_heads);
    rows.insert(rows.end(), m_rows.begin(), m_rows.end());
    std::vector<qsizetype> widths;
    for (QStringList &row : rows) {
        widths.resize(std::max(widths.size(), size_t(row.size())));
        for (qsizetype column = 0; column < row.size(); ++column) {
            const bool isLast = column + 1 == row.size();
            row[column] = shortened(row[column], isLast ? widestLastCell : widestCell);
            if (!isLast)
                widths[size_t(column)] = std::max(widths[size_t(column)], displayWidth(row[column]));
        }
    }
    // A number in the last column is as wide as its widest.
    for (const QStringList &row : rows) {
        const size_t last = widths.size() - 1;
        if (size_t(row.size()) == widths.size() && std::ranges::find(m_right, qsizetype(last)) != m_right.end())
            widths[last] = std::max(widths[last], displayWidth(row.back()));
    }
    QString out;
    for (const QStringList &row : rows) {
        QString line;
        for (qsizetype column = 0; column < row.size(); ++column) {
            const QString fill(std::max<qsizetype>(widths[size_t(column)] - displayWidth(row[column]), 0), u' ');
            const bool isRight = std::ranges::find(m_right, column) != m_right.end();
            line += isRight ? fill + row[column] : row[column] + fill;
            line += QStringLiteral("  ");
        }
        while (line.endsWith(u' '))
            line.chop(1);
        out += line + u'\n';
    }
    return out;
}

} // namespace flowgate::ctl
