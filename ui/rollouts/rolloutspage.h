// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/controlplane.h"
#include "ui/models/rolloutmodel.h"
#include "ui/models/targetmodel.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QPushButton;
class QTableView;

namespace flowgate::ui {

/// All rollouts, and the targets of the chosen one as they move.
class RolloutsPage final : public QWidget
{
    Q_OBJECT
public:
    RolloutsPage(app::ControlPlane &plane, models::TargetModel::NameOf nameOf, QWidget *parent = nullptr);

    void apply(const app::RolloutPtr &rollout);

private:
    void showChosen();
    void act(app::Desk::RolloutAct what, const QString &question);

    app::ControlPlane &m_plane;
    models::RolloutModel m_rollouts;
    models::TargetModel m_targets;
    app::RolloutPtr m_chosen;
    QTimer m_second;
    QTableView *m_list = nullptr;
    QLabel *m_title = nullptr;
    QPushButton *m_halt = nullptr;
    QPushButton *m_resume = nullptr;
    QPushButton *m_back = nullptr;
};

} // namespace flowgate::ui
