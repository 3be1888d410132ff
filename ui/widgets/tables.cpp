// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/tables.h"

#include "ui/common/metrics.h"
#include "ui/common/theme.h"
#include "ui/models/rowtext.h"
#include "ui/widgets/pagekey.h"
#include "ui/widgets/statusdelegate.h"
#include "ui/widgets/tablelook.h"
#include "ui/workspace.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QTableView>
#include <QTreeView>

#include <algorithm>

namespace flowgate::ui {

namespace {

struct Tables
{
    Q_DECLARE_TR_FUNCTIONS(flowgate::Tables)
};

void dress(QAbstractItemView *view, QAbstractItemModel *model, const QString &name, Workspace &workspace)
{
    view->setModel(model);
    view->setAccessibleName(name);
    view->setItemDelegate(new StatusDelegate(workspace.clock(), view));
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    view->setTabKeyNavigation(false);
    view->setFrameShape(QFrame::NoFrame);
    followLook(view, workspace);
}

} // namespace

QTableView *makeTable(QAbstractItemModel *model, const QString &name, Workspace &workspace, QWidget *parent)
{
    auto *table = new QTableView(parent);
    dressTable(*table, model, name, workspace);
    return table;
}

void dressTable(QTableView &table, QAbstractItemModel *model, const QString &name, Workspace &workspace)
{
    dress(&table, model, name, workspace);
    table.setShowGrid(false);
    table.setWordWrap(false);
    table.setCornerButtonEnabled(false);
    table.verticalHeader()->hide();
    table.verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table.horizontalHeader()->setHighlightSections(false);
    table.horizontalHeader()->setStretchLastSection(true);
    addPageKey(
        table, Tables::tr("Copy the chosen rows"), QKeySequence::Copy,
        [&table] {
            if (const QString rows = chosenRows(table); !rows.isEmpty())
                QGuiApplication::clipboard()->setText(rows);
        },
        Qt::WidgetWithChildrenShortcut);
}

void setWidths(QTableView *table, const QList<int> &widths)
{
    for (qsizetype column = 0; column < widths.size(); ++column)
        table->setColumnWidth(static_cast<int>(column), common::scaled(widths.at(column), table->font()));
}

void addColumnActions(QMenu &menu, QTableView &table, int end)
{
    for (int column = 1; column < end; ++column) {
        QAction *action = menu.addAction(table.model()->headerData(column, Qt::Horizontal).toString());
        action->setCheckable(true);
        action->setChecked(!table.isColumnHidden(column));
        QObject::connect(action, &QAction::toggled, &table,
                         [&table, column](bool shown) { table.setColumnHidden(column, !shown); });
    }
}

void offerColumns(QTableView *table)
{
    QHeaderView *header = table->horizontalHeader();
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    header->setSectionsMovable(true);
    QObject::connect(header, &QHeaderView::customContextMenuRequested, table, [table, header](const QPoint &at) {
        auto *menu = new QMenu(table);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        addColumnActions(*menu, *table, header->count());
        menu->popup(header->mapToGlobal(at));
    });
}

QTreeView *makeTree(QAbstractItemModel *model, const QString &name, Workspace &workspace, QWidget *parent)
{
    auto *tree = new QTreeView(parent);
    dress(tree, model, name, workspace);
    tree->setHeaderHidden(true);
    tree->setUniformRowHeights(true);
    tree->setIndentation(common::space::large);
    return tree;
}

namespace {

std::vector<QStringList> cellsOf(const QTableView &table, const QModelIndexList &rows)
{
    const QHeaderView &header = *table.horizontalHeader();
    QList<int> columns;
    for (int place = 0; place < header.count(); ++place) {
        if (const int column = header.logicalIndex(place); !header.isSectionHidden(column))
            columns.append(column);
    }
    std::vector<QStringList> lines(1);
    for (const int column : std::as_const(columns))
        lines.front().append(table.model()->headerData(column, Qt::Horizontal).toString());
    for (const QModelIndex &row : rows) {
        QStringList cells;
        for (const int column : std::as_const(columns))
            cells.append(row.siblingAtColumn(column).data().toString());
        lines.push_back(cells);
    }
    return lines;
}

} // namespace

QModelIndexList chosenIndexes(const QTableView &table)
{
    QModelIndexList rows = table.selectionModel()->selectedRows();
    std::ranges::sort(rows, {}, &QModelIndex::row);
    return rows;
}

std::vector<QStringList> allCells(const QTableView &table)
{
    QModelIndexList rows;
    for (int row = 0; row < table.model()->rowCount(); ++row)
        rows.append(table.model()->index(row, 0));
    return cellsOf(table, rows);
}

std::vector<QStringList> chosenCells(const QTableView &table)
{
    return cellsOf(table, chosenIndexes(table));
}

QString plainLine(const QStringList &cells)
{
    QStringList plain;
    for (const QString &cell : cells)
        plain.append(models::plainCell(cell));
    return plain.join(u'\t');
}

QString chosenRows(const QTableView &table)
{
    const std::vector<QStringList> cells = chosenCells(table);
    QStringList lines;
    for (size_t i = 1; i < cells.size(); ++i)
        lines.append(plainLine(cells[i]));
    return lines.join(u'\n');
}

} // namespace flowgate::ui
