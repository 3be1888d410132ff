// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/widgethelp.h"
#include "tests/ui/windowrig.h"
#include "ui/common/theme.h"
#include "ui/fleet/fleetpage.h"
#include "ui/notices/noticecenter.h"
#include "ui/settings/noticesettings.h"

#include <QMessageBox>
#include <QTest>

using namespace flowgate;
using namespace flowgate::tests;
using namespace std::chrono_literals;
using ui::Notice;
using ui::NoticeMemory;
using ui::NoticeSettings;
using ui::Trouble;
using Kind = ui::Trouble::Kind;
using namespace Qt::StringLiterals;

namespace {

/// One look: at which second, at which hour, and what is wrong then.
struct Look
{
    int second = 0;
    int hour = 12;
    QString wrong; ///< "u:a u:b l:c r:d": unhealthy, lost, rollout; all since second 0
};

std::vector<Trouble> troublesOf(const QString &text)
{
    std::vector<Trouble> all;
    for (const QString &part : text.split(u' ', Qt::SkipEmptyParts)) {
        const Kind kind = part.startsWith(u'u') ? Kind::Unhealthy : part.startsWith(u'l') ? Kind::Lost : Kind::Rollout;
        all.push_back({kind, part.mid(2), someTime});
    }
    return all;
}

QString textOf(const std::vector<Notice> &notices)
{
    QStringList texts;
    for (const Notice &notice : notices) {
        QStringList about;
        for (const Trouble &trouble : notice.troubles)
            about.append(trouble.about);
        const char *kinds[] = {"rollout", "unhealthy", "lost", "after quiet"};
        texts.append(QStringLiteral("%1 %2").arg(QLatin1String(kinds[int(notice.kind)]), about.join(u'+')));
    }
    return texts.join(QStringLiteral(", "));
}

class FakeTray final : public ui::Tray
{
public:
    struct State
    {
        bool isThere = true;
        QStringList told;
        QString toolTip;
        QMenu *menu = nullptr;
        FakeTray *tray = nullptr;
    };
    explicit FakeTray(State &state)
        : m_state(state)
    {
        state.tray = this;
    }
    [[nodiscard]] bool isThere() const override { return m_state.isThere; }
    void show(const QIcon &, const QString &toolTip) override { m_state.toolTip = toolTip; }
    void setMenu(QMenu &menu) override { m_state.menu = &menu; }
    void tell(const QString &title, const QString &text) override
    {
        m_state.told.append(title + QStringLiteral(": ") + text);
    }

private:
    State &m_state;
};

} // namespace

class TestNotices final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_rig = std::make_unique<WindowRig>();
        m_rig->open();
        m_rig->fill(4);
        m_state = {};
        m_center =
            std::make_unique<ui::NoticeCenter>(*m_rig->workspace, *m_rig->window, std::make_unique<FakeTray>(m_state));
        m_center->look();
    }
    void cleanup()
    {
        QApplication::setQuitOnLastWindowClosed(true);
        m_center.reset();
        m_rig.reset();
    }

    void rules_data()
    {
        QTest::addColumn<std::vector<Look>>("looks");
        QTest::addColumn<NoticeSettings>("settings");
        QTest::addColumn<QString>("told"); // a look each, a bar between
        QTest::addColumn<int>("badge");    // of the last
        NoticeSettings usual;
        usual.unhealthySeconds = 60;
        NoticeSettings night = usual;
        night.quietFrom = 22;
        night.quietTo = 7;
        NoticeSettings onlyLost = usual;
        onlyLost.unhealthy = onlyLost.rollouts = false;
        using L = std::vector<Look>;
        const auto row = [](const char *name, const L &looks, const NoticeSettings &settings, const char *told,
                            int badge) {
            QTest::newRow(name) << looks << settings << QString::fromLatin1(told) << badge;
        };
        row("nothing", L{{}, {1, 12, {}}}, usual, "|", 0);
        row("what was before is no news, but counts", L{{0, 12, u"l:a"_s}, {1, 12, u"l:a"_s}}, usual, "|", 1);
        row("told once", L{{}, {1, 12, u"l:a"_s}, {2, 12, u"l:a"_s}}, usual, "|lost a|", 1);
        row("over and again is told again", L{{}, {1, 12, u"l:a"_s}, {2, 12, {}}, {3, 12, u"l:a"_s}}, usual,
            "|lost a||lost a", 1);
        row("many at once are one", L{{}, {1, 12, u"l:a l:b l:c"_s}}, usual, "|lost a+b+c", 3);
        row("another one is its own", L{{}, {1, 12, u"l:a"_s}, {2, 12, u"l:a l:b"_s}}, usual, "|lost a|lost b", 2);
        row("unhealthy for long enough", L{{}, {59, 12, u"u:a"_s}, {60, 12, u"u:a"_s}, {61, 12, u"u:a"_s}}, usual,
            "||unhealthy a|", 1);
        row("kinds are apart", L{{}, {90, 12, u"l:a u:b r:c"_s}}, usual, "|rollout c, unhealthy b, lost a", 3);
        row("what is off is not told and does not count", L{{}, {90, 12, u"l:a u:b r:c"_s}}, onlyLost, "|lost a", 1);
        row("quiet over midnight",
            L{{0, 23, {}}, {1, 0, u"l:a"_s}, {2, 6, u"l:a l:b"_s}, {3, 7, u"l:a l:b"_s}, {4, 7, u"l:a l:b"_s}}, night,
            "|||after quiet a+b|", 2);
        row("over before the end of it is never told", L{{0, 23, {}}, {1, 0, u"l:a"_s}, {2, 7, {}}}, night, "||", 0);
        row("not told twice around it", L{{0, 21, {}}, {1, 21, u"l:a"_s}, {2, 22, u"l:a"_s}, {3, 7, u"l:a"_s}}, night,
            "|lost a||", 1);
    }
    void rules()
    {
        QFETCH(std::vector<Look>, looks);
        QFETCH(NoticeSettings, settings);
        QFETCH(QString, told);
        QFETCH(int, badge);
        NoticeMemory memory;
        QStringList texts;
        int last = 0;
        for (const Look &look : looks) {
            ui::NoticeDecision decision =
                ui::decideNotices(troublesOf(look.wrong), settings, someTime + std::chrono::seconds(look.second),
                                  look.hour, std::move(memory));
            memory = std::move(decision.memory);
            texts.append(textOf(decision.notices));
            last = decision.badge;
        }
        QCOMPARE(texts.join(u'|'), told);
        QCOMPARE(last, badge);
    }

    void quietHours_data()
    {
        QTest::addColumn<int>("from");
        QTest::addColumn<int>("to");
        QTest::addColumn<QList<int>>("quiet");
        QTest::newRow("none") << 5 << 5 << QList<int>{};
        QTest::newRow("within a day") << 1 << 3 << QList<int>{1, 2};
        QTest::newRow("over midnight") << 23 << 2 << QList<int>{0, 1, 23};
    }
    void quietHours()
    {
        QFETCH(int, from);
        QFETCH(int, to);
        QFETCH(QList<int>, quiet);
        NoticeSettings settings;
        settings.quietFrom = from;
        settings.quietTo = to;
        QList<int> found;
        for (int hour = 0; hour < 24; ++hour) {
            if (ui::isQuiet(settings, hour))
                found.append(hour);
        }
        QCOMPARE(found, quiet);
    }

    void aLostGatewayIsTold()
    {
        lose(1);
        QCOMPARE(m_state.told.size(), 1);
        QVERIFY2(m_state.told.front().startsWith(u"1 gateway") && m_state.told.front().endsWith(u": gw-1"),
                 qPrintable(m_state.told.front()));
        QVERIFY2(m_state.toolTip.startsWith(u"Flowgate: 1 need"), qPrintable(m_state.toolTip));
        Q_EMIT m_state.tray->noticeClicked();
        QCOMPARE(m_rig->window->findChild<QTableView *>(QStringLiteral("fleetTable"))->currentIndex().data().toString(),
                 QStringLiteral("gw-1"));
    }

    // A time in which nobody looked is no alarm, and neither is a goodbye.
    void whatIsNoAlarm_data()
    {
        QTest::addColumn<domain::PresenceState>("state");
        QTest::newRow("not observed") << domain::PresenceState::NotObserved;
        QTest::newRow("left") << domain::PresenceState::Left;
    }
    void whatIsNoAlarm()
    {
        QFETCH(domain::PresenceState, state);
        domain::Gateway gateway = gatewayOf(1);
        gateway.presence.state = state;
        gateway.health.state = domain::HealthState::Unhealthy;
        m_rig->clock.advance(1h);
        m_rig->workspace->applyFleet({{share(gateway)}, {}});
        m_center->look();
        QVERIFY(m_state.told.isEmpty());
    }

    void aMutedGatewayIsNotTold()
    {
        m_rig->workspace->mutes().mute({idOf(1)}, domain::milliseconds(1h));
        lose(1);
        QVERIFY(m_state.told.isEmpty());
        QVERIFY(m_state.toolTip.contains(QStringLiteral("nothing")));
        QVERIFY(m_rig->workspace->mutes().words(idOf(1)).contains(QStringLiteral("until")));
        m_rig->clock.advance(2h); // it is over
        m_center->look();
        QCOMPARE(m_state.told.size(), 1);
        QVERIFY(m_rig->workspace->mutes().words(idOf(1)).isEmpty());
    }

    void mutesAreKept()
    {
        {
            QSettings settings(m_rig->path(QStringLiteral("m.ini")), QSettings::IniFormat);
            ui::Mutes mutes(m_rig->clock);
            mutes.keepIn(settings);
            mutes.mute({idOf(1)}, domain::milliseconds(1h));
            mutes.mute({idOf(2)}, {});
            mutes.mute({idOf(3)}, {});
            mutes.unmute({idOf(3)});
        }
        QSettings settings(m_rig->path(QStringLiteral("m.ini")), QSettings::IniFormat);
        ui::Mutes mutes(m_rig->clock);
        mutes.keepIn(settings);
        QVERIFY(mutes.isMuted(idOf(1)) && mutes.isMuted(idOf(2)) && !mutes.isMuted(idOf(3)));
        m_rig->clock.advance(2h);
        QVERIFY(!mutes.isMuted(idOf(1)) && mutes.isMuted(idOf(2)));
    }

    void settingsAreKept()
    {
        NoticeSettings wanted;
        wanted.lost = false;
        wanted.unhealthySeconds = 5;
        wanted.quietFrom = 22;
        wanted.quietTo = 6;
        wanted.onClose = NoticeSettings::OnClose::KeepServing;
        NoticeSettings typed;
        for (const models::Setting &setting : ui::noticeSettings(wanted, true))
            typed = ui::changedNotices(typed, setting.key, setting.value);
        QCOMPARE(typed, wanted);
        m_rig->workspace->preferences().setNotices(wanted);
        m_center.reset();
        m_rig->open();
        QCOMPARE(m_rig->workspace->preferences().notices(), wanted);
    }

    void theFirstCloseAsks()
    {
        m_rig->window->close();
        QVERIFY(m_rig->window->isVisible());
        auto *box = m_rig->window->findChild<QMessageBox *>();
        QVERIFY(box);
        QTest::mouseClick(buttonOf(*box, QStringLiteral("Keep serving")), Qt::LeftButton);
        QVERIFY(!m_rig->window->isVisible());
        QVERIFY(!QApplication::quitOnLastWindowClosed());
        Q_EMIT m_state.tray->activated();
        QVERIFY(m_rig->window->isVisible());
        QVERIFY(QApplication::quitOnLastWindowClosed());
        QTRY_VERIFY(!m_rig->window->findChild<QMessageBox *>());
        m_rig->window->close(); // it is remembered
        QVERIFY(!m_rig->window->isVisible());
        QVERIFY(!m_rig->window->findChild<QMessageBox *>());
        QCOMPARE(m_rig->workspace->preferences().notices().onClose, NoticeSettings::OnClose::KeepServing);
    }

    void quittingIsNotAskedFor()
    {
        m_rig->window->quit();
        QVERIFY(!m_rig->window->isVisible());
        QVERIFY(!m_rig->window->findChild<QMessageBox *>());
        QVERIFY(QApplication::quitOnLastWindowClosed());
    }

    void withoutATrayItCloses()
    {
        m_state.isThere = false;
        m_rig->window->close();
        QVERIFY(!m_rig->window->isVisible());
        QVERIFY(!m_rig->window->findChild<QMessageBox *>());
    }

    void theMenuLeadsToWhatIsWrong()
    {
        lose(2);
        m_rig->window->hide();
        Q_EMIT m_state.menu->aboutToShow();
        for (QAction *action : m_state.menu->actions()) {
            if (action->text().contains(QStringLiteral("lost")))
                action->trigger();
        }
        QVERIFY(m_rig->window->isVisible());
        QCOMPARE(m_rig->window->findChild<ui::FleetPage *>()->part(), models::FleetPart::Away);
        Q_EMIT m_state.menu->aboutToShow();
        for (QAction *action : m_state.menu->actions()) {
            if (action->text().contains(QStringLiteral("for an hour")))
                action->trigger();
        }
        lose(3);
        QCOMPARE(m_state.told.size(), 1);
    }

    void theBadgeIsPainted()
    {
        const auto reds = [](int badge) {
            const QImage image = ui::trayIcon(badge).pixmap(22, 22).toImage();
            int red = 0;
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x)
                    red += image.pixelColor(x, y) == common::lightTheme().bad ? 1 : 0;
            }
            return red;
        };
        QCOMPARE(reds(0), 0);
        QVERIFY(reds(3) > 40);
    }

private:
    void lose(int number)
    {
        domain::Gateway gateway = gatewayOf(number);
        gateway.presence.state = domain::PresenceState::Lost;
        m_rig->workspace->applyFleet({{share(gateway)}, {}});
        m_center->look();
    }

    std::unique_ptr<WindowRig> m_rig;
    FakeTray::State m_state;
    std::unique_ptr<ui::NoticeCenter> m_center;
};

QTEST_MAIN(TestNotices)
#include "tst_notices.moc"
