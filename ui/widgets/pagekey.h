// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QString>

#include <functional>

class QAction;
class QWidget;

namespace flowgate::ui {

/// A key that works while @p owner is on the screen (or has the focus, by @p context), with a name: an action, so that
/// the list of shortcuts knows it.
QAction *addPageKey(QWidget &owner, const QString &text, const QKeySequence &key, std::function<void()> run,
                    Qt::ShortcutContext context = Qt::WindowShortcut);

} // namespace flowgate::ui
