// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/travel/fleetplace.h"

#include "ui/fleet/fleetpage.h"
#include "ui/travel/pastview.h"

#include <QAction>

namespace flowgate::ui {

FleetPlace::FleetPlace(Workspace &workspace, FleetPage &fleet, QWidget *parent)
    : QStackedWidget(parent)
    , m_fleet(fleet)
    , m_view(new PastView(workspace, this))
    , m_past(new QAction(tr("The fleet in the &past"), this))
{
    addWidget(&fleet);
    addWidget(m_view);
    m_past->setCheckable(true);
    m_past->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_T));
    connect(m_past, &QAction::toggled, this, &FleetPlace::go);
    connect(m_view, &PastView::backRequested, this, &FleetPlace::showNow);
}

bool FleetPlace::isPast() const
{
    return m_past->isChecked();
}

void FleetPlace::showNow()
{
    m_past->setChecked(false);
}

/// The live page cannot be acted on while it is not seen: not by a key, and not through the palette.
void FleetPlace::go(bool past)
{
    m_fleet.setEnabled(!past);
    setCurrentWidget(past ? static_cast<QWidget *>(m_view) : &m_fleet);
    if (past)
        m_view->start();
    currentWidget()->setFocus();
}

} // namespace flowgate::ui
