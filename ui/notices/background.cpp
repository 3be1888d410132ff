// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notices/background.h"

#include "ui/mainwindow.h"
#include "ui/workspace.h"

namespace flowgate::ui {

Background::Background(Workspace &workspace, Tray &tray, MainWindow &window, QObject *parent)
    : QObject(parent)
    , m_notices(workspace, tray)
    , m_closing(window, workspace.preferences(), tray)
{
    connect(&m_notices, &Notices::windowRequested, &window, &MainWindow::comeToFront);
    connect(&m_notices, &Notices::gatewayRequested, &window, &MainWindow::openGateway);
    connect(&m_notices, &Notices::rolloutRequested, &window, &MainWindow::openRollout);
    connect(&m_notices, &Notices::partRequested, &window, &MainWindow::openPart);
    connect(&m_notices, &Notices::quitRequested, &window, &MainWindow::quit);
}

} // namespace flowgate::ui
