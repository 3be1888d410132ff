// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/sortfiltermodel.h"

namespace flowgate::models {

/// Events that show a text and, where one is chosen, are of one kind.
class EventFilterModel final : public SortFilterModel
{
    Q_OBJECT
public:
    using SortFilterModel::SortFilterModel;

    /// @param kind  as in domain::Event; empty: all
    void setKind(const QString &kind);

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    QString m_kind;
};

} // namespace flowgate::models
