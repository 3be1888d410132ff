// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/manualclock.h"
#include "tests/ui/fakeoperations.h"
#include "tests/ui/fakes.h"
#include "tests/ui/faketray.h"
#include "tests/ui/widgethelp.h"
#include "ui/common/relativetime.h"
#include "ui/common/words.h"
#include "ui/fleet/fleetpage.h"
#include "ui/notices/badge.h"
#include "ui/notices/notices.h"
#include "ui/workspace.h"

#include <QSettings>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace flowgate;
using namespace flowgate::tests;
using domain::Attention;
using domain::HealthState;
using domain::PresenceState;

Q_DECLARE_METATYPE(flowgate::domain::Notice)

class TestNotices final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY(installEnglish(m_english)); }
    void init()
    {
        m_clock = std::make_unique<ManualClock>();
        m_workspace = std::make_unique<ui::Workspace>(m_operations, *m_clock);
        m_tray = std::make_unique<FakeTray>();
        m_notices = std::make_unique<ui::Notices>(*m_workspace, *m_tray);
    }
    void cleanup()
    {
        m_notices.reset();
        m_tray.reset();
        m_workspace.reset();
    }

    void theBadgeCountsWhoNeedsAttention()
    {
        m_workspace->applyFleet(deltaOf(0, 5));
        seconds(1);
        QCOMPARE(m_tray->badge, ui::TrayBadge());
        QCOMPARE(m_tray->toolTip, QStringLiteral("Flowgate: Nothing needs attention"));
        QVERIFY(!m_tray->entry(QStringLiteral("Nothing needs attention"))->isEnabled());

        set(1, PresenceState::Silent);
        set(2, PresenceState::NotObserved);
        seconds(1);
        QCOMPARE(m_tray->badge, (ui::TrayBadge{1, Attention::Wanted}));
        QCOMPARE(m_tray->toolTip, QStringLiteral("Flowgate: 1 gateway needs attention, 1 not observed"));
        set(3, PresenceState::Lost);
        seconds(1);
        QCOMPARE(m_tray->badge, (ui::TrayBadge{2, Attention::Urgent}));
        m_workspace->mutes().mute({idOf(3)}, ui::Mutes::always); // counts at once
        QCOMPARE(m_tray->badge, (ui::TrayBadge{1, Attention::Wanted}));
        QCOMPARE(m_tray->toolTip, QStringLiteral("Flowgate: 1 gateway needs attention, 1 muted, 1 not observed"));

        QSignalSpy parts(m_notices.get(), &ui::Notices::partRequested);
        QAction *attention = m_tray->entry(QStringLiteral("1 gateway needs"));
        QVERIFY(attention->isEnabled());
        attention->trigger();
        QCOMPARE(parts.count(), 1);
        QCOMPARE(parts.front().front().value<models::FleetPart>(), models::FleetPart::NeedsAttention);
    }

    void lostGatewaysAreToldOnceAndLeadThere()
    {
        m_workspace->applyFleet(deltaOf(0, 30));
        settle();
        QCOMPARE(m_tray->take(), QStringList());
        set(4, PresenceState::Lost);
        seconds(15);
        QCOMPARE(m_tray->take(), QStringList{QStringLiteral("gw-4 is lost")});
        QSignalSpy gateways(m_notices.get(), &ui::Notices::gatewayRequested);
        QSignalSpy window(m_notices.get(), &ui::Notices::windowRequested);
        Q_EMIT m_tray->noticeClicked();
        QCOMPARE(window.count(), 1);
        QCOMPARE(gateways.count(), 1);
        QCOMPARE(gateways.front().front().value<domain::GatewayId>(), idOf(4));

        for (int i = 10; i < 27; ++i)
            set(i, PresenceState::Lost);
        seconds(60);
        QCOMPARE(m_tray->told.size(), size_t(1));
        QCOMPARE(m_tray->told.front().text, QStringLiteral("gw-10, gw-11, gw-12 and 14 more"));
        QCOMPARE(m_tray->take(), QStringList{QStringLiteral("17 gateways lost")});
        QSignalSpy parts(m_notices.get(), &ui::Notices::partRequested);
        Q_EMIT m_tray->noticeClicked();
        QCOMPARE(parts.front().front().value<models::FleetPart>(), models::FleetPart::NeedsAttention);
    }

    void unhealthyForAsLongAsChosen()
    {
        ui::NoticeChoices choices;
        choices.unhealthySeconds = 20;
        m_workspace->preferences().setNotices(choices);
        m_workspace->applyFleet(deltaOf(0, 3));
        settle();
        domain::Gateway bad = gatewayOf(1);
        bad.health = {HealthState::Unhealthy, someTime, QStringLiteral("exporter <b>otlp</b> failed")};
        m_workspace->applyFleet({{share(bad)}, {}});
        seconds(20);
        QCOMPARE(m_tray->take(), QStringList());
        seconds(1);
        QCOMPARE(m_tray->told.size(), size_t(1));
        QCOMPARE(m_tray->told.front().text, QStringLiteral("exporter <b>otlp</b> failed"));
        QCOMPARE(m_tray->take(), QStringList{QStringLiteral("gw-1 is unhealthy")});
    }

    void aRolloutThatFailsBetweenTwoLooks()
    {
        m_workspace->applyFleet(deltaOf(0, 3));
        domain::Rollout rollout = rolloutOf(QStringLiteral("r1"), 3);
        m_workspace->applyRollout(std::make_shared<const domain::Rollout>(rollout));
        rollout.state = domain::RolloutState::Halted;
        rollout.targets[0].step = domain::TargetStep::Failed;
        rollout.targets[0].error = QStringLiteral("no such exporter");
        m_workspace->applyRollout(std::make_shared<const domain::Rollout>(rollout));
        seconds(1);
        QCOMPARE(m_tray->told.size(), size_t(1));
        QCOMPARE(m_tray->told.front(),
                 (ui::TrayNotice{QStringLiteral("Rollout of base @5 halted"),
                                 QStringLiteral("1 of 3 targets went wrong.\ngw-0: no such exporter"), true}));
        QSignalSpy rollouts(m_notices.get(), &ui::Notices::rolloutRequested);
        Q_EMIT m_tray->noticeClicked();
        QCOMPARE(rollouts.front().front().toString(), QStringLiteral("r1"));
    }

    void afterASleepAllHaveTheTimeToComeBack()
    {
        m_workspace->applyFleet(deltaOf(0, 3));
        settle();
        set(1, PresenceState::Lost); // the network went first
        seconds(2);
        m_clock->sleep(std::chrono::hours(8));
        seconds(170);
        QCOMPARE(m_tray->take(), QStringList());
        set(1, PresenceState::Connected);
        seconds(60);
        QCOMPARE(m_tray->take(), QStringList());
    }

    void quietHoursAreOfTheLocalDay()
    {
        m_workspace->applyFleet(deltaOf(0, 3));
        settle();
        const QTime time = QDateTime::fromMSecsSinceEpoch(common::toMs(m_workspace->now())).time();
        const int minute = time.hour() * 60 + time.minute();
        constexpr int minutesADay = 24 * 60;
        ui::NoticeChoices choices;
        choices.quiet = domain::QuietHours{minute, (minute + 5) % minutesADay};
        m_workspace->preferences().setNotices(choices);
        set(1, PresenceState::Lost);
        set(2, PresenceState::Silent);
        seconds(200);
        QCOMPARE(m_tray->take(), QStringList());
        QCOMPARE(m_tray->badge.count, 2); // what is seen is shown all the same
        seconds(120);
        QCOMPARE(m_tray->told.size(), size_t(1));
        QVERIFY(m_tray->told.front().text.contains(QStringLiteral("held back")));
        QCOMPARE(m_tray->take(), QStringList{QStringLiteral("2 gateways lost or silent")});
    }

    void everythingIsMutedForAnHour()
    {
        m_workspace->applyFleet(deltaOf(0, 3));
        settle();
        m_tray->entry(QStringLiteral("Mute all for an hour"))->trigger();
        QVERIFY(m_tray->entry(QStringLiteral("Unmute all (muted until ")));
        set(1, PresenceState::Lost);
        seconds(3595);
        QCOMPARE(m_tray->take(), QStringList());
        seconds(10);
        QCOMPARE(m_tray->take(), QStringList{QStringLiteral("gw-1 is lost")});
        QVERIFY(m_tray->entry(QStringLiteral("Mute all for an hour")));
        m_tray->entry(QStringLiteral("Mute all"))->trigger();
        m_tray->entry(QStringLiteral("Unmute all"))->trigger();
        QVERIFY(m_tray->entry(QStringLiteral("Mute all for an hour")));
    }

    void withoutATrayNothingCountsAsTold()
    {
        m_tray->setAvailable(false);
        QVERIFY(!m_workspace->preferences().hasTray());
        m_workspace->applyFleet(deltaOf(0, 3));
        settle();
        set(1, PresenceState::Lost);
        seconds(60);
        QCOMPARE(m_tray->take(), QStringList());
        m_tray->setAvailable(true);
        QVERIFY(m_workspace->preferences().hasTray());
        seconds(15);
        QCOMPARE(m_tray->take(), QStringList{QStringLiteral("gw-1 is lost")});
    }

    void wordsOfANotice_data()
    {
        QTest::addColumn<domain::Notice>("notice");
        QTest::addColumn<QString>("title");
        QTest::addColumn<QString>("text");
        using Ids = std::vector<domain::GatewayId>;
        const auto row = [](const char *name, const domain::Notice &notice, const QString &title, const QString &text) {
            QTest::addRow("%s", name) << notice << title << text;
        };
        row("two lost", {Ids{idOf(1), idOf(2)}, {}, {}, false}, QStringLiteral("2 gateways lost"),
            QStringLiteral("gw-1, gw-2"));
        row("two silent", {Ids{idOf(3), idOf(4)}, {}, {}, false}, QStringLiteral("2 gateways silent"),
            QStringLiteral("gw-3, gw-4"));
        row("two unhealthy", {{}, Ids{idOf(5), idOf(6)}, {}, false}, QStringLiteral("2 gateways unhealthy"),
            QStringLiteral("gw-5, gw-6"));
        row("four have room", {Ids{idOf(1), idOf(2), idOf(1), idOf(2)}, {}, {}, false},
            QStringLiteral("4 gateways lost"), QStringLiteral("gw-1, gw-2, gw-1, gw-2"));
        row("a rollout that is not known any more", {{}, {}, {QStringLiteral("r9")}, false},
            QStringLiteral("A rollout failed"), QString());
        row("two rollouts", {{}, {}, {QStringLiteral("r1"), QStringLiteral("r1")}, false},
            QStringLiteral("2 rollouts failed"), QStringLiteral("base @5, base @5"));
        row("all kinds", {Ids{idOf(1), idOf(2)}, Ids{idOf(5)}, {QStringLiteral("r1")}, true},
            QStringLiteral("What is still wrong"),
            QStringLiteral("Rollout of base @5 failed\n2 gateways lost\ngw-5 is unhealthy\nIt began while notices were "
                           "held back."));
    }

    void wordsOfANotice()
    {
        QFETCH(domain::Notice, notice);
        QFETCH(QString, title);
        QFETCH(QString, text);
        m_workspace->applyFleet(deltaOf(0, 7));
        for (const int lost : {1, 2})
            set(lost, PresenceState::Lost);
        for (const int silent : {3, 4})
            set(silent, PresenceState::Silent);
        domain::Rollout rollout = rolloutOf(QStringLiteral("r1"), 2);
        rollout.state = domain::RolloutState::Failed;
        m_workspace->applyRollout(std::make_shared<const domain::Rollout>(rollout));
        const ui::TrayNotice words = ui::noticeText(notice, *m_workspace);
        QCOMPARE(words.title, title);
        QCOMPARE(words.text, text);
    }

    void mutesAreKept()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("window.ini"));
        const domain::WallTime now = someTime;
        {
            QSettings settings(file, QSettings::IniFormat);
            ui::Mutes mutes;
            mutes.keepIn(settings);
            mutes.mute({idOf(1)}, now + std::chrono::hours(8));
            mutes.mute({idOf(2), idOf(3)}, ui::Mutes::always);
            mutes.unmute({idOf(3)});
            mutes.muteAll(now + std::chrono::hours(1));
        }
        QSettings settings(file, QSettings::IniFormat);
        ui::Mutes mutes;
        mutes.keepIn(settings);
        QCOMPARE(mutes.mutedUntil(idOf(1), now), now + std::chrono::hours(8));
        QCOMPARE(mutes.mutedUntil(idOf(2), now), ui::Mutes::always);
        QVERIFY(!mutes.mutedUntil(idOf(3), now));
        QCOMPARE(mutes.allMutedUntil(now), now + std::chrono::hours(1));
        QSignalSpy changes(&mutes, &ui::Mutes::changed);
        mutes.tidy(now + std::chrono::hours(8));
        QCOMPARE(changes.count(), 1);
        QVERIFY(!mutes.mutedUntil(idOf(1), now));
        QVERIFY(!mutes.allMutedUntil(now));
        QCOMPARE(mutes.mutedUntil(idOf(2), now), ui::Mutes::always);
        mutes.tidy(now + std::chrono::hours(9));
        QCOMPARE(changes.count(), 1); // nothing was over
    }

    void nonsenseInTheFileMutesNobody()
    {
        const QTemporaryDir folder;
        QSettings settings(folder.filePath(QStringLiteral("window.ini")), QSettings::IniFormat);
        settings.setValue(QStringLiteral("muted/gateways"),
                          QStringList{QStringLiteral("x"), QStringLiteral("=1"), QStringLiteral("00=9999999999999"),
                                      idOf(1).hex() + QStringLiteral("=soon")});
        settings.setValue(QStringLiteral("muted/all"), QStringLiteral("forever"));
        ui::Mutes mutes;
        mutes.keepIn(settings);
        QVERIFY(!mutes.mutedUntil(idOf(1), someTime));
        QVERIFY(!mutes.allMutedUntil(someTime));
    }

    void aForgottenGatewayIsNotMutedWhenItComesAnew()
    {
        m_workspace->applyFleet(deltaOf(0, 3));
        m_workspace->mutes().mute({idOf(1)}, ui::Mutes::always);
        m_workspace->applyFleet({{}, {idOf(1)}});
        QVERIFY(!m_workspace->mutes().mutedUntil(idOf(1), m_workspace->now()));
    }

    void isMutedFromItsMenuAndSaysSo()
    {
        m_workspace->applyFleet(deltaOf(0, 3));
        ui::FleetPage page(*m_workspace, {});
        page.resize(1200, 900);
        page.show();
        page.choose(idOf(1));
        const auto says = [&page](const char *words) {
            const QString text = QString::fromLatin1(words);
            return labelsOf(page).contains(text) &&
                   std::ranges::any_of(page.findChildren<QPushButton *>(), [&](auto *b) {
                       return b->accessibleName().startsWith(QStringLiteral("Notices of this gateway: ") + text);
                   });
        };
        QVERIFY(!says("muted"));
        choose(page, QStringLiteral("Mute for 8 hours"));
        QCOMPARE(m_workspace->mutes().mutedUntil(idOf(1), m_workspace->now()),
                 m_workspace->now() + std::chrono::hours(8));
        QVERIFY(says("muted until "));
        choose(page, QStringLiteral("Mute until unmuted"));
        QVERIFY(says("muted until unmuted"));
        choose(page, QStringLiteral("Unmute"));
        QVERIFY(!labelsOf(page).contains(QStringLiteral("muted")));
    }

    /// What the badge counts is what the table shows with a square or a triangle.
    void attentionIsWhatTheShapesSay()
    {
        const auto agrees = [](auto state, int count) {
            using State = decltype(state);
            for (int i = 0; i < count; ++i) {
                const common::Tone tone = common::stateWord(static_cast<State>(i)).tone;
                const Attention expected = tone == common::Tone::Bad         ? Attention::Urgent
                                           : tone == common::Tone::Attention ? Attention::Wanted
                                                                             : Attention::None;
                if (domain::attentionOf(static_cast<State>(i)) != expected)
                    return false;
            }
            return true;
        };
        QVERIFY(agrees(PresenceState{}, static_cast<int>(PresenceState::NotObserved) + 1));
        QVERIFY(agrees(HealthState{}, static_cast<int>(HealthState::NotObserved) + 1));
        QVERIFY(agrees(domain::ConfigState{}, static_cast<int>(domain::ConfigState::NotApproved) + 1));
    }

    void theBadgeIsSeenAtEverySize_data()
    {
        QTest::addColumn<int>("size");
        for (const int size : ui::trayIconSizes)
            QTest::addRow("%d", size) << size;
    }

    void theBadgeIsSeenAtEverySize()
    {
        QFETCH(int, size);
        for (const common::Theme &theme : {common::lightTheme(), common::darkTheme()}) {
            const auto has = [&](const ui::TrayBadge &badge, const QColor &colour) {
                const QImage image = ui::badgedPixmap(badge, theme, size).toImage();
                int count = 0;
                for (int y = 0; y < image.height(); ++y) {
                    for (int x = 0; x < image.width(); ++x)
                        count += image.pixelColor(x, y) == colour ? 1 : 0;
                }
                return count * 20 > size * size; // a twentieth of the icon
            };
            QVERIFY(!has({0, Attention::None}, theme.bad));
            QVERIFY(has({1, Attention::Urgent}, theme.bad));
            QVERIFY(has({99, Attention::Urgent}, theme.bad));
            QVERIFY(has({1, Attention::Wanted}, theme.attention));
            QVERIFY(!has({1, Attention::Wanted}, theme.bad));
            const auto picture = [&](int count) {
                return ui::badgedPixmap({count, Attention::Urgent}, theme, size).toImage();
            };
            QVERIFY(picture(3) != picture(8));
            QCOMPARE(picture(100), picture(10'000));
        }
    }

private:
    void set(int number, PresenceState presence)
    {
        domain::Gateway gateway = gatewayOf(number);
        gateway.presence.state = presence;
        if (presence != PresenceState::Connected)
            gateway.health.state = HealthState::NotObserved;
        m_workspace->applyFleet({{share(gateway)}, {}});
    }

    /// As they go by: one that lasts longer is a pause.
    void seconds(int count)
    {
        for (int i = 0; i < count; ++i) {
            m_clock->advance(std::chrono::seconds(1));
            Q_EMIT m_workspace->second();
        }
    }
    /// Until all had the time to come back after the start.
    void settle() { seconds(static_cast<int>(domain::NoticeLimits().settle / std::chrono::seconds(1))); }

    static void choose(ui::FleetPage &page, const QString &entry)
    {
        QMenu menu;
        page.fillActions(menu);
        for (const QMenu *below : menu.findChildren<QMenu *>()) {
            for (QAction *action : below->actions()) {
                if (action->text() == entry)
                    return action->trigger();
            }
        }
        QFAIL("no such entry");
    }

    QTranslator m_english;
    std::unique_ptr<ManualClock> m_clock;
    FakeOperations m_operations;
    std::unique_ptr<ui::Workspace> m_workspace;
    std::unique_ptr<FakeTray> m_tray;
    std::unique_ptr<ui::Notices> m_notices;
};

QTEST_MAIN(TestNotices)
#include "tst_notices.moc"
