// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/controlplane.h"
#include "ui/models/gatewayfiltermodel.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;
class QTableView;

namespace flowgate::ui {

class GatewayDetails;

/// All gateways in a table, with a filter, and the chosen one beside it.
class FleetPage final : public QWidget
{
    Q_OBJECT
public:
    FleetPage(app::ControlPlane &plane, models::GatewayModel &fleet, QWidget *parent = nullptr);

Q_SIGNALS:
    void rollOutRequested(const QString &selector);

private:
    void applyFilter();
    void updateCounts();
    void showChosen();
    void showMenu(const QPoint &at);
    void askLabel(const app::GatewayPtr &gateway);
    void askRestart(const app::GatewayPtr &gateway);
    void askForget(const app::GatewayPtr &gateway);
    [[nodiscard]] std::vector<app::GatewayPtr> chosen() const;

    app::ControlPlane &m_plane;
    models::GatewayModel &m_fleet;
    models::GatewayFilterModel m_shown;
    QLineEdit *m_filter = nullptr;
    QLabel *m_count = nullptr;
    QPushButton *m_rollOut = nullptr;
    QTableView *m_table = nullptr;
    GatewayDetails *m_details = nullptr;
};

} // namespace flowgate::ui
