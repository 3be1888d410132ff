// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/groupmodel.h"

#include <QWidget>

class QMenu;
class QPushButton;
class QTableView;

namespace flowgate::ui {

class PlainLabel;
class Workspace;

/// The fleet by the values of a label or attribute, beside the table: choosing one narrows the table to it. Hidden
/// while nothing is grouped by.
class GroupPanel final : public QWidget
{
    Q_OBJECT
public:
    /// @param shown  what is narrowed; outlives the panel
    GroupPanel(Workspace &workspace, models::GatewayFilterModel &shown, QWidget *parent);

    /// @param key  empty: no groups
    void setKey(const QString &key);
    [[nodiscard]] const QString &key() const { return m_key; }
    /// Counts anew.
    void refresh();
    void showAll();
    /// Keys to group by.
    void fillMenu(QMenu &menu);
    [[nodiscard]] QSize sizeHint() const override { return {260, 400}; }

Q_SIGNALS:
    /// Another key, or another group of it.
    void changed();

private:
    void choose();

    Workspace &m_workspace;
    models::GatewayFilterModel &m_shown;
    models::GroupModel m_model;
    QString m_key;
    PlainLabel *m_title = nullptr;
    QPushButton *m_all = nullptr;
    QTableView *m_table = nullptr;
};

} // namespace flowgate::ui
