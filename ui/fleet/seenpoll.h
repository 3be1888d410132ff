// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace flowgate::ui {

class Workspace;

/// Heartbeats are not told one by one: while a view is looked at, this asks now and then when gateways were last seen.
class SeenPoll final : public QObject
{
    Q_OBJECT
public:
    /// @param view  asks while it is visible; the owner
    SeenPoll(Workspace &workspace, QWidget *view);

private:
    void tick();

    Workspace &m_workspace;
    QWidget *m_view;
    int m_seconds = 0;
    bool m_asked = false;
};

} // namespace flowgate::ui
