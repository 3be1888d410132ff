// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/controlplane.h"
#include "ui/operations/operations.h"

namespace flowgate::ui {

/// The operations of a running control plane. The one file of the window whose lambdas run on the io thread.
class PlaneOperations final : public Operations
{
public:
    explicit PlaneOperations(app::ControlPlane &plane)
        : m_plane(plane)
    {
    }

    void status(QObject *guard, Then<app::Status> then) override;
    void lastSeen(QObject *guard, Then<models::SeenTimes> then) override;
    void effective(QObject *guard, const Id &id, Then<domain::ConfigSet> then) override;
    void timelines(QObject *guard, const app::TimelineWish &wish, Then<std::vector<domain::Timeline>> then) override;
    void fleetAt(QObject *guard, domain::WallTime at, Then<domain::FleetMoment> then) override;
    void metrics(QObject *guard, const app::MetricsWish &wish, Then<std::vector<telemetry::Series>> then) override;
    void logs(QObject *guard, const app::LogsWish &wish, Then<std::vector<telemetry::LogLine>> then) override;
    void telemetryGap(QObject *guard, const Id &id, Then<app::TelemetryGap> then) override;
    void label(QObject *guard, const Id &id, const QStringList &changes, Then<app::Nothing> then) override;
    void restart(QObject *guard, const Id &id, domain::milliseconds patience, Then<app::Nothing> then) override;
    void forget(QObject *guard, const QList<Id> &ids, Then<app::Nothing> then) override;
    void link(QObject *guard, const Id &before, const Id &now, Then<app::Nothing> then) override;
    void admit(QObject *guard, const Id &id, domain::Admission admission, Then<app::Nothing> then) override;
    void loadConfig(QObject *guard, const QString &nameAndVersion, Then<Whole> then) override;
    void versions(QObject *guard, const QString &name, Then<std::vector<domain::ConfigVersion>> then) override;
    void saveConfig(QObject *guard, const QString &name, const domain::ConfigSet &files, const QString &message,
                    Then<Added> then) override;
    void copyConfig(QObject *guard, const QString &nameAndVersion, const QString &name, Then<Added> then) override;
    void actOnConfig(QObject *guard, const app::ConfigAct &act, Then<app::ConfigSummary> then) override;
    void searchConfigs(QObject *guard, const QString &text, Then<std::vector<app::ConfigHit>> then) override;
    void commonTypes(QObject *guard, const QString &config, Then<QHash<QString, QStringList>> then) override;
    void preview(QObject *guard, const QString &config, const QString &selector,
                 Then<std::vector<app::PlannedTarget>> then) override;
    void rolloutDefaults(QObject *guard, Then<domain::RolloutOptions> then) override;
    void startRollout(QObject *guard, const app::RolloutWish &wish, Then<QString> then) override;
    void rolloutList(QObject *guard, Then<std::vector<domain::Rollout>> then) override;
    void rollout(QObject *guard, const QString &id, Then<domain::Rollout> then) override;
    void act(QObject *guard, Act what, const QString &id, Then<app::Nothing> then) override;
    void setSetting(QObject *guard, const QString &key, const QString &text, Then<app::SettingValue> then) override;
    void adopt(QObject *guard, const app::AdoptWish &wish, Then<app::Adopted> then) override;
    void exportBundle(QObject *guard, const QString &path, Then<app::Nothing> then) override;
    void planBundle(QObject *guard, const QString &path, const app::BundleWish &wish,
                    Then<app::BundleReport> then) override;
    void importBundle(QObject *guard, const QString &path, const app::BundleWish &wish,
                      Then<app::BundleReport> then) override;
    void tokens(QObject *guard, Then<std::vector<domain::Token>> then) override;
    void createToken(QObject *guard, const app::TokenWish &wish, Then<app::MadeToken> then) override;
    void revokeToken(QObject *guard, const QString &name, Then<domain::Token> then) override;
    void eventsSince(QObject *guard, domain::WallTime since, int limit, Then<std::vector<domain::Event>> then) override;

private:
    app::ControlPlane &m_plane;
};

} // namespace flowgate::ui
