// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/seenpoll.h"

#include "ui/workspace.h"

namespace flowgate::ui {

SeenPoll::SeenPoll(Workspace &workspace, QWidget *view)
    : QObject(view)
    , m_workspace(workspace)
    , m_view(view)
{
    connect(&workspace, &Workspace::second, this, &SeenPoll::tick);
}

void SeenPoll::tick()
{
    constexpr int every = 2; // seconds
    if (!m_view->isVisible() || m_asked || ++m_seconds % every != 0)
        return;
    m_asked = true;
    m_workspace.operations().lastSeen(this, [this](const app::Outcome<models::SeenTimes> &times) {
        m_asked = false;
        if (times)
            m_workspace.fleet().noteSeen(*times);
    });
}

} // namespace flowgate::ui
