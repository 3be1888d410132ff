// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/manualclock.h"
#include "tests/ui/fakeoperations.h"
#include "tests/ui/widgethelp.h"
#include "ui/settings/settingrow.h"
#include "ui/settings/settingspage.h"
#include "ui/settings/windowsettings.h"
#include "ui/workspace.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

using namespace flowgate;
using namespace flowgate::tests;
using models::Setting;
using ui::NoticeChoices;
using ui::WindowLook;

namespace {

constexpr int ownRows = 4 + 6; // of the look, and of the notices

} // namespace

class TestSettingsPage final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aChangeCountsAtOnce()
    {
        QSignalSpy changes(&m_workspace.preferences(), &ui::Preferences::changed);
        editor<QComboBox>("Colours")->setCurrentIndex(2);
        QCOMPARE(m_workspace.preferences().look().theme, WindowLook::Theme::Dark);
        editor<QSpinBox>("Text size")->setValue(150);
        QCOMPARE(m_workspace.preferences().look().textPercent, 150);
        editor<QComboBox>("Rows of tables")->setCurrentIndex(1);
        QCOMPARE(m_workspace.preferences().look().density, common::Density::Compact);
        editor<QComboBox>("Times in tables")->setCurrentIndex(1);
        QVERIFY(m_workspace.preferences().look().exactTimes);
        QCOMPARE(changes.count(), 4);
        // What comes as it came has nothing to reset.
        for (const ui::SettingRow *row : m_page.findChildren<ui::SettingRow *>()) {
            if (!row->key().startsWith(ui::windowPrefix))
                continue;
            QAbstractButton *reset = buttonOf(*row, QStringLiteral("Reset"));
            QVERIFY(reset);
            reset->click();
            QVERIFY(!buttonOf(*row, QStringLiteral("Reset")));
        }
        QCOMPARE(m_workspace.preferences().look(), WindowLook());
    }

    void noticesAreChosen()
    {
        const auto now = [this] { return m_workspace.preferences().notices(); };
        editor<QCheckBox>("Failed rollouts")->setChecked(false);
        QVERIFY(!now().rollouts);
        editor<QCheckBox>("Lost gateways")->setChecked(false);
        QVERIFY(!now().away);
        editor<QCheckBox>("Unhealthy gateways")->setChecked(false);
        QVERIFY(!now().unhealthy);
        editor<QSpinBox>("Unhealthy for longer than")->setValue(300);
        QCOMPARE(now().unhealthySeconds, 300);
        editor<QComboBox>("When the window is closed")->setCurrentIndex(1);
        QCOMPARE(now().closing, NoticeChoices::Closing::KeepServing);

        auto *quiet = editor<QLineEdit>("Quiet hours");
        const auto type = [quiet](const QString &text) {
            quiet->clear();
            QTest::keyClicks(quiet, text);
            QTest::keyClick(quiet, Qt::Key_Return);
        };
        type(QStringLiteral("22:00-7:00"));
        QCOMPARE(now().quiet, (domain::QuietHours{22 * 60, 7 * 60}));
        QCOMPARE(quiet->text(), QStringLiteral("22:00-07:00"));
        type(QStringLiteral("at night"));
        QVERIFY(labelsOf(m_page).contains(QStringLiteral("These are no two times of a day")));
        QCOMPARE(quiet->text(), QStringLiteral("at night")); // to be mended
        QCOMPARE(now().quiet, (domain::QuietHours{22 * 60, 7 * 60}));
        type(QString());
        QVERIFY(!now().quiet);
        QVERIFY(!labelsOf(m_page).contains(QStringLiteral("These are no two times of a day")));
        m_workspace.preferences().setNotices({});
        QVERIFY(editor<QCheckBox>("Failed rollouts")->isChecked());
    }

    void saysThatThereIsNoTray()
    {
        const QString none = QStringLiteral("This desktop has no tray: closing the window quits.");
        QVERIFY(labelsOf(m_page).contains(none));
        m_workspace.preferences().setHasTray(true);
        QVERIFY(!labelsOf(m_page).contains(none));
        QVERIFY(!labelsOf(m_page).contains(QStringLiteral("it has none now")));
        m_workspace.preferences().setHasTray(false);
        QVERIFY(labelsOf(m_page).contains(none));
    }

    void noticesAreKept()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("window.ini"));
        NoticeChoices choices;
        choices.rollouts = false;
        choices.away = false;
        choices.unhealthy = false;
        choices.unhealthySeconds = 90;
        choices.quiet = domain::QuietHours{22 * 60 + 30, 6 * 60};
        choices.closing = NoticeChoices::Closing::Quit;
        {
            QSettings settings(file, QSettings::IniFormat);
            ui::Preferences preferences;
            preferences.keepIn(settings);
            QCOMPARE(preferences.notices(), NoticeChoices());
            preferences.setNotices(choices);
        }
        QSettings settings(file, QSettings::IniFormat);
        ui::Preferences preferences;
        preferences.keepIn(settings);
        QCOMPARE(preferences.notices(), choices);

        settings.setValue(QStringLiteral("notices/unhealthySeconds"), QStringLiteral("soon"));
        settings.setValue(QStringLiteral("notices/quietHours"), QStringLiteral("night"));
        settings.setValue(QStringLiteral("closing"), QStringLiteral("explode"));
        const NoticeChoices mended = ui::readNotices(settings);
        QCOMPARE(mended.unhealthySeconds, 60);
        QVERIFY(!mended.quiet);
        QCOMPARE(mended.closing, NoticeChoices::Closing::Ask);
    }

    void followsChangesFromElsewhere()
    {
        WindowLook look;
        look.textPercent = 130;
        m_workspace.preferences().setLook(look);
        QCOMPARE(editor<QSpinBox>("Text size")->value(), 130);
        m_workspace.preferences().setLook({});
    }

    void isSearched()
    {
        auto *search = m_page.findChild<QLineEdit *>();
        const auto shown = [this] {
            int count = 0;
            for (const ui::SettingRow *row : m_page.findChildren<ui::SettingRow *>())
                count += row->isVisibleTo(&m_page) ? 1 : 0;
            return count;
        };
        QCOMPARE(shown(), ownRows);
        search->setText(QStringLiteral("tables times"));
        QCOMPARE(shown(), 1);
        search->setText(QStringLiteral("COMPACT"));
        QCOMPARE(shown(), 1);
        search->setText(QStringLiteral("qqq"));
        QCOMPARE(shown(), 0);
        QVERIFY(labelsOf(m_page).contains(QStringLiteral("No setting fits")));
        buttonOf(m_page, QStringLiteral("Show all"))->click();
        QCOMPARE(shown(), ownRows);
    }

    void rowsOfEveryKind()
    {
        Setting setting;
        setting.key = QStringLiteral("x.y");
        setting.title = QStringLiteral("Path");
        setting.value = QStringLiteral("/v1");
        setting.standard = QStringLiteral("/v1");
        setting.effect = QStringLiteral("After a restart");
        ui::SettingRow text(setting);
        QSignalSpy typed(&text, &ui::SettingRow::changed);
        auto *field = text.findChild<QLineEdit *>();
        QTest::keyClicks(field, QStringLiteral("/a"));
        QVERIFY(typed.isEmpty()); // half typed
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(typed.count(), 1);
        QCOMPARE(typed.front().at(1).toString(), QStringLiteral("/v1/a"));
        QVERIFY(labelsOf(text).contains(QStringLiteral("After a restart")));
        setting.trouble = QStringLiteral("no path");
        text.show(setting);
        QVERIFY(labelsOf(text).contains(QStringLiteral("no path")));

        setting.kind = Setting::Kind::Switch;
        setting.value = true;
        setting.standard = false;
        ui::SettingRow onOff(setting);
        QSignalSpy switched(&onOff, &ui::SettingRow::changed);
        onOff.findChild<QAbstractButton *>(QString(), Qt::FindDirectChildrenOnly);
        setting.value = false;
        onOff.show(setting);
        QVERIFY(switched.isEmpty()); // not by a person
    }

    void theModelKeepsSeveralKeepers()
    {
        models::SettingModel model;
        const QAbstractItemModelTester tester(&model);
        Setting mine;
        mine.key = QStringLiteral("plane.port");
        mine.value = 1;
        mine.standard = 1;
        model.setSettings(ui::windowPrefix, ui::windowSettings({}));
        model.setSettings(QStringLiteral("plane."), {mine});
        QCOMPARE(model.rowCount(), 5);
        model.setSettings(ui::windowPrefix, ui::windowSettings({}));
        QCOMPARE(model.rowCount(), 5);
        QCOMPARE(model.settings().back().key, mine.key); // each group keeps its place
        model.setTrouble(mine.key, QStringLiteral("refused"));
        QCOMPARE(model.find(mine.key)->trouble, QStringLiteral("refused"));
        model.setValue(mine.key, 2);
        QVERIFY(model.find(mine.key)->trouble.isEmpty());
        QVERIFY(!model.index(0).data(models::SettingModel::IsStandardRole).isNull());
        model.setValue(QStringLiteral("unknown"), 1);
        QVERIFY(!model.find(QStringLiteral("unknown")));
    }

    void thePlanesSettingsStandBesideThem()
    {
        const auto told = [](const QString &soak) {
            std::vector<app::SettingValue> values;
            for (const app::SettingSpec &spec : app::settingSpecs())
                values.push_back({&spec, spec.setting == app::Setting::RolloutSoak ? soak : spec.fallback});
            return values;
        };
        m_workspace.applySettings(told(QStringLiteral("30s")));
        const auto rows = static_cast<qsizetype>(app::settingSpecs().size()) + ownRows;
        QCOMPARE(m_page.findChildren<ui::SettingRow *>().size(), rows);
        // Each once: what belongs together stands together.
        QVERIFY(labelsOf(m_page).contains(QStringLiteral("%1 of %1 shown").arg(rows)));
        QCOMPARE(editor<QSpinBox>("Largest WebSocket message")->suffix(), QStringLiteral(" MiB"));
        QCOMPARE(editor<QSpinBox>("Most gateways")->suffix(), QString());
        auto *soak = editor<QLineEdit>("Stay healthy for");
        QCOMPARE(soak->text(), QStringLiteral("30s"));

        // Refused: it says why, and what holds is what held.
        soak->clear();
        QTest::keyClicks(soak, QStringLiteral("2 years"));
        QTest::keyClick(soak, Qt::Key_Return);
        QCOMPARE(m_operations.settingAsked.lastAbout(), QStringLiteral("rollout.soak=2 years"));
        m_operations.settingAsked.answerLast(
            app::failed(app::FailureCode::BadArgument, QStringLiteral("a length of time")));
        QVERIFY(labelsOf(m_page).contains(QStringLiteral("a length of time")));
        QCOMPARE(soak->text(), QStringLiteral("2 years")); // to be mended

        // Taken: as the control plane writes it.
        soak->clear();
        QTest::keyClicks(soak, QStringLiteral("120s"));
        QTest::keyClick(soak, Qt::Key_Return);
        m_operations.settingAsked.answerLast(
            app::SettingValue{&app::specOf(app::Setting::RolloutSoak), QStringLiteral("2m")});
        QCOMPARE(soak->text(), QStringLiteral("2m"));
        QVERIFY(!labelsOf(m_page).contains(QStringLiteral("a length of time")));

        // Changed elsewhere, while another one is being typed: that one stays.
        auto *timeout = editor<QLineEdit>("Applied within");
        timeout->clear();
        QTest::keyClicks(timeout, QStringLiteral("5"));
        m_workspace.applySettings(told(QStringLiteral("45s")));
        QCOMPARE(editor<QLineEdit>("Stay healthy for"), soak);
        QCOMPARE(soak->text(), QStringLiteral("45s"));
        QCOMPARE(timeout->text(), QStringLiteral("5"));

        editor<QSpinBox>("Most connections")->setValue(500);
        QCOMPARE(m_operations.settingAsked.lastAbout(), QStringLiteral("server.connections=500"));
        editor<QComboBox>("Log")->setCurrentIndex(0);
        QCOMPARE(m_operations.settingAsked.lastAbout(), QStringLiteral("log.level=debug"));
    }

    void strangeValuesChangeNothing()
    {
        const WindowLook look;
        QCOMPARE(ui::changedLook(look, QStringLiteral("window.theme"), 99), look);
        QCOMPARE(ui::changedLook(look, QStringLiteral("window.theme"), -1), look);
        QCOMPARE(ui::changedLook(look, QStringLiteral("window.none"), 1), look);
        QCOMPARE(ui::changedLook(look, QStringLiteral("window.text"), 9999).textPercent, WindowLook::largestText);
    }

private:
    template<typename T>
    T *editor(const char *name) const
    {
        for (T *widget : m_page.findChildren<T *>()) {
            if (widget->accessibleName() == QLatin1String(name))
                return widget;
        }
        return nullptr;
    }

    FakeOperations m_operations;
    ManualClock m_clock;
    ui::Workspace m_workspace{m_operations, m_clock};
    ui::SettingsPage m_page{m_workspace};
};

QTEST_MAIN(TestSettingsPage)
#include "tst_settingspage.moc"
