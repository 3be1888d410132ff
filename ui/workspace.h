// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/clock.h"
#include "ui/models/configlistmodel.h"
#include "ui/models/eventmodel.h"
#include "ui/models/gatewaymodel.h"
#include "ui/models/rolloutmodel.h"
#include "ui/models/tokenmodel.h"
#include "ui/notices/mutes.h"
#include "ui/operations/operations.h"
#include "ui/settings/preferences.h"
#include "ui/timelines/timewindow.h"

#include <QTimer>
#include <QUndoStack>

namespace flowgate::app {
class ControlPlane;
}

namespace flowgate::ui {

/// What every page works with: the models, the clock, the operations. One each; pages keep a reference.
class Workspace final : public QObject
{
    Q_OBJECT
public:
    Workspace(Operations &operations, const domain::Clock &clock, QObject *parent = nullptr);

    /// Feeds the models from a control plane's signals and asks for what was before. Connect before the first turn of
    /// the event loop: the plane tells the whole fleet once.
    void follow(app::ControlPlane &plane);

    void applyFleet(const app::FleetDelta &delta);
    void applyRollout(const models::RolloutPtr &rollout);
    void applyConfigs(const std::vector<app::ConfigSummary> &configs);

    void applyTokens(const std::vector<domain::Token> &tokens);
    void applySettings(const std::vector<app::SettingValue> &settings);

    [[nodiscard]] Operations &operations() const { return m_operations; }
    [[nodiscard]] const domain::Clock &clock() const { return m_clock; }
    [[nodiscard]] Preferences &preferences() { return m_preferences; }
    /// Gateways of which nothing is told on the desktop.
    [[nodiscard]] Mutes &mutes() { return m_mutes; }
    [[nodiscard]] const Mutes &mutes() const { return m_mutes; }
    /// Of the control plane, as it last told them; empty: not told yet.
    [[nodiscard]] const std::vector<app::SettingValue> &settings() const { return m_settings; }
    [[nodiscard]] domain::WallTime now() const { return m_clock.now(); }
    /// What every view of the past looks at.
    [[nodiscard]] TimeWindow &timeWindow() { return m_timeWindow; }
    /// What the operator did here and can take back.
    [[nodiscard]] QUndoStack &undo() { return m_undo; }
    [[nodiscard]] models::GatewayModel &fleet() { return m_fleet; }
    [[nodiscard]] models::RolloutModel &rollouts() { return m_rollouts; }
    [[nodiscard]] models::ConfigListModel &configs() { return m_configs; }
    [[nodiscard]] models::TokenModel &tokens() { return m_tokens; }
    [[nodiscard]] models::EventModel &events() { return m_events; }

Q_SIGNALS:
    /// Once a second, for what shows a growing time.
    void second();
    /// After the fleet model took a delta.
    void fleetApplied(const flowgate::app::FleetDelta &delta);
    void rolloutApplied(const flowgate::models::RolloutPtr &rollout);
    /// Configs changed; the names of those with another version than before.
    void configsApplied(const QStringList &changed);
    void settingsApplied();

private:
    void countReach();
    void loadHistory();

    Operations &m_operations;
    const domain::Clock &m_clock;
    Preferences m_preferences;
    TimeWindow m_timeWindow;
    Mutes m_mutes;
    QUndoStack m_undo;
    models::GatewayModel m_fleet;
    models::RolloutModel m_rollouts;
    models::ConfigListModel m_configs;
    models::TokenModel m_tokens;
    models::EventModel m_events;
    std::vector<app::SettingValue> m_settings;
    QTimer m_second;
    bool m_reachIsOld = false;
};

} // namespace flowgate::ui
