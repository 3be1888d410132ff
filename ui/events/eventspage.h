// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/sortfiltermodel.h"

#include <QWidget>

class QLineEdit;
class QStackedWidget;
class QTableView;

namespace flowgate::ui {

class EmptyState;
class PlainLabel;
class Workspace;

/// Who did what and what happened, newest first.
class EventsPage final : public QWidget
{
    Q_OBJECT
public:
    explicit EventsPage(Workspace &workspace, QWidget *parent = nullptr);

private:
    void updateCounts();
    void copy();
    void showMenu(const QPoint &at);

    Workspace &m_workspace;
    models::SortFilterModel m_shown;
    QLineEdit *m_filter = nullptr;
    PlainLabel *m_count = nullptr;
    QStackedWidget *m_stack = nullptr;
    QTableView *m_table = nullptr;
    EmptyState *m_empty = nullptr;
};

} // namespace flowgate::ui
