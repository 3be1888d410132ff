// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/gatewayfiltermodel.h"
#include "ui/notices/noticerules.h"
#include "ui/notices/tray.h"

#include <QMenu>

namespace flowgate::ui {

class MainWindow;
class Workspace;

/// Tells on the desktop what needs attention, and keeps the program serving in the tray while its window is closed.
/// @thread gui
class NoticeCenter final : public QObject
{
    Q_OBJECT
public:
    /// Both outlive it.
    NoticeCenter(Workspace &workspace, MainWindow &window, std::unique_ptr<Tray> tray);
    ~NoticeCenter() override;

    /// Looks at the fleet and tells what is new. Runs by itself each second.
    void look();

private:
    [[nodiscard]] std::vector<Trouble> troubles() const;
    void tell(const Notice &notice);
    void open();
    void fillMenu();
    void showWindow();
    /// Whether the window is to be hidden rather than closed, or somebody is being asked.
    [[nodiscard]] bool keepsServing();
    void askWhetherToServe();
    void hideWindow();
    [[nodiscard]] QString nameOf(const Trouble &trouble) const;

    Workspace &m_workspace;
    MainWindow &m_window;
    std::unique_ptr<Tray> m_tray;
    QMenu m_menu;
    NoticeMemory m_memory;
    Notice m_last; ///< what a click on a notice is about
    int m_badge = -1;
};

} // namespace flowgate::ui
