// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QDockWidget;
class QMainWindow;
class QMenu;

namespace flowgate::ui {

/// Adds a submenu that puts @p dock at a side of @p host or in a window of its own: what the mouse does by dragging its
/// title.
void addDockMenu(QMenu &menu, const QString &title, QMainWindow &host, QDockWidget &dock);

} // namespace flowgate::ui
