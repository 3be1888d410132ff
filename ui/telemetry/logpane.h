// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desk/deskvalues.h"
#include "ui/models/logmodel.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QLineEdit;
class QPushButton;
class QTableView;

namespace flowgate::ui {

class PlainLabel;
class Workspace;

/// A gateway's own log lines, newest first, from a severity on, with a text in them. New ones come by themselves unless
/// it is paused.
class LogPane final : public QWidget
{
    Q_OBJECT
public:
    explicit LogPane(Workspace &workspace, QWidget *parent = nullptr);

    /// Of this gateway, in the stretch of time that is looked at.
    void show(const domain::GatewayId &gateway);
    /// Asks anew, unless it is paused.
    void refresh();
    [[nodiscard]] bool isEmpty() const { return m_lines.rowCount() == 0; }

Q_SIGNALS:
    void loaded();

private:
    void load();
    void copy() const;

    Workspace &m_workspace;
    domain::GatewayId m_gateway;
    models::LogModel m_lines;
    QTimer m_loadSoon;
    QLineEdit *m_search = nullptr;
    QComboBox *m_severity = nullptr;
    QPushButton *m_pause = nullptr;
    QTableView *m_table = nullptr;
    PlainLabel *m_note = nullptr;
};

} // namespace flowgate::ui
