// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/noticerule.h"
#include "domain/pausewatch.h"
#include "ui/models/gatewayfiltermodel.h"
#include "ui/notices/noticewords.h"

#include <QMenu>

namespace flowgate::ui {

class Workspace;

/// Looks at the fleet and the rollouts each second: the badge, the words and the menu of the tray, and what is told.
/// What to tell is decided by domain::takeNotice().
class Notices final : public QObject
{
    Q_OBJECT
public:
    /// @param tray  outlives this, as @p workspace does
    Notices(Workspace &workspace, Tray &tray, QObject *parent = nullptr);
    ~Notices() override;

    [[nodiscard]] QMenu &menu() { return *m_menu; }

Q_SIGNALS:
    void windowRequested();
    void gatewayRequested(const flowgate::domain::GatewayId &id);
    /// @param id  empty: all of them
    void rolloutRequested(const QString &id);
    void partRequested(flowgate::models::FleetPart part);
    void quitRequested();

private:
    void makeMenu();
    void look();
    [[nodiscard]] std::vector<domain::GatewaySight> sights();
    void showState();
    void showMutedAll();
    void follow();

    Workspace &m_workspace;
    Tray &m_tray;
    domain::PauseWatch m_pauses;
    domain::milliseconds m_observingSince;
    domain::NoticeMemory m_memory;
    FleetState m_state;
    domain::Notice m_last; ///< what a click is about
    std::unique_ptr<QMenu> m_menu;
    QAction *m_attention = nullptr;
    QAction *m_muteAll = nullptr;
};

} // namespace flowgate::ui
