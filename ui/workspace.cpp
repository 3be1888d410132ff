// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workspace.h"

#include "app/controlplane.h"

namespace flowgate::ui {

Workspace::Workspace(Operations &operations, const domain::Clock &clock, QObject *parent)
    : QObject(parent)
    , m_operations(operations)
    , m_clock(clock)
    , m_timeWindow(clock)
    , m_tokens([this](const domain::GatewayId &id) { return m_fleet.nameOf(id); })
    , m_events([this](const domain::GatewayId &id) { return m_fleet.nameOf(id); })
{
    m_second.setInterval(1000);
    connect(&m_second, &QTimer::timeout, this, [this] {
        if (m_reachIsOld)
            countReach();
        Q_EMIT second();
    });
    m_second.start();
}

void Workspace::follow(app::ControlPlane &plane)
{
    connect(&plane, &app::ControlPlane::fleetChanged, this, &Workspace::applyFleet);
    connect(&plane, &app::ControlPlane::rolloutChanged, this, &Workspace::applyRollout);
    connect(&plane, &app::ControlPlane::configsChanged, this, &Workspace::applyConfigs);
    connect(&plane, &app::ControlPlane::settingsChanged, this, &Workspace::applySettings);
    connect(&plane, &app::ControlPlane::tokensChanged, this, &Workspace::applyTokens);
    connect(&plane, &app::ControlPlane::eventAdded, this, [this](const domain::Event &event) { m_events.add(event); });
    loadHistory();
}

void Workspace::loadHistory()
{
    m_operations.rolloutList(this, [this](const app::Outcome<std::vector<domain::Rollout>> &rollouts) {
        if (rollouts)
            m_rollouts.addHistory(*rollouts);
    });
    const domain::WallTime since = now() - std::chrono::days(7);
    m_operations.eventsSince(this, since, 2000, [this](const app::Outcome<std::vector<domain::Event>> &events) {
        if (events)
            m_events.addHistory(*events);
    });
}

void Workspace::applyFleet(const app::FleetDelta &delta)
{
    m_fleet.apply(delta);
    m_mutes.unmute(delta.forgotten);
    m_reachIsOld = true;
    Q_EMIT fleetApplied(delta);
}

void Workspace::applyRollout(const models::RolloutPtr &rollout)
{
    m_rollouts.apply(rollout);
    Q_EMIT rolloutApplied(rollout);
}

void Workspace::applyConfigs(const std::vector<app::ConfigSummary> &configs)
{
    QStringList changed;
    for (const app::ConfigSummary &config : configs) {
        const models::ConfigRow *known = m_configs.find(config.name);
        if (!known || known->config.latest != config.latest)
            changed.append(config.name);
    }
    m_configs.apply(configs);
    countReach();
    Q_EMIT configsApplied(changed);
}

void Workspace::applySettings(const std::vector<app::SettingValue> &settings)
{
    m_settings = settings;
    Q_EMIT settingsApplied();
}

void Workspace::applyTokens(const std::vector<domain::Token> &tokens)
{
    m_tokens.apply(tokens, now());
    countReach();
}

/// The control plane tells configs and tokens when they change; who wants and who uses them moves with the fleet.
void Workspace::countReach()
{
    m_reachIsOld = false;
    QHash<QString, int> wanted;
    QHash<QString, QStringList> users;
    for (const models::GatewayRow &row : m_fleet.rows()) {
        if (row.gateway->wanted)
            ++wanted[row.gateway->wanted->config];
        const domain::Presence &presence = row.gateway->presence;
        if (presence.state == domain::PresenceState::Connected && !presence.token.isEmpty())
            users[presence.token].append(row.name);
    }
    m_configs.setReach(wanted);
    m_tokens.setUsers(users);
}

} // namespace flowgate::ui
