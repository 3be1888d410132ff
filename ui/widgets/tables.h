// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QModelIndexList>
#include <QString>
#include <QStringList>

#include <vector>

class QAbstractItemModel;
class QMenu;
class QTableView;
class QTreeView;
class QWidget;

namespace flowgate::ui {

class Workspace;

/// A table of whole rows in the house's dress: states drawn, no grid, rows of one height. Ages are drawn anew each
/// second. Ctrl+C copies the chosen rows.
/// @param name  for screen readers
[[nodiscard]] QTableView *makeTable(QAbstractItemModel *model, const QString &name, Workspace &workspace,
                                    QWidget *parent);
/// The same for a table of another kind.
void dressTable(QTableView &table, QAbstractItemModel *model, const QString &name, Workspace &workspace);
void setWidths(QTableView *table, const QList<int> &widths);
/// A tick each for the columns before @p end but the first, which stays: shown or hidden.
void addColumnActions(QMenu &menu, QTableView &table, int end);
/// Lets the operator show and hide columns from a menu on the header.
void offerColumns(QTableView *table);
/// The same dress for a tree without header.
[[nodiscard]] QTreeView *makeTree(QAbstractItemModel *model, const QString &name, Workspace &workspace,
                                  QWidget *parent);
/// Column 0 of each chosen row, from the top.
[[nodiscard]] QModelIndexList chosenIndexes(const QTableView &table);
/// All rows below their heads, columns as they are shown; ages are exact.
[[nodiscard]] std::vector<QStringList> allCells(const QTableView &table);
/// The chosen rows below their heads, columns as they are shown; ages are exact.
[[nodiscard]] std::vector<QStringList> chosenCells(const QTableView &table);
/// Cells with tabs between, none of which a spreadsheet takes for a formula.
[[nodiscard]] QString plainLine(const QStringList &cells);
/// The chosen rows as such lines, as shown but for ages, which are exact.
[[nodiscard]] QString chosenRows(const QTableView &table);

} // namespace flowgate::ui
