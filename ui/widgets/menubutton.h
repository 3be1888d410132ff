// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>

class QMenu;
class QPushButton;
class QWidget;

namespace flowgate::ui {

/// A button whose menu is filled anew each time it opens.
[[nodiscard]] QPushButton *makeMenuButton(const QString &text, QWidget *parent, std::function<void(QMenu &)> fill);

} // namespace flowgate::ui
