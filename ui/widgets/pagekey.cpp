// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/pagekey.h"

#include <QAction>
#include <QWidget>

namespace flowgate::ui {

QAction *addPageKey(QWidget &owner, const QString &text, const QKeySequence &key, std::function<void()> run,
                    Qt::ShortcutContext context)
{
    auto *action = new QAction(text, &owner);
    action->setShortcut(key);
    action->setShortcutContext(context);
    QObject::connect(action, &QAction::triggered, &owner, [run = std::move(run)] { run(); });
    owner.addAction(action);
    return action;
}

} // namespace flowgate::ui
