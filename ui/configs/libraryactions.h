// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/configlistmodel.h"

#include <QObject>

class QMenu;
class QWidget;

namespace flowgate::ui {

class Workspace;

/// What an operator can do with a config as a whole, with the questions before and the failures after. Tags, putting
/// away and deleting can be undone.
class LibraryActions final : public QObject
{
    Q_OBJECT
public:
    /// @param window  what dialogs belong to
    LibraryActions(Workspace &workspace, QWidget *window);

    /// Adds all of them to @p menu for this config; what cannot be done is off, with the reason.
    void fill(QMenu &menu, const models::ConfigRow &row);
    void copy(const QString &name);
    void tag(const app::ConfigSummary &config);
    void bringBack();

Q_SIGNALS:
    void copied(const QString &name);

private:
    /// With a way back, in the workspace's undo stack.
    void change(const QString &text, const app::ConfigAct &act, const app::ConfigAct &back);
    void carryOut(const app::ConfigAct &act);

    Workspace &m_workspace;
    QWidget *m_window;
};

} // namespace flowgate::ui
