// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/operations/operations.h"

#include <QPointer>

namespace flowgate::tests {

/// Questions of one kind, to be answered when, how and in the order that a test wants.
template<typename T>
class Questions
{
public:
    struct Question
    {
        QString about;
        QPointer<QObject> guard;
        ui::Then<T> then;
    };

    void add(QObject *guard, const QString &about, ui::Then<T> then)
    {
        m_list.push_back({about, guard, std::move(then)});
    }
    [[nodiscard]] int count() const { return static_cast<int>(m_list.size()); }
    [[nodiscard]] QString about(int index) const { return m_list.at(size_t(index)).about; }
    [[nodiscard]] QString lastAbout() const { return m_list.empty() ? QString() : m_list.back().about; }
    void answer(int index, const app::Outcome<T> &outcome)
    {
        const Question question = m_list.at(size_t(index));
        if (question.guard)
            question.then(outcome);
    }
    void answerLast(const app::Outcome<T> &outcome) { answer(count() - 1, outcome); }

private:
    std::vector<Question> m_list;
};

/// Operations that only write down what was asked.
class FakeOperations final : public ui::Operations
{
public:
    Questions<app::Status> statusAsked;
    Questions<models::SeenTimes> seenAsked;
    Questions<domain::ConfigSet> effectiveAsked;
    Questions<std::vector<domain::Timeline>> timelinesAsked; ///< by the hex of the ids, a space between
    std::vector<app::TimelineWish> timelineWishes;
    Questions<domain::FleetMoment> momentAsked; ///< by the milliseconds since 1970
    Questions<std::vector<telemetry::Series>> metricsAsked;
    Questions<std::vector<telemetry::LogLine>> logsAsked;
    std::vector<app::LogsWish> logsWishes;
    Questions<app::TelemetryGap> gapAsked;
    Questions<app::Nothing> labelAsked;
    Questions<app::Nothing> restartAsked;
    Questions<app::Nothing> forgetAsked; ///< by the hex of each
    Questions<app::Nothing> admitAsked;  ///< by the admission's word
    Questions<app::Nothing> linkAsked;   ///< by the hex of both
    Questions<Whole> loadAsked;
    Questions<QHash<QString, QStringList>> typesAsked;
    Questions<std::vector<domain::ConfigVersion>> versionsAsked;
    Questions<Added> saveAsked;
    std::vector<domain::ConfigSet> saved;
    Questions<Added> copyAsked;
    Questions<app::ConfigSummary> configActAsked;
    std::vector<app::ConfigAct> configActs;
    Questions<std::vector<app::ConfigHit>> searchAsked;
    Questions<std::vector<app::PlannedTarget>> previewAsked;
    Questions<domain::RolloutOptions> defaultsAsked;
    Questions<QString> startAsked;
    std::vector<app::RolloutWish> wishes;
    Questions<std::vector<domain::Rollout>> listAsked;
    Questions<domain::Rollout> rolloutAsked;
    Questions<app::Nothing> actAsked;
    Questions<app::SettingValue> settingAsked;
    Questions<std::vector<domain::Event>> eventsAsked;
    Questions<std::vector<domain::Token>> tokensAsked;
    Questions<app::MadeToken> createAsked;
    std::vector<app::TokenWish> tokenWishes;
    Questions<domain::Token> revokeAsked;
    Questions<app::Adopted> adoptAsked;
    Questions<app::Nothing> exportAsked;
    Questions<app::BundleReport> planBundleAsked;
    Questions<app::BundleReport> importBundleAsked;
    std::vector<app::BundleWish> bundleWishes;

    void status(QObject *guard, ui::Then<app::Status> then) override { statusAsked.add(guard, {}, std::move(then)); }
    void lastSeen(QObject *guard, ui::Then<models::SeenTimes> then) override
    {
        seenAsked.add(guard, {}, std::move(then));
    }
    void effective(QObject *guard, const Id &id, ui::Then<domain::ConfigSet> then) override
    {
        effectiveAsked.add(guard, id.hex(), std::move(then));
    }
    void timelines(QObject *guard, const app::TimelineWish &wish, ui::Then<std::vector<domain::Timeline>> then) override
    {
        QStringList ids;
        for (const Id &id : wish.gateways)
            ids.append(id.hex());
        timelineWishes.push_back(wish);
        timelinesAsked.add(guard, ids.join(u' '), std::move(then));
    }
    void fleetAt(QObject *guard, domain::WallTime at, ui::Then<domain::FleetMoment> then) override
    {
        momentAsked.add(guard, QString::number(at.time_since_epoch().count()), std::move(then));
    }
    void metrics(QObject *guard, const app::MetricsWish &wish, ui::Then<std::vector<telemetry::Series>> then) override
    {
        metricsAsked.add(guard, wish.gateway.hex(), std::move(then));
    }
    void logs(QObject *guard, const app::LogsWish &wish, ui::Then<std::vector<telemetry::LogLine>> then) override
    {
        logsWishes.push_back(wish);
        logsAsked.add(guard, wish.gateway.hex(), std::move(then));
    }
    void telemetryGap(QObject *guard, const Id &id, ui::Then<app::TelemetryGap> then) override
    {
        gapAsked.add(guard, id.hex(), std::move(then));
    }
    void label(QObject *guard, const Id &, const QStringList &changes, ui::Then<app::Nothing> then) override
    {
        labelAsked.add(guard, changes.join(u' '), std::move(then));
    }
    void restart(QObject *guard, const Id &id, domain::milliseconds, ui::Then<app::Nothing> then) override
    {
        restartAsked.add(guard, id.hex(), std::move(then));
    }
    void admit(QObject *guard, const Id &, domain::Admission admission, ui::Then<app::Nothing> then) override
    {
        admitAsked.add(guard, domain::word(admission), std::move(then));
    }
    void link(QObject *guard, const Id &before, const Id &now, ui::Then<app::Nothing> then) override
    {
        linkAsked.add(guard, before.hex() + u' ' + now.hex(), std::move(then));
    }
    void forget(QObject *guard, const QList<Id> &ids, ui::Then<app::Nothing> then) override
    {
        QStringList hexes;
        for (const Id &id : ids)
            hexes.append(id.hex());
        forgetAsked.add(guard, hexes.join(u' '), std::move(then));
    }
    void loadConfig(QObject *guard, const QString &nameAndVersion, ui::Then<Whole> then) override
    {
        loadAsked.add(guard, nameAndVersion, std::move(then));
    }
    void versions(QObject *guard, const QString &name, ui::Then<std::vector<domain::ConfigVersion>> then) override
    {
        versionsAsked.add(guard, name, std::move(then));
    }
    void saveConfig(QObject *guard, const QString &name, const domain::ConfigSet &files, const QString &message,
                    ui::Then<Added> then) override
    {
        saved.push_back(files);
        saveAsked.add(guard, name + u'/' + message, std::move(then));
    }
    void copyConfig(QObject *guard, const QString &nameAndVersion, const QString &name, ui::Then<Added> then) override
    {
        copyAsked.add(guard, nameAndVersion + u' ' + name, std::move(then));
    }
    void actOnConfig(QObject *guard, const app::ConfigAct &act, ui::Then<app::ConfigSummary> then) override
    {
        configActs.push_back(act);
        configActAsked.add(guard, act.config, std::move(then));
    }
    void searchConfigs(QObject *guard, const QString &text, ui::Then<std::vector<app::ConfigHit>> then) override
    {
        searchAsked.add(guard, text, std::move(then));
    }
    void preview(QObject *guard, const QString &config, const QString &selector,
                 ui::Then<std::vector<app::PlannedTarget>> then) override
    {
        previewAsked.add(guard, config + u' ' + selector, std::move(then));
    }
    void commonTypes(QObject *guard, const QString &config, ui::Then<QHash<QString, QStringList>> then) override
    {
        typesAsked.add(guard, config, std::move(then));
    }
    void rolloutDefaults(QObject *guard, ui::Then<domain::RolloutOptions> then) override
    {
        defaultsAsked.add(guard, {}, std::move(then));
    }
    void startRollout(QObject *guard, const app::RolloutWish &wish, ui::Then<QString> then) override
    {
        wishes.push_back(wish);
        startAsked.add(guard, wish.config, std::move(then));
    }
    void rolloutList(QObject *guard, ui::Then<std::vector<domain::Rollout>> then) override
    {
        listAsked.add(guard, {}, std::move(then));
    }
    void rollout(QObject *guard, const QString &id, ui::Then<domain::Rollout> then) override
    {
        rolloutAsked.add(guard, id, std::move(then));
    }
    void act(QObject *guard, Act what, const QString &id, ui::Then<app::Nothing> then) override
    {
        actAsked.add(guard, QStringLiteral("%1 %2").arg(static_cast<int>(what)).arg(id), std::move(then));
    }
    void setSetting(QObject *guard, const QString &key, const QString &text, ui::Then<app::SettingValue> then) override
    {
        settingAsked.add(guard, key + u'=' + text, std::move(then));
    }
    void adopt(QObject *guard, const app::AdoptWish &wish, ui::Then<app::Adopted> then) override
    {
        adoptAsked.add(guard, wish.name, std::move(then));
    }
    void exportBundle(QObject *guard, const QString &path, ui::Then<app::Nothing> then) override
    {
        exportAsked.add(guard, path, std::move(then));
    }
    void planBundle(QObject *guard, const QString &path, const app::BundleWish &wish,
                    ui::Then<app::BundleReport> then) override
    {
        bundleWishes.push_back(wish);
        planBundleAsked.add(guard, path, std::move(then));
    }
    void importBundle(QObject *guard, const QString &path, const app::BundleWish &wish,
                      ui::Then<app::BundleReport> then) override
    {
        bundleWishes.push_back(wish);
        importBundleAsked.add(guard, path, std::move(then));
    }
    void tokens(QObject *guard, ui::Then<std::vector<domain::Token>> then) override
    {
        tokensAsked.add(guard, {}, std::move(then));
    }
    void createToken(QObject *guard, const app::TokenWish &wish, ui::Then<app::MadeToken> then) override
    {
        tokenWishes.push_back(wish);
        createAsked.add(guard, wish.name, std::move(then));
    }
    void revokeToken(QObject *guard, const QString &name, ui::Then<domain::Token> then) override
    {
        revokeAsked.add(guard, name, std::move(then));
    }
    void eventsSince(QObject *guard, domain::WallTime, int, ui::Then<std::vector<domain::Event>> then) override
    {
        eventsAsked.add(guard, {}, std::move(then));
    }
};

} // namespace flowgate::tests
