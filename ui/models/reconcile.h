// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The part of tablemodel.h that turns one list of rows into another; included by it alone.
#include "ui/models/tablemodel.h"

namespace flowgate::models {

template<typename Row, typename ColumnType>
template<typename KeyOf>
void TableModel<Row, ColumnType>::reconcile(std::vector<Row> fresh, KeyOf keyOf)
{
    using Key = std::decay_t<std::invoke_result_t<KeyOf, const Row &>>;
    QHash<Key, int> target;
    target.reserve(static_cast<qsizetype>(fresh.size()));
    for (size_t i = 0; i < fresh.size(); ++i)
        target.insert(keyOf(fresh[i]), static_cast<int>(i));

    std::vector<int> gone;
    std::vector<int> places; // of the rows that stay, in the new order
    for (size_t i = 0; i < m_rows.size(); ++i) {
        const auto found = target.constFind(keyOf(m_rows[i]));
        if (found == target.cend())
            gone.push_back(static_cast<int>(i));
        else
            places.push_back(*found);
    }
    removeAll(std::move(gone));

    if (!std::ranges::is_sorted(places)) {
        Q_EMIT layoutAboutToBeChanged();
        std::vector<int> order(m_rows.size());
        for (size_t i = 0; i < order.size(); ++i)
            order[i] = static_cast<int>(i);
        std::ranges::sort(order, [&](int a, int b) { return places[size_t(a)] < places[size_t(b)]; });
        std::vector<Row> sorted;
        std::vector<int> rowNow(order.size());
        for (size_t i = 0; i < order.size(); ++i) {
            rowNow[size_t(order[i])] = static_cast<int>(i);
            sorted.push_back(std::move(m_rows[size_t(order[i])]));
        }
        m_rows = std::move(sorted);
        const QModelIndexList before = persistentIndexList();
        QModelIndexList after;
        for (const QModelIndex &old : before)
            after.append(index(rowNow[size_t(old.row())], old.column()));
        changePersistentIndexList(before, after);
        Q_EMIT layoutChanged();
        std::ranges::sort(places);
    }

    std::vector<int> changed;
    size_t kept = 0;
    for (size_t i = 0; i < fresh.size();) {
        if (kept < places.size() && places[kept] == static_cast<int>(i)) {
            if (!(m_rows[i] == fresh[i])) {
                m_rows[i] = std::move(fresh[i]);
                changed.push_back(static_cast<int>(i));
            }
            ++kept;
            ++i;
            continue;
        }
        const size_t end = kept < places.size() ? size_t(places[kept]) : fresh.size();
        beginInsertRows({}, static_cast<int>(i), static_cast<int>(end) - 1);
        m_rows.insert(m_rows.begin() + static_cast<std::ptrdiff_t>(i),
                      std::make_move_iterator(fresh.begin() + static_cast<std::ptrdiff_t>(i)),
                      std::make_move_iterator(fresh.begin() + static_cast<std::ptrdiff_t>(end)));
        endInsertRows();
        i = end;
    }
    announce(std::move(changed));
}

} // namespace flowgate::models
