// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/manualclock.h"
#include "tests/support/patience.h"
#include "tests/ui/fakeoperations.h"
#include "tests/ui/fakes.h"
#include "tests/ui/widgethelp.h"
#include "ui/diff/diffwindow.h"
#include "ui/rollouts/rolloutdialog.h"
#include "ui/rollouts/rolloutspage.h"
#include "ui/rollouts/rolloutview.h"
#include "ui/workspace.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace flowgate;
using namespace flowgate::tests;
using domain::TargetStep;
using domain::Verdict;
using Plan = std::vector<app::PlannedTarget>;

namespace {

const Plan threeTargets{{idOf(1), QStringLiteral("a"), true, {Verdict::Ok, {}}},
                        {idOf(2), QStringLiteral("b"), false, {Verdict::Offline, QStringLiteral("later")}},
                        {idOf(3), QStringLiteral("c"), true, {Verdict::LacksComponent, QStringLiteral("kafka")}}};

QLineEdit *fieldWith(const QWidget &parent, const QString &text)
{
    for (QLineEdit *field : parent.findChildren<QLineEdit *>()) {
        if (field->text() == text)
            return field;
    }
    return nullptr;
}

QCheckBox *boxOf(const QWidget &parent, const QString &begin)
{
    return qobject_cast<QCheckBox *>(buttonOf(parent, begin));
}

} // namespace

class TestRolloutUi final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_operations = std::make_unique<FakeOperations>();
        m_workspace = std::make_unique<ui::Workspace>(*m_operations, m_clock);
        m_workspace->applyConfigs({{QStringLiteral("base"), 5, 0}, {QStringLiteral("core"), 1, 0}});
    }
    void cleanup()
    {
        m_dialog.reset();
        m_page.reset();
        m_workspace.reset();
        m_operations.reset();
    }

    void theButtonNamesWhatItReaches()
    {
        openDialog(QStringLiteral("base@4"), QStringLiteral("env=lab"));
        QVERIFY(!start()->isEnabled()); // nothing is known yet
        answerPreview(threeTargets);
        QCOMPARE(m_operations->previewAsked.lastAbout(), QStringLiteral("base@4 env=lab"));
        QVERIFY2(start()->text().startsWith(QStringLiteral("Roll out base @4 to 2 gateway")),
                 qPrintable(start()->text()));
        QVERIFY(labelsOf(*m_dialog).contains(QStringLiteral("1 lacks a component (left out)")));
        boxOf(*m_dialog, QStringLiteral("Force"))->setChecked(true);
        QVERIFY(start()->text().startsWith(QStringLiteral("Roll out base @4 to 3 gateway")));
    }

    void whatChangesForOne()
    {
        m_workspace->applyFleet(deltaOf(1, 4));
        openDialog(QStringLiteral("core@1"), QStringLiteral("env=lab"));
        answerPreview(threeTargets);
        QAbstractButton *changes = buttonOf(*m_dialog, QStringLiteral("What changes"));
        QVERIFY(changes && !changes->isEnabled()); // of which one?
        auto *table = m_dialog->findChild<QTableView *>();
        table->selectRow(0);
        QVERIFY(changes->isEnabled());
        changes->click();
        QCOMPARE(m_operations->loadAsked.lastAbout(), QStringLiteral("base@4")); // what it is to run now
        domain::ConfigSet files;
        files.files[QStringLiteral("c.yaml")].body = "receivers: {}\n";
        m_operations->loadAsked.answerLast(ui::Operations::Whole{{}, files});
        QCOMPARE(m_operations->loadAsked.lastAbout(), QStringLiteral("core@1"));
        files.files[QStringLiteral("c.yaml")].body = "exporters: {}\n";
        m_operations->loadAsked.answerLast(ui::Operations::Whole{{}, files});
        auto *window = m_dialog->findChild<ui::DiffWindow *>();
        QVERIFY(window && window->isVisible());
        QCOMPARE(window->model().changeCount(), 1);
        window->close();
    }

    void aLatePreviewIsNotShown()
    {
        openDialog(QStringLiteral("base@4"), QStringLiteral("env=lab"));
        QTRY_VERIFY(m_operations->previewAsked.count() > 0);
        const int first = m_operations->previewAsked.count() - 1;
        fieldWith(*m_dialog, QStringLiteral("env=lab"))->setText(QStringLiteral("env=prod"));
        m_operations->previewAsked.answer(first, threeTargets);
        QVERIFY(!start()->isEnabled());
        QTRY_COMPARE(m_operations->previewAsked.lastAbout(), QStringLiteral("base@4 env=prod"));
        m_operations->previewAsked.answerLast(Plan{threeTargets[0]});
        QVERIFY(start()->text().startsWith(QStringLiteral("Roll out base @4 to 1 gateway")));
        m_operations->previewAsked.answer(first, threeTargets);
        QVERIFY(start()->text().startsWith(QStringLiteral("Roll out base @4 to 1 gateway")));
    }

    void aBadSelectorIsNotAskedFor()
    {
        openDialog(QStringLiteral("base@4"), QStringLiteral("env in ("));
        QTest::qWait(300); // longer than the pause after typing
        QCOMPARE(m_operations->previewAsked.count(), 0);
        QVERIFY(labelsOf(*m_dialog).contains(QStringLiteral("character")));
        QVERIFY(!start()->isEnabled());
    }

    void wavesThatCannotBeAreExplained_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("said");
        QTest::addRow("no wave") << QStringLiteral("1, all") << QStringLiteral("all is not a count or a share");
        QTest::addRow("a missing wave") << QStringLiteral("1,") << QStringLiteral("A wave is missing");
        QTest::addRow("over all") << QStringLiteral("101%") << QStringLiteral("101% is more than all gateways");
        QTest::addRow("falling") << QStringLiteral("50%, 20%") << QStringLiteral("20% reaches no more");
        QTest::addRow("too many") << QStringLiteral("1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21")
                                  << QStringLiteral("more than 20 waves");
    }

    void wavesThatCannotBeAreExplained()
    {
        QFETCH(QString, typed);
        QFETCH(QString, said);
        openDialog(QStringLiteral("base@4"), QStringLiteral("env=lab"));
        answerPreview(threeTargets);
        QVERIFY(start()->isEnabled());
        fieldWith(*m_dialog, QStringLiteral("1, 50%, 100%"))->setText(typed);
        QVERIFY2(labelsOf(*m_dialog).contains(said), qPrintable(labelsOf(*m_dialog)));
        QVERIFY(!start()->isEnabled());
    }

    void whatWasTypedIsWished()
    {
        openDialog(QStringLiteral("base@4"), QStringLiteral("env=lab"));
        answerPreview(threeTargets);
        fieldWith(*m_dialog, QStringLiteral("1, 50%, 100%"))->setText(QStringLiteral("2, 100%"));
        fieldWith(*m_dialog, QStringLiteral("30s"))->setText(QStringLiteral("5s"));
        fieldWith(*m_dialog, QStringLiteral("1m"))->setText(QStringLiteral("2m"));
        boxOf(*m_dialog, QStringLiteral("Where it fails"))->setChecked(false);
        start()->click();
        QCOMPARE(m_operations->wishes.size(), size_t(1));
        const app::RolloutWish &wish = m_operations->wishes.front();
        QCOMPARE(wish.config, QStringLiteral("base@4"));
        QCOMPARE(wish.selector, QStringLiteral("env=lab"));
        QVERIFY(wish.options.waves == (std::vector<domain::WaveSize>{{2, false}, {100, true}}));
        QCOMPARE(wish.options.soak, domain::milliseconds(5000));
        QCOMPARE(wish.options.timeout, domain::milliseconds(120'000));
        QVERIFY(!wish.options.putBack);
        QVERIFY(!wish.options.force);
        start()->click(); // a double click starts one rollout
        QCOMPARE(m_operations->wishes.size(), size_t(1));
        QSignalSpy started(m_dialog.get(), &ui::RolloutDialog::started);
        m_operations->startAsked.answerLast(QStringLiteral("id-1"));
        QCOMPARE(started.count(), 1);
        QVERIFY(!m_dialog->isVisible());
    }

    void settingsFillWhatNobodyTyped()
    {
        openDialog(QStringLiteral("base@4"), QStringLiteral("env=lab"));
        QLineEdit *typed = nullptr;
        for (QLineEdit *field : m_dialog->findChildren<QLineEdit *>()) {
            if (field->accessibleName() == u"then healthy for")
                typed = field;
        }
        QVERIFY(typed);
        typed->selectAll();
        QTest::keyClicks(typed, QStringLiteral("11s"));
        domain::RolloutOptions defaults;
        defaults.waves = {{2, false}, {100, true}};
        defaults.soak = domain::milliseconds(45'000);
        defaults.timeout = domain::milliseconds(120'000);
        m_operations->defaultsAsked.answerLast(defaults);
        answerPreview(threeTargets);
        start()->click();
        QCOMPARE(m_operations->wishes.size(), size_t(1));
        QCOMPARE(m_operations->wishes.front().options.waves, defaults.waves);
        QCOMPARE(m_operations->wishes.front().options.timeout, defaults.timeout);
        QCOMPARE(m_operations->wishes.front().options.soak, domain::milliseconds(11'000));
    }

    void aRefusedStartStaysOpenAndSaysWhy()
    {
        openDialog(QStringLiteral("base@4"), QStringLiteral("env=lab"));
        answerPreview(threeTargets);
        start()->click();
        m_operations->startAsked.answerLast(app::failed(app::FailureCode::BadConfig, QStringLiteral("line 3: no")));
        QVERIFY(m_dialog->isVisible());
        QVERIFY(labelsOf(*m_dialog).contains(QStringLiteral("line 3: no")));
        QVERIFY(start()->isEnabled());
    }

    void badOptionsCannotBeStarted()
    {
        openDialog(QStringLiteral("base@4"), QStringLiteral("env=lab"));
        answerPreview(threeTargets);
        QVERIFY(start()->isEnabled());
        fieldWith(*m_dialog, QStringLiteral("1, 50%, 100%"))->setText(QStringLiteral("50%, 20%"));
        QVERIFY(!start()->isEnabled());
        QVERIFY(labelsOf(*m_dialog).contains(QStringLiteral("Write waves that grow")));
    }

    void versionsAreOffered()
    {
        openDialog(QStringLiteral("base@4"), QStringLiteral("env=lab"));
        std::vector<domain::ConfigVersion> versions;
        for (int i = 1; i <= 5; ++i)
            versions.push_back({{QStringLiteral("base"), i, {}}, QStringLiteral("m%1").arg(i), {}, someTime});
        m_operations->versionsAsked.answerLast(versions);
        auto *box = m_dialog->findChildren<QComboBox *>().at(1);
        QCOMPARE(box->count(), 5);
        QCOMPARE(box->currentText(), QStringLiteral("4: m4"));
        QCOMPARE(box->itemText(0), QStringLiteral("5: m5"));
    }

    void noRolloutSaysWhatToDoNext()
    {
        openPage();
        QVERIFY(labelsOf(*m_page).contains(QStringLiteral("No rollout yet")));
    }

    void buttonsFollowTheState_data()
    {
        QTest::addColumn<domain::RolloutState>("state");
        QTest::addColumn<bool>("inForce");
        QTest::addColumn<QStringList>("buttons");
        using S = domain::RolloutState;
        const QString halt = QStringLiteral("Halt");
        const QString resume = QStringLiteral("Resume…");
        const QString end = QStringLiteral("End…");
        const QString back = QStringLiteral("Roll back 1…");
        QTest::addRow("running") << S::Running << false << QStringList{halt, end, back};
        QTest::addRow("halted") << S::Halted << false << QStringList{resume, end, back};
        QTest::addRow("failed") << S::Failed << false << QStringList{resume, back};
        QTest::addRow("in force") << S::Succeeded << true << QStringList{end, back};
        QTest::addRow("ended") << S::Succeeded << false << QStringList{back};
        QTest::addRow("rolling back") << S::RollingBack << false << QStringList{end};
        QTest::addRow("rolled back") << S::RolledBack << false << QStringList{};
    }
    void buttonsFollowTheState()
    {
        QFETCH(domain::RolloutState, state);
        QFETCH(bool, inForce);
        QFETCH(QStringList, buttons);
        domain::Rollout rollout = sentRollout();
        rollout.state = state;
        rollout.inForce = inForce;
        openPage();
        apply(rollout);
        QStringList shown;
        for (const QString &text :
             {QStringLiteral("Halt"), QStringLiteral("Resume"), QStringLiteral("End"), QStringLiteral("Roll back")}) {
            if (const QAbstractButton *button = buttonOf(*m_page, text))
                shown.append(button->text());
        }
        QCOMPARE(shown, buttons);
    }

    void rollingBackAsksFirst()
    {
        openPage();
        apply(sentRollout());
        buttonOf(*m_page, QStringLiteral("Roll back"))->click();
        QDialog *question = dialogOf(*m_page);
        QVERIFY(question);
        QVERIFY(labelsOf(*question).contains(QStringLiteral("base @5")));
        QVERIFY(labelsOf(*question).contains(QStringLiteral("proven there before")));
        QCOMPARE(m_operations->actAsked.count(), 0);
        buttonOf(*question, QStringLiteral("Roll back"))->click();
        QCOMPARE(m_operations->actAsked.lastAbout(),
                 QStringLiteral("%1 r1").arg(static_cast<int>(ui::Operations::Act::RollBack)));
    }

    void haltingIsOneClick()
    {
        openPage();
        apply(sentRollout());
        buttonOf(*m_page, QStringLiteral("Halt"))->click();
        QCOMPARE(m_operations->actAsked.lastAbout(),
                 QStringLiteral("%1 r1").arg(static_cast<int>(ui::Operations::Act::Halt)));
        m_operations->actAsked.answerLast(app::failed(app::FailureCode::WrongState, QStringLiteral("it is over")));
        QTRY_VERIFY(dialogOf(*m_page) && labelsOf(*dialogOf(*m_page)).contains(QStringLiteral("it is over")));
    }

    void targetsMoveLive()
    {
        openPage();
        domain::Rollout rollout = sentRollout();
        apply(rollout);
        QVERIFY(labelsOf(*m_page).contains(QStringLiteral("Wave 1 of 2")));
        QVERIFY(labelsOf(*m_page).contains(QStringLiteral("1 offered")));
        rollout.targets[0].step = TargetStep::Unproven;
        rollout.targets[0].error = QStringLiteral("does not report health"); // no reason to halt
        rollout.targets[1].step = TargetStep::Failed;
        rollout.targets[1].error = QStringLiteral("unknown type <b>kafka</b>");
        rollout.state = domain::RolloutState::Halted;
        apply(rollout);
        const QString words = labelsOf(*m_page);
        QVERIFY2(words.contains(QStringLiteral("Halted")), qPrintable(words));
        QVERIFY(words.contains(QStringLiteral("unknown type <b>kafka</b>")));
        QVERIFY(words.contains(QStringLiteral("1 failed")));
        QVERIFY(!words.contains(QStringLiteral("does not report health")));
    }

    void thoseOfEarlierRunsGetTheirTargetsLater()
    {
        openPage();
        domain::Rollout old = sentRollout();
        old.state = domain::RolloutState::Succeeded;
        const domain::Rollout whole = old;
        old.targets.clear();
        m_workspace->rollouts().addHistory({old});
        QTRY_COMPARE(m_operations->rolloutAsked.count(), 1);
        m_operations->rolloutAsked.answerLast(whole);
        QVERIFY(labelsOf(*m_page).contains(QStringLiteral("Wave 2")));
    }

private:
    static domain::Rollout sentRollout()
    {
        domain::Rollout rollout = rolloutOf(QStringLiteral("r1"), 3);
        rollout.targets[0].step = TargetStep::Offered;
        rollout.targets[0].sentAt = someTime;
        rollout.targets[0].back = domain::ConfigRef{QStringLiteral("base"), 4, {}};
        return rollout;
    }
    void openDialog(const QString &config, const QString &selector)
    {
        m_dialog = std::make_unique<ui::RolloutDialog>(*m_workspace, config, selector);
        m_dialog->show();
        std::vector<domain::ConfigVersion> versions;
        for (int i = 1; i <= 5; ++i)
            versions.push_back({{QStringLiteral("base"), i, {}}, QStringLiteral("m%1").arg(i), {}, someTime});
        m_operations->versionsAsked.answerLast(versions);
    }
    void answerPreview(const Plan &plan)
    {
        QTRY_VERIFY(m_operations->previewAsked.count() > 0);
        m_operations->previewAsked.answerLast(plan);
    }
    QAbstractButton *start() const { return buttonOf(*m_dialog, QStringLiteral("Roll out")); }
    void openPage()
    {
        m_page = std::make_unique<ui::RolloutsPage>(*m_workspace);
        m_page->resize(1100, 700);
        m_page->show();
    }
    void apply(const domain::Rollout &rollout)
    {
        m_workspace->applyRollout(std::make_shared<const domain::Rollout>(rollout));
    }

    ManualClock m_clock;
    std::unique_ptr<FakeOperations> m_operations;
    std::unique_ptr<ui::Workspace> m_workspace;
    std::unique_ptr<ui::RolloutDialog> m_dialog;
    std::unique_ptr<ui::RolloutsPage> m_page;
};

QTEST_MAIN(TestRolloutUi)
#include "tst_rolloutui.moc"
