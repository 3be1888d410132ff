// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

class QMainWindow;
class QWidget;

namespace flowgate::ui {

/// A key and what it does, as the action itself says it.
struct Shortcut
{
    QString where; ///< menu or page
    QString text;
    QString keys; ///< as people read them; several with commas between

    friend bool operator==(const Shortcut &, const Shortcut &) = default;
};

/// Every action below @p window that has a key, each once, in the order of menus, then of widgets.
[[nodiscard]] std::vector<Shortcut> shortcutsOf(const QMainWindow &window);
/// Lists them; does not block.
void showShortcuts(QMainWindow &window);

} // namespace flowgate::ui
