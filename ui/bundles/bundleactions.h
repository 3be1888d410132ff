// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QMenu;
class QWidget;

namespace flowgate::ui {

class Workspace;

/// Bundles in the window: the menu's entries, and files that are dropped on it.
class BundleActions final : public QObject
{
    Q_OBJECT
public:
    /// @param window  whose drops are taken; the dialogs' parent
    BundleActions(Workspace &workspace, QWidget *window);

    void fillMenu(QMenu &menu);
    void openBundle(const QString &path);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void askForImport();
    void askForExport();

    Workspace &m_workspace;
    QWidget *m_window;
};

} // namespace flowgate::ui
