// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/sortfiltermodel.h"
#include "ui/models/targetmodel.h"
#include "ui/operations/operations.h"

#include <QTimer>
#include <QWidget>

class QPushButton;
class QTableView;

namespace flowgate::ui {

class PlainLabel;
class TargetPanel;
class WaveCards;
class Workspace;

/// One rollout, live: its waves, each target's step and what was seen there, and what an operator can do.
class RolloutView final : public QWidget
{
    Q_OBJECT
public:
    explicit RolloutView(Workspace &workspace, QWidget *parent = nullptr);

    /// @param rollout  not null
    void show(const models::RolloutPtr &rollout);
    [[nodiscard]] const models::RolloutPtr &rollout() const { return m_rollout; }

Q_SIGNALS:
    void gatewayRequested(const flowgate::domain::GatewayId &id);

protected:
    void showEvent(QShowEvent *event) override;

private:
    [[nodiscard]] QWidget *makeBar();
    void updateHeader();
    void showTarget();
    void tick();
    void askResume();
    void askRollBack();
    void askEnd();
    void act(Operations::Act what);

    Workspace &m_workspace;
    models::RolloutPtr m_rollout;
    models::TargetModel m_targets;
    models::SortFilterModel m_sorted;
    QTimer m_namesSoon;
    PlainLabel *m_title = nullptr;
    PlainLabel *m_subtitle = nullptr;
    PlainLabel *m_proof = nullptr;
    WaveCards *m_waves = nullptr;
    QTableView *m_table = nullptr;
    TargetPanel *m_target = nullptr;
    QPushButton *m_halt = nullptr;
    QPushButton *m_resume = nullptr;
    QPushButton *m_end = nullptr;
    QPushButton *m_back = nullptr;
};

} // namespace flowgate::ui
