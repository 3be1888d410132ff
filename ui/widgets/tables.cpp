// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/tables.h"

#include "ui/common/theme.h"
#include "ui/widgets/statusdelegate.h"

#include <QHeaderView>
#include <QTableView>
#include <QTimer>

namespace flowgate::ui {

QTableView *makeTable(QAbstractItemModel *model, const QString &name, QWidget *parent)
{
    auto *table = new QTableView(parent);
    table->setModel(model);
    table->setAccessibleName(name);
    table->setItemDelegate(new StatusDelegate(table));
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setTabKeyNavigation(false);
    table->setFrameShape(QFrame::NoFrame);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(common::space::row);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setStretchLastSection(true);
    table->setSortingEnabled(true);
    table->sortByColumn(0, Qt::AscendingOrder);
    // Times are relative: what is on the screen is drawn anew each second, nothing else is touched.
    auto *second = new QTimer(table);
    QObject::connect(second, &QTimer::timeout, table->viewport(), qOverload<>(&QWidget::update));
    second->start(1000);
    return table;
}

} // namespace flowgate::ui
