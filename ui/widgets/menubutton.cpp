// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/menubutton.h"

#include <QMenu>
#include <QPushButton>

namespace flowgate::ui {

QPushButton *makeMenuButton(const QString &text, QWidget *parent, std::function<void(QMenu &)> fill)
{
    auto *button = new QPushButton(text, parent);
    auto *menu = new QMenu(button);
    menu->setToolTipsVisible(true);
    button->setMenu(menu);
    button->setProperty("hasMenu", true); // the style sheet leaves room for the arrow
    QObject::connect(menu, &QMenu::aboutToShow, button, [menu, fill = std::move(fill)] {
        menu->clear();
        fill(*menu);
    });
    return button;
}

} // namespace flowgate::ui
