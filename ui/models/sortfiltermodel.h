// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/roles.h"

#include <QSortFilterProxyModel>

namespace flowgate::models {

/// Sorts by SortRole, texts as people do (case does not matter, "gw-2" before "gw-10"), and keeps rows in which some
/// column shows the filter text. Where values are equal, the source's order decides, so rows do not jump.
class SortFilterModel : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    explicit SortFilterModel(QObject *parent = nullptr);

    void setFilterText(const QString &text);
    [[nodiscard]] const QString &filterText() const { return m_text; }

protected:
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    QString m_text;
};

/// Compares as people sort: digits by their number, letters without case. Total: equal only for equal texts.
[[nodiscard]] int compareTexts(QStringView a, QStringView b);

} // namespace flowgate::models
