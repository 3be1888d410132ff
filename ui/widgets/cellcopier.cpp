// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/cellcopier.h"

#include "ui/models/rowtext.h"

#include <QAbstractItemView>
#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QTableView>
#include <QTreeView>

#include <algorithm>

namespace flowgate::ui {

namespace {

bool isShown(const QAbstractItemView &view, const QModelIndex &index)
{
    if (const auto *table = qobject_cast<const QTableView *>(&view))
        return !table->isColumnHidden(index.column()) && !table->isRowHidden(index.row());
    if (const auto *tree = qobject_cast<const QTreeView *>(&view))
        return !tree->isColumnHidden(index.column());
    return true;
}

} // namespace

QString copiedText(const QAbstractItemView &view)
{
    QModelIndexList chosen = view.selectionModel() ? view.selectionModel()->selectedIndexes() : QModelIndexList();
    if (chosen.isEmpty() && view.currentIndex().isValid())
        chosen.append(view.currentIndex());
    // Below one another as they stand there: of a tree, items of one parent are told apart by their rows alone.
    const auto place = [&view](const QModelIndex &index) {
        const QRect rect = view.visualRect(index);
        return std::pair(rect.isValid() ? rect.top() : index.row(), index.column());
    };
    std::ranges::stable_sort(chosen, {}, place);
    QStringList lines;
    QModelIndex row;
    for (const QModelIndex &index : std::as_const(chosen)) {
        if (!isShown(view, index))
            continue;
        const QString cell = models::plainCell(index.data().toString());
        if (row.isValid() && row.row() == index.row() && row.parent() == index.parent())
            lines.last() += u'\t' + cell;
        else
            lines.append(cell);
        row = index;
    }
    return lines.join(u'\n');
}

CellCopier::CellCopier(QObject *parent)
    : QObject(parent)
{
    qApp->installEventFilter(this);
}

bool CellCopier::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress || !static_cast<QKeyEvent *>(event)->matches(QKeySequence::Copy))
        return QObject::eventFilter(watched, event);
    const auto *view = qobject_cast<QAbstractItemView *>(watched);
    if (!view || !view->model())
        return QObject::eventFilter(watched, event);
    QGuiApplication::clipboard()->setText(copiedText(*view));
    return true;
}

} // namespace flowgate::ui
