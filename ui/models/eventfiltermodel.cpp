// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/eventfiltermodel.h"

#include "ui/models/eventmodel.h"

namespace flowgate::models {

void EventFilterModel::setKind(const QString &kind)
{
    if (kind == m_kind)
        return;
    m_kind = kind;
    invalidateFilter();
}

bool EventFilterModel::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    if (!m_kind.isEmpty()) {
        const auto event = sourceModel()->index(row, 0, parent).data(EventModel::EventRole).value<domain::Event>();
        if (event.kind != m_kind)
            return false;
    }
    return SortFilterModel::filterAcceptsRow(row, parent);
}

} // namespace flowgate::models
