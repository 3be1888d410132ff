// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core.h"
#include "app/settings/limitsettings.h"
#include "app/settings/settings.h"
#include "domain/wavetext.h"
#include "tests/support/manualclock.h"
#include "tests/support/patience.h"

#include <QSet>
#include <QTemporaryDir>
#include <QTest>

using namespace flowgate;
using app::Setting;

namespace {

/// A database with everything around the settings.
struct Rig
{
    tests::ManualClock clock;
    QTemporaryDir folder;
    store::StoreThread store{folder.path(), clock};
    domain::Mailbox mailbox;
    std::vector<domain::Event> noted;
    app::EventLog events{clock, [this](const domain::Event &event) { noted.push_back(event); }};
    app::Settings settings{store, mailbox, events};
    std::vector<QString> told;

    Rig()
    {
        if (!store.open())
            qFatal("no database");
        settings.follow(
            [this](const app::SettingValue &setting) { told.push_back(setting.spec->key + u'=' + setting.value); });
    }

    /// Sets, waits for the answer, and gives the value or the failure's code.
    QString set(const QString &key, const QString &text)
    {
        std::optional<QString> result;
        settings.set(key, text, QStringLiteral("operator"), [&](const app::Outcome<app::SettingValue> &outcome) {
            result = outcome ? outcome->value : app::word(outcome.error().code);
        });
        if (!QTest::qWaitFor([&] { return result.has_value(); }, tests::patience))
            return QStringLiteral("no answer");
        return *result;
    }
    std::map<QString, QString> stored()
    {
        std::optional<std::map<QString, QString>> result;
        store.ask<std::map<QString, QString>>([](store::Database &database) { return database.settings.all(); },
                                              &mailbox, [&](const auto &all) { result = *all; });
        if (!QTest::qWaitFor([&] { return result.has_value(); }, tests::patience))
            qFatal("no answer");
        return *result;
    }
};

} // namespace

class TestSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void specsAreSound()
    {
        QSet<QString> keys;
        for (const app::SettingSpec &spec : app::settingSpecs()) {
            QVERIFY(!keys.contains(spec.key));
            keys.insert(spec.key);
            QVERIFY2(!spec.description.isEmpty() && !spec.takesEffect.isEmpty(), qPrintable(spec.key));
            QCOMPARE(app::canonicalValue(spec, spec.fallback).value_or(QStringLiteral("refused")), spec.fallback);
            QCOMPARE(&app::specOf(spec.setting), &spec);
            QCOMPARE(app::findSetting(spec.key), &spec);
            QVERIFY(!app::canonicalValue(spec, QStringLiteral("default"))); // the word has another meaning
        }
        // The defaults are those of the domain, which tests and the window know.
        Rig rig;
        QCOMPARE(rig.settings.rolloutDefaults(), domain::RolloutOptions());
        QCOMPARE(rig.settings.length(Setting::HttpSilence), domain::LivenessLimits().httpSilence);
        const net::ServerLimits server = app::serverLimits(rig.settings);
        const net::ServerLimits plain;
        QCOMPARE(server.connections, plain.connections);
        QCOMPARE(server.connectionsPerAddress, plain.connectionsPerAddress);
        QCOMPARE(server.head.bytes, plain.head.bytes);
        QCOMPARE(server.headTimeout, plain.headTimeout);
        QCOMPARE(server.idleTimeout, plain.idleTimeout);
        QCOMPARE(server.bytesInFlight, plain.bytesInFlight);
        QVERIFY(app::messageLimits(rig.settings) == endpoint::MessageLimits());
        QVERIFY(app::attemptLimits(rig.settings) == net::AttemptLimiter::Limits());
        QCOMPARE(app::otlpLimits(rig.settings).records, telemetry::OtlpLimits().records);
    }

    void takesValues_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("value"); // null: refused
        const auto row = [](const char *key, const char *text, const char *value) {
            QTest::addRow("%s=%s", key, text) << QString::fromLatin1(key) << QString::fromUtf8(text)
                                              << (value ? QString::fromLatin1(value) : QString());
        };
        row("rollout.soak", "90s", "90s");
        row("rollout.soak", " 1h30m ", "90m");
        row("rollout.soak", "0s", "0s");
        row("rollout.soak", "1500ms", "1500ms");
        row("rollout.soak", "48h", nullptr);
        row("rollout.soak", "soon", nullptr);
        row("rollout.soak", "-1s", nullptr);
        row("rollout.timeout", "999ms", nullptr);
        row("history.events", "23h", nullptr);
        row("history.events", "3650d", "3650d");
        row("rollout.waves", "1, 50% ,100%", "1,50%,100%");
        row("rollout.waves", "5", "5");
        row("rollout.waves", "50%,50%", nullptr);
        row("rollout.waves", "101%", nullptr);
        row("rollout.waves", "1,,2", nullptr);
        row("rollout.waves", "+1", nullptr);
        row("rollout.waves", "", nullptr);
        row("server.connections", "9", nullptr);
        row("server.connections", "10", "10");
        row("server.connections", "100001", nullptr);
        row("server.connections", "1e3", nullptr);
        row("server.head_size", "0", nullptr);
        row("server.head_time", "90s", "90s");
        row("server.idle_time", "1s", nullptr);
        row("server.message_size", "257", nullptr);
        row("server.failed_attempts", "0", "0");
        row("server.failed_pause", "60s", "1m");
        row("gateways.most", "0", nullptr);
        row("heartbeat.interval", "2s", "2s");
        row("heartbeat.interval", "1500ms", nullptr); // the wire has whole seconds
        row("heartbeat.interval", "0s", nullptr);     // X10
        row("heartbeat.interval", "61m", nullptr);
        row("heartbeat.gateways", "env=lab", "env=lab");
        row("heartbeat.gateways", "none", "none");
        row("log.level", "info", "info");
        row("log.level", "INFO", nullptr);
    }

    void takesValues()
    {
        QFETCH(QString, key);
        QFETCH(QString, text);
        QFETCH(QString, value);
        const auto canonical = app::canonicalValue(*app::findSetting(key), text);
        QCOMPARE(canonical.value_or(QString()), value);
        if (!canonical)
            QVERIFY2(canonical.error().startsWith(key) && canonical.error().contains(QStringLiteral("takes")),
                     qPrintable(canonical.error()));
    }

    void setsDurably()
    {
        Rig rig;
        QCOMPARE(rig.set(QStringLiteral("rollout.soak"), QStringLiteral("120s")), QStringLiteral("2m"));
        QCOMPARE(rig.settings.rolloutDefaults().soak, domain::milliseconds(120'000));
        QCOMPARE(rig.stored(), (std::map<QString, QString>{{QStringLiteral("rollout.soak"), QStringLiteral("2m")}}));
        QCOMPARE(rig.set(QStringLiteral("rollout.soak"), QStringLiteral("2m")), QStringLiteral("2m"));
        QCOMPARE(rig.told, std::vector<QString>{QStringLiteral("rollout.soak=2m")}); // nothing changed the second time
        QCOMPARE(rig.noted.size(), size_t(1));
        QCOMPARE(rig.noted.front().by, QStringLiteral("operator"));
        QCOMPARE(rig.set(QStringLiteral("rollout.soak"), QStringLiteral("default")), QStringLiteral("30s"));
        QCOMPARE(rig.stored(), (std::map<QString, QString>{}));
        QCOMPARE(rig.told.back(), QStringLiteral("rollout.soak=30s"));
    }

    void refusals()
    {
        Rig rig;
        QCOMPARE(rig.set(QStringLiteral("rollout.sok"), QStringLiteral("1s")), QStringLiteral("not_found"));
        QCOMPARE(rig.set(QStringLiteral("rollout.soak"), QStringLiteral("long")), QStringLiteral("bad_argument"));
        rig.store.close();
        QCOMPARE(rig.set(QStringLiteral("rollout.soak"), QStringLiteral("1s")), QStringLiteral("store_failed"));
        QCOMPARE(rig.settings.length(Setting::RolloutSoak), domain::milliseconds(30'000));
        QVERIFY(rig.told.empty() && rig.noted.empty());
    }

    void restoresWhatIsUsable()
    {
        Rig rig;
        rig.settings.restore({{QStringLiteral("rollout.timeout"), QStringLiteral("5m")},
                              {QStringLiteral("rollout.soak"), QStringLiteral("yesterday")},
                              {QStringLiteral("of.a.newer.version"), QStringLiteral("1")}});
        QCOMPARE(rig.settings.length(Setting::RolloutTimeout), domain::milliseconds(300'000));
        QCOMPARE(rig.settings.length(Setting::RolloutSoak), domain::milliseconds(30'000));
        QCOMPARE(rig.noted.size(), size_t(1));
        QVERIFY(rig.noted.front().text.contains(QStringLiteral("rollout.soak")));
        QVERIFY(rig.told.empty());
    }

    void historyIsDroppedAsSet()
    {
        tests::ManualClock clock;
        const QTemporaryDir folder;
        store::StoreThread store(folder.path(), clock);
        const auto snapshot = store.open();
        QVERIFY(snapshot);
        domain::Mailbox mailbox;
        app::Core core(clock, store, mailbox);
        app::Options options;
        options.folder = folder.path();
        options.listen = {{QHostAddress(QHostAddress::LocalHost), 0}};
        QVERIFY(core.start(options, *snapshot));
        for (const int days : {400, 20, 2}) {
            store::Job job;
            job.work = [event = domain::Event{.number = 0,
                                              .at = clock.now() - std::chrono::days(days),
                                              .kind = QStringLiteral("of_the_past"),
                                              .gateway = {},
                                              .text = QString::number(days),
                                              .by = {}}](store::Database &database) -> store::Outcome<void> {
                return database.events.append(event).map([](qint64) {});
            };
            store.post(std::move(job));
        }
        const auto left = [&] {
            std::optional<QStringList> texts;
            core.desk().eventsSince({}, 100, [&](const app::Outcome<std::vector<domain::Event>> &events) {
                texts.emplace();
                for (const domain::Event &event : *events) {
                    if (event.kind == u"of_the_past")
                        texts->append(event.text);
                }
            });
            return QTest::qWaitFor([&] { return texts.has_value(); }, tests::patience) ? texts->join(u' ') : QString();
        };
        core.prune();
        QCOMPARE(left(), QStringLiteral("20 2"));
        bool done = false;
        core.desk().setSetting(QStringLiteral("history.events"), QStringLiteral("10d"), QStringLiteral("operator"),
                               [&](const app::Outcome<app::SettingValue> &setting) { done = setting.has_value(); });
        QTRY_VERIFY(done);
        QCOMPARE(left(), QStringLiteral("20 2")); // not before the hour is over
        core.prune();
        QCOMPARE(left(), QStringLiteral("2"));
        done = false;
        core.drain([&] { done = true; });
        QTRY_VERIFY(done);
        store.close();
    }
};

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
