// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/planeoperations.h"

#include "domain/liveness.h"

namespace flowgate::ui {

using app::Desk;
using app::Done;
using app::Nothing;

void PlaneOperations::status(QObject *guard, Then<app::Status> then)
{
    m_plane.ask<app::Status>(
        guard, [](Desk &desk, Done<app::Status> done) { done(desk.status()); }, std::move(then));
}

void PlaneOperations::lastSeen(QObject *guard, Then<models::SeenTimes> then)
{
    m_plane.ask<models::SeenTimes>(
        guard,
        [](Desk &desk, const Done<models::SeenTimes> &done) {
            models::SeenTimes times;
            for (const domain::Gateway &gateway : desk.parts().fleet.gateways())
                times.push_back({gateway.id, gateway.presence.lastSeen, domain::pollInterval(gateway)});
            done(std::move(times));
        },
        std::move(then));
}

void PlaneOperations::effective(QObject *guard, const Id &id, Then<domain::ConfigSet> then)
{
    m_plane.ask<domain::ConfigSet>(
        guard, [id](Desk &desk, Done<domain::ConfigSet> done) { desk.effective(id, std::move(done)); },
        std::move(then));
}

void PlaneOperations::timelines(QObject *guard, const app::TimelineWish &wish, Then<std::vector<domain::Timeline>> then)
{
    using All = std::vector<domain::Timeline>;
    m_plane.ask<All>(
        guard, [wish](Desk &desk, Done<All> done) { desk.timelines(wish, std::move(done)); }, std::move(then));
}

void PlaneOperations::fleetAt(QObject *guard, domain::WallTime at, Then<domain::FleetMoment> then)
{
    m_plane.ask<domain::FleetMoment>(
        guard, [at](Desk &desk, Done<domain::FleetMoment> done) { desk.fleetAt(at, std::move(done)); },
        std::move(then));
}

void PlaneOperations::metrics(QObject *guard, const app::MetricsWish &wish, Then<std::vector<telemetry::Series>> then)
{
    using All = std::vector<telemetry::Series>;
    m_plane.ask<All>(
        guard, [wish](Desk &desk, Done<All> done) { desk.metrics(wish, std::move(done)); }, std::move(then));
}

void PlaneOperations::logs(QObject *guard, const app::LogsWish &wish, Then<std::vector<telemetry::LogLine>> then)
{
    using All = std::vector<telemetry::LogLine>;
    m_plane.ask<All>(
        guard, [wish](Desk &desk, Done<All> done) { desk.logs(wish, std::move(done)); }, std::move(then));
}

void PlaneOperations::telemetryGap(QObject *guard, const Id &id, Then<app::TelemetryGap> then)
{
    using Gap = app::TelemetryGap;
    m_plane.ask<Gap>(
        guard, [id](Desk &desk, const Done<Gap> &done) { done(desk.telemetryGap(id)); }, std::move(then));
}

void PlaneOperations::label(QObject *guard, const Id &id, const QStringList &changes, Then<Nothing> then)
{
    m_plane.ask<Nothing>(
        guard, [id, changes](Desk &desk, Done<Nothing> done) { desk.label(id, changes, std::move(done)); },
        std::move(then));
}

void PlaneOperations::restart(QObject *guard, const Id &id, domain::milliseconds patience, Then<Nothing> then)
{
    m_plane.ask<Nothing>(
        guard,
        // The desk's guard lives on the io thread: its own mailbox, which is there as long as the desk is.
        [id, patience](Desk &desk, Done<Nothing> done) {
            desk.restart(id, patience, &desk.parts().mailbox, std::move(done));
        },
        std::move(then));
}

void PlaneOperations::forget(QObject *guard, const QList<Id> &ids, Then<Nothing> then)
{
    m_plane.ask<Nothing>(
        guard, [ids](Desk &desk, Done<Nothing> done) { desk.forget(ids, QStringLiteral("operator"), std::move(done)); },
        std::move(then));
}

void PlaneOperations::link(QObject *guard, const Id &before, const Id &now, Then<app::Nothing> then)
{
    m_plane.ask<Nothing>(
        guard, [before, now](Desk &desk, Done<Nothing> done) { desk.link(before, now, std::move(done)); },
        std::move(then));
}

void PlaneOperations::admit(QObject *guard, const Id &id, domain::Admission admission, Then<app::Nothing> then)
{
    m_plane.ask<Nothing>(
        guard, [id, admission](Desk &desk, Done<Nothing> done) { desk.admit(id, admission, std::move(done)); },
        std::move(then));
}

void PlaneOperations::loadConfig(QObject *guard, const QString &nameAndVersion, Then<Whole> then)
{
    m_plane.ask<Whole>(
        guard,
        [nameAndVersion](Desk &desk, Done<Whole> done) { desk.parts().library.load(nameAndVersion, std::move(done)); },
        std::move(then));
}

void PlaneOperations::versions(QObject *guard, const QString &name, Then<std::vector<domain::ConfigVersion>> then)
{
    using Versions = std::vector<domain::ConfigVersion>;
    m_plane.ask<Versions>(
        guard,
        [name](Desk &desk, const Done<Versions> &done) {
            const auto &all = desk.parts().library.all();
            const auto found = all.find(name);
            done(found == all.end() ? app::Outcome<Versions>(app::failed(app::FailureCode::ConfigNotFound, name))
                                    : app::Outcome<Versions>(found->second));
        },
        std::move(then));
}

void PlaneOperations::saveConfig(QObject *guard, const QString &name, const domain::ConfigSet &files,
                                 const QString &message, Then<Added> then)
{
    m_plane.ask<Added>(
        guard,
        [name, files, message](Desk &desk, Done<Added> done) {
            desk.parts().library.add(name, files, message, QStringLiteral("operator"), std::move(done));
        },
        std::move(then));
}

void PlaneOperations::copyConfig(QObject *guard, const QString &nameAndVersion, const QString &name, Then<Added> then)
{
    m_plane.ask<Added>(
        guard,
        [nameAndVersion, name](Desk &desk, Done<Added> done) {
            desk.parts().library.copy(nameAndVersion, name, QStringLiteral("operator"), std::move(done));
        },
        std::move(then));
}

void PlaneOperations::actOnConfig(QObject *guard, const app::ConfigAct &act, Then<app::ConfigSummary> then)
{
    m_plane.ask<app::ConfigSummary>(
        guard, [act](Desk &desk, Done<app::ConfigSummary> done) { desk.act(act, std::move(done)); }, std::move(then));
}

void PlaneOperations::searchConfigs(QObject *guard, const QString &text, Then<std::vector<app::ConfigHit>> then)
{
    using Hits = std::vector<app::ConfigHit>;
    m_plane.ask<Hits>(
        guard,
        [text](Desk &desk, Done<Hits> done) { desk.searchConfigs(text, &desk.parts().rollouts, std::move(done)); },
        std::move(then));
}

void PlaneOperations::commonTypes(QObject *guard, const QString &config, Then<QHash<QString, QStringList>> then)
{
    using Types = QHash<QString, QStringList>;
    m_plane.ask<Types>(
        guard, [config](const Desk &desk, const Done<Types> &done) { done(desk.commonTypes(config)); },
        std::move(then));
}

void PlaneOperations::preview(QObject *guard, const QString &config, const QString &selector,
                              Then<std::vector<app::PlannedTarget>> then)
{
    m_plane.ask<std::vector<app::PlannedTarget>>(
        guard,
        [config, selector](Desk &desk, Done<std::vector<app::PlannedTarget>> done) {
            desk.preview(config, selector, std::move(done));
        },
        std::move(then));
}

void PlaneOperations::rolloutDefaults(QObject *guard, Then<domain::RolloutOptions> then)
{
    m_plane.ask<domain::RolloutOptions>(
        guard, [](const Desk &desk, const Done<domain::RolloutOptions> &done) { done(desk.rolloutDefaults()); },
        std::move(then));
}

void PlaneOperations::startRollout(QObject *guard, const app::RolloutWish &wish, Then<QString> then)
{
    m_plane.ask<QString>(
        guard, [wish](Desk &desk, Done<QString> done) { desk.startRollout(wish, std::move(done)); }, std::move(then));
}

void PlaneOperations::rolloutList(QObject *guard, Then<std::vector<domain::Rollout>> then)
{
    m_plane.ask<std::vector<domain::Rollout>>(
        guard, [](Desk &desk, Done<std::vector<domain::Rollout>> done) { desk.rolloutList(std::move(done)); },
        std::move(then));
}

void PlaneOperations::rollout(QObject *guard, const QString &id, Then<domain::Rollout> then)
{
    m_plane.ask<domain::Rollout>(
        guard, [id](Desk &desk, Done<domain::Rollout> done) { desk.rollout(id, std::move(done)); }, std::move(then));
}

void PlaneOperations::act(QObject *guard, Act what, const QString &id, Then<Nothing> then)
{
    m_plane.ask<Nothing>(
        guard,
        [what, id](Desk &desk, Done<Nothing> done) { desk.act(what, id, QStringLiteral("operator"), std::move(done)); },
        std::move(then));
}

void PlaneOperations::setSetting(QObject *guard, const QString &key, const QString &text, Then<app::SettingValue> then)
{
    m_plane.ask<app::SettingValue>(
        guard,
        [key, text](Desk &desk, Done<app::SettingValue> done) {
            desk.setSetting(key, text, QStringLiteral("operator"), std::move(done));
        },
        std::move(then));
}

void PlaneOperations::tokens(QObject *guard, Then<std::vector<domain::Token>> then)
{
    using All = std::vector<domain::Token>;
    m_plane.ask<All>(
        guard, [](Desk &desk, const Done<All> &done) { done(desk.parts().tokens.all()); }, std::move(then));
}

void PlaneOperations::createToken(QObject *guard, const app::TokenWish &wish, Then<app::MadeToken> then)
{
    m_plane.ask<app::MadeToken>(
        guard, [wish](Desk &desk, Done<app::MadeToken> done) { desk.parts().tokens.create(wish, std::move(done)); },
        std::move(then));
}

void PlaneOperations::revokeToken(QObject *guard, const QString &name, Then<domain::Token> then)
{
    m_plane.ask<domain::Token>(
        guard,
        [name](Desk &desk, Done<domain::Token> done) {
            desk.parts().tokens.revoke(name, QStringLiteral("operator"), std::move(done));
        },
        std::move(then));
}

void PlaneOperations::eventsSince(QObject *guard, domain::WallTime since, int limit,
                                  Then<std::vector<domain::Event>> then)
{
    m_plane.ask<std::vector<domain::Event>>(
        guard,
        [since, limit](Desk &desk, Done<std::vector<domain::Event>> done) {
            desk.eventsSince(since, limit, std::move(done));
        },
        std::move(then));
}

void PlaneOperations::adopt(QObject *guard, const app::AdoptWish &wish, Then<app::Adopted> then)
{
    m_plane.ask<app::Adopted>(
        guard, [wish](Desk &desk, Done<app::Adopted> done) { desk.adopt(wish, std::move(done)); }, std::move(then));
}

void PlaneOperations::exportBundle(QObject *guard, const QString &path, Then<app::Nothing> then)
{
    m_plane.ask<app::Nothing>(
        guard,
        [path](Desk &desk, Done<app::Nothing> done) { desk.parts().bundles.writeFile(path, {}, std::move(done)); },
        std::move(then));
}

void PlaneOperations::planBundle(QObject *guard, const QString &path, const app::BundleWish &wish,
                                 Then<app::BundleReport> then)
{
    m_plane.ask<app::BundleReport>(
        guard,
        [path, wish](Desk &desk, Done<app::BundleReport> done) {
            desk.parts().bundles.planFile(path, wish, std::move(done));
        },
        std::move(then));
}

void PlaneOperations::importBundle(QObject *guard, const QString &path, const app::BundleWish &wish,
                                   Then<app::BundleReport> then)
{
    m_plane.ask<app::BundleReport>(
        guard,
        [path, wish](Desk &desk, Done<app::BundleReport> done) {
            desk.parts().bundles.importFile(path, wish, std::move(done));
        },
        std::move(then));
}

} // namespace flowgate::ui
