// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/navigation/rowmemory.h"

#include "ui/models/roles.h"

#include <QEvent>
#include <QScrollBar>
#include <QTableView>
#include <QTimer>

#include <utility>

namespace flowgate::ui {

RowMemory::RowMemory(QTableView &table, QObject *parent)
    : QObject(parent)
    , m_table(table)
{
    connect(table.selectionModel(), &QItemSelectionModel::currentRowChanged, this, &RowMemory::changed);
    connect(table.verticalScrollBar(), &QScrollBar::valueChanged, this, &RowMemory::changed);
    connect(table.verticalScrollBar(), &QScrollBar::rangeChanged, this, &RowMemory::recallNow);
    connect(table.model(), &QAbstractItemModel::rowsInserted, this, &RowMemory::recallNow);
    connect(table.model(), &QAbstractItemModel::modelReset, this, &RowMemory::recallNow);
    // What the operator does is worth more than what was.
    table.installEventFilter(this);
    table.viewport()->installEventFilter(this);
}

QVariant RowMemory::state() const
{
    const QModelIndex current = m_table.currentIndex();
    const QVariant id = m_id.isValid() ? m_id : current.siblingAtColumn(0).data(models::IdRole);
    return QVariantList{id, m_scroll >= 0 ? m_scroll : m_table.verticalScrollBar()->value()};
}

void RowMemory::recall(const QVariant &state)
{
    const QVariantList parts = state.toList();
    if (parts.size() != 2)
        return;
    m_id = parts.front().isNull() ? QVariant() : parts.front();
    m_scroll = std::max(parts.back().toInt(), 0);
    recallNow();
}

void RowMemory::recallNow()
{
    if (m_id.isValid() && m_table.model()->rowCount() > 0) {
        const QModelIndexList found =
            m_table.model()->match(m_table.model()->index(0, 0), models::IdRole, m_id, 1, Qt::MatchExactly);
        if (!found.isEmpty()) {
            m_id.clear();
            m_table.setCurrentIndex(found.front());
        }
    }
    // A view that is not shown yet scrolls to its current row when it is.
    QScrollBar &bar = *m_table.verticalScrollBar();
    if (m_shown && m_scroll >= 0 && bar.maximum() >= m_scroll)
        bar.setValue(std::exchange(m_scroll, -1));
}

bool RowMemory::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::KeyPress:
    case QEvent::MouseButtonPress:
    case QEvent::Wheel:
        m_id.clear();
        m_scroll = -1;
        break;
    case QEvent::Show:
        if (watched == &m_table)
            QTimer::singleShot(0, this, [this] {
                m_shown = m_table.isVisible();
                recallNow();
            });
        break;
    case QEvent::Hide:
        if (watched == &m_table)
            m_shown = false;
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace flowgate::ui
