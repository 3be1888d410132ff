// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStackedWidget>

class QAction;

namespace flowgate::ui {

class FleetPage;
class PastView;
class Workspace;

/// Where the fleet is: as it is now, or at a moment of the past. What acts on gateways is out of reach meanwhile.
class FleetPlace final : public QStackedWidget
{
    Q_OBJECT
public:
    /// @param fleet  taken into this place
    FleetPlace(Workspace &workspace, FleetPage &fleet, QWidget *parent = nullptr);

    /// Goes to the past and back.
    [[nodiscard]] QAction *pastAction() const { return m_past; }
    [[nodiscard]] bool isPast() const;
    void showNow();

private:
    void go(bool past);

    FleetPage &m_fleet;
    PastView *m_view = nullptr;
    QAction *m_past = nullptr;
};

} // namespace flowgate::ui
