// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QAbstractItemModel;
class QTableView;
class QWidget;

namespace flowgate::ui {

/// A table of whole rows in the house's dress: states drawn, no grid, rows of one height, sorted by value.
/// @param name  for screen readers
[[nodiscard]] QTableView *makeTable(QAbstractItemModel *model, const QString &name, QWidget *parent);

} // namespace flowgate::ui
