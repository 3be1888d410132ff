// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/navigation/dockmenu.h"

#include <QCoreApplication>
#include <QDockWidget>
#include <QMainWindow>
#include <QMenu>

#include <utility>

namespace flowgate::ui {

namespace {

struct Docks
{
    Q_DECLARE_TR_FUNCTIONS(flowgate::Docks)
};

} // namespace

void addDockMenu(QMenu &menu, const QString &title, QMainWindow &host, QDockWidget &dock)
{
    QMenu *places = menu.addMenu(title);
    for (const auto &[area, text] : {std::pair(Qt::RightDockWidgetArea, Docks::tr("On the &right")),
                                     std::pair(Qt::LeftDockWidgetArea, Docks::tr("On the &left")),
                                     std::pair(Qt::BottomDockWidgetArea, Docks::tr("&Below"))}) {
        places->addAction(text, &dock, [&host, &dock, area = area] {
            dock.setFloating(false);
            host.addDockWidget(area, &dock);
            dock.show();
        });
    }
    places->addAction(Docks::tr("In a &window of its own"), &dock, [&dock] {
        dock.setFloating(true);
        dock.show();
    });
}

} // namespace flowgate::ui
