// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/bundle/bundles.h"
#include "app/desk/desk.h"
#include "app/tokens/tokens.h"
#include "ui/models/gatewaymodel.h"

namespace flowgate::ui {

/// Takes an outcome on the gui thread.
template<typename T>
using Then = std::function<void(const app::Outcome<T> &)>;

/// What the window asks of the control plane. Every answer comes later, once, unless its guard is gone by then.
/// An interface, so that pages can be tested with answers that come late, wrong or never.
/// @thread gui
class Operations
{
public:
    using Id = domain::GatewayId;
    using Whole = app::ConfigLibrary::Whole;
    using Added = app::ConfigLibrary::Added;
    using Act = app::Desk::RolloutAct;

    virtual ~Operations() = default;

    virtual void status(QObject *guard, Then<app::Status> then) = 0;
    /// When each gateway was last heard of: a bare heartbeat moves this moment and is told nowhere else.
    virtual void lastSeen(QObject *guard, Then<models::SeenTimes> then) = 0;

    virtual void effective(QObject *guard, const Id &id, Then<domain::ConfigSet> then) = 0;
    /// What is to be seen of gateways in a stretch of time.
    virtual void timelines(QObject *guard, const app::TimelineWish &wish, Then<std::vector<domain::Timeline>> then) = 0;
    virtual void fleetAt(QObject *guard, domain::WallTime at, Then<domain::FleetMoment> then) = 0;
    virtual void metrics(QObject *guard, const app::MetricsWish &wish, Then<std::vector<telemetry::Series>> then) = 0;
    virtual void logs(QObject *guard, const app::LogsWish &wish, Then<std::vector<telemetry::LogLine>> then) = 0;
    /// Why there may be no telemetry of a gateway.
    virtual void telemetryGap(QObject *guard, const Id &id, Then<app::TelemetryGap> then) = 0;
    /// @param changes  "k=v" sets, "k-" removes
    virtual void label(QObject *guard, const Id &id, const QStringList &changes, Then<app::Nothing> then) = 0;
    /// Answers when another start time was reported, or @p patience is over.
    virtual void restart(QObject *guard, const Id &id, domain::milliseconds patience, Then<app::Nothing> then) = 0;
    /// All of them in one go, with their histories.
    virtual void forget(QObject *guard, const QList<Id> &ids, Then<app::Nothing> then) = 0;
    /// @p now is what was @p before.
    virtual void link(QObject *guard, const Id &before, const Id &now, Then<app::Nothing> then) = 0;
    /// Approves or rejects.
    virtual void admit(QObject *guard, const Id &id, domain::Admission admission, Then<app::Nothing> then) = 0;

    /// @param nameAndVersion  "base" or "base@3"
    virtual void loadConfig(QObject *guard, const QString &nameAndVersion, Then<Whole> then) = 0;
    virtual void versions(QObject *guard, const QString &name, Then<std::vector<domain::ConfigVersion>> then) = 0;
    virtual void saveConfig(QObject *guard, const QString &name, const domain::ConfigSet &files, const QString &message,
                            Then<Added> then) = 0;

    /// Makes version 1 of a new config from a version of another.
    virtual void copyConfig(QObject *guard, const QString &nameAndVersion, const QString &name, Then<Added> then) = 0;
    /// Tags it, puts it away or takes it out, deletes it or brings it back.
    virtual void actOnConfig(QObject *guard, const app::ConfigAct &act, Then<app::ConfigSummary> then) = 0;
    /// Lines with @p text in all versions.
    virtual void searchConfigs(QObject *guard, const QString &text, Then<std::vector<app::ConfigHit>> then) = 0;

    /// Types of components, by section, that the gateways of a config all have.
    virtual void commonTypes(QObject *guard, const QString &config, Then<QHash<QString, QStringList>> then) = 0;
    virtual void preview(QObject *guard, const QString &config, const QString &selector,
                         Then<std::vector<app::PlannedTarget>> then) = 0;
    /// What a new rollout is done with unless its wish says otherwise.
    virtual void rolloutDefaults(QObject *guard, Then<domain::RolloutOptions> then) = 0;
    virtual void startRollout(QObject *guard, const app::RolloutWish &wish, Then<QString> then) = 0;
    virtual void rolloutList(QObject *guard, Then<std::vector<domain::Rollout>> then) = 0;
    virtual void rollout(QObject *guard, const QString &id, Then<domain::Rollout> then) = 0;
    virtual void act(QObject *guard, Act what, const QString &id, Then<app::Nothing> then) = 0;

    /// Takes what a gateway runs into the library, as version 1 of a new config. Sends nothing.
    virtual void adopt(QObject *guard, const app::AdoptWish &wish, Then<app::Adopted> then) = 0;
    /// Everything into one file, which is overwritten.
    virtual void exportBundle(QObject *guard, const QString &path, Then<app::Nothing> then) = 0;
    /// What importing a bundle would do.
    virtual void planBundle(QObject *guard, const QString &path, const app::BundleWish &wish,
                            Then<app::BundleReport> then) = 0;
    virtual void importBundle(QObject *guard, const QString &path, const app::BundleWish &wish,
                              Then<app::BundleReport> then) = 0;

    /// @param text  "default" goes back to the default. Changes come with ControlPlane::settingsChanged() too
    virtual void setSetting(QObject *guard, const QString &key, const QString &text, Then<app::SettingValue> then) = 0;

    /// All that were ever made. What is new comes with ControlPlane::tokensChanged() too, but for when they were used.
    virtual void tokens(QObject *guard, Then<std::vector<domain::Token>> then) = 0;
    /// The answer has the token's text, this once. Keep it nowhere.
    virtual void createToken(QObject *guard, const app::TokenWish &wish, Then<app::MadeToken> then) = 0;
    /// Ends its connections.
    virtual void revokeToken(QObject *guard, const QString &name, Then<domain::Token> then) = 0;

    virtual void eventsSince(QObject *guard, domain::WallTime since, int limit,
                             Then<std::vector<domain::Event>> then) = 0;
};

} // namespace flowgate::ui
