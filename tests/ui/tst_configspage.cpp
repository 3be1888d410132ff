// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/names.h"
#include "tests/support/manualclock.h"
#include "tests/support/patience.h"
#include "tests/ui/fakeoperations.h"
#include "tests/ui/fakes.h"
#include "tests/ui/widgethelp.h"
#include "ui/configs/configeditor.h"
#include "ui/configs/configlayout.h"
#include "ui/configs/configspage.h"
#include "ui/configs/versionsearch.h"
#include "ui/widgets/yamleditor.h"
#include "ui/workspace.h"

#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTableView>
#include <QTest>

using namespace flowgate;
using namespace flowgate::tests;
using Whole = ui::Operations::Whole;

namespace {

const QByteArray goodText = "exporters:\n  debug: {}\n";

domain::ConfigSet configOf(const QByteArray &text, const QString &name = QStringLiteral("a.yaml"))
{
    domain::ConfigSet config;
    config.files[name] = {text, {}};
    return config;
}

Whole wholeOf(const QString &name, int version, const domain::ConfigSet &files)
{
    return {{{name, version, domain::canonicalHash(files)}, {}, {}, someTime}, files};
}

} // namespace

class TestConfigsPage final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_operations = std::make_unique<FakeOperations>();
        m_workspace = std::make_unique<ui::Workspace>(*m_operations, m_clock);
        m_page = std::make_unique<ui::ConfigsPage>(*m_workspace);
        m_page->resize(1100, 700);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
        m_editor = m_page->findChild<ui::YamlEditor *>();
        m_whole = m_page->findChild<ui::ConfigEditor *>();
        QVERIFY(m_editor && m_whole);
    }
    void cleanup()
    {
        m_page.reset();
        m_workspace.reset();
        m_operations.reset();
    }

    void anEmptyLibrarySaysWhatToDoNext()
    {
        QVERIFY(labelsOf(*m_page).contains(QStringLiteral("No config yet")));
        buttonOf(*m_page, QStringLiteral("New config"))->click();
        QVERIFY(dialogOf(*m_page));
    }

    void aNewConfigIsADraftUntilItIsSaved()
    {
        beginNew(QStringLiteral("base"));
        QCOMPARE(m_page->drafts(), QStringList{QStringLiteral("base")});
        QVERIFY(labelsOf(*m_page).contains(QStringLiteral("draft of version 1")));
        QVERIFY(!buttonOf(*m_page, QStringLiteral("Roll out"))->isEnabled());
        save(QStringLiteral("first"));
        QCOMPARE(m_operations->saveAsked.lastAbout(), QStringLiteral("base/first"));
        QCOMPARE(m_operations->saved.back().files.begin()->second.body, ui::firstText());
        m_operations->saveAsked.answerLast(ui::Operations::Added{{QStringLiteral("base"), 1, {}}, true});
        m_workspace->applyConfigs({{QStringLiteral("base"), 1, 0}});
        QVERIFY(m_page->drafts().isEmpty());
        QVERIFY(buttonOf(*m_page, QStringLiteral("Roll out"))->isEnabled());
    }

    void whatIsDoneToAConfigCanBeUndone()
    {
        openBase();
        m_workspace->applyConfigs({{QStringLiteral("base"), 2, 0}, {QStringLiteral("core"), 1, 2}});
        const auto entry = [this](const QString &start) -> QAction * {
            for (QAction *action : moreMenu()->actions()) {
                if (action->text().remove(u'&').startsWith(start))
                    return action;
            }
            return nullptr;
        };
        entry(QStringLiteral("Put into the archive"))->trigger();
        QCOMPARE(m_operations->configActs.back().kind, app::ConfigAct::Kind::Archive);
        entry(QStringLiteral("Delete"))->trigger();
        QCOMPARE(m_operations->configActs.back().kind, app::ConfigAct::Kind::Delete);
        QCOMPARE(m_operations->configActs.back().config, QStringLiteral("base"));
        m_workspace->applyConfigs({{QStringLiteral("core"), 1, 2}});
        QVERIFY(labelsOf(*m_page).contains(QStringLiteral("Choose a config")));
        m_workspace->undo().undo();
        QCOMPARE(m_operations->configActs.back().kind, app::ConfigAct::Kind::Undelete);
        m_operations->configActAsked.answerLast(
            app::failed(app::FailureCode::WrongState, QStringLiteral("'base' was not deleted")));
        QVERIFY(labelsOf(*dialogOf(*m_page)).contains(QStringLiteral("was not deleted")));
    }

    void aConfigInUseIsNotDeleted()
    {
        openBase();
        m_workspace->configs().setReach({{QStringLiteral("base"), 3}});
        int seen = 0;
        for (QAction *action : moreMenu()->actions()) {
            if (!action->text().contains(QStringLiteral("Delete")))
                continue;
            ++seen;
            QVERIFY(!action->isEnabled());
            QCOMPARE(action->toolTip(), QStringLiteral("3 gateway(s) should run it."));
        }
        QCOMPARE(seen, 1);
    }

    void anArchivedConfigTakesNothing()
    {
        openBase();
        m_workspace->applyConfigs({{QStringLiteral("base"), 1, 0, {}, true}});
        QVERIFY(!buttonOf(*m_page, QStringLiteral("Roll out"))->isEnabled());
        m_editor->append(QStringLiteral("# mine\n"));
        QTRY_VERIFY(m_whole->isChanged());
        QVERIFY(!buttonOf(*m_page, QStringLiteral("Save version"))->isEnabled());
        QVERIFY(!buttonOf(*m_page, QStringLiteral("Save version"))->toolTip().isEmpty());
    }

    void aHitOpensItsVersionAtTheLine()
    {
        openBase();
        m_page->findInVersions();
        auto *search = m_page->findChild<ui::VersionSearch *>();
        QVERIFY(search);
        search->findChild<QLineEdit *>()->setText(QStringLiteral("debug"));
        QTRY_COMPARE(m_operations->searchAsked.lastAbout(), QStringLiteral("debug"));
        m_operations->searchAsked.answerLast(std::vector<app::ConfigHit>{
            {QStringLiteral("core"), 2, QStringLiteral("a.yaml"), 2, QStringLiteral("  debug: {}")}});
        QVERIFY(labelsOf(*search).contains(QStringLiteral("1 line(s)")));
        buttonOf(*search, QStringLiteral("Open"))->click();
        QCOMPARE(m_operations->loadAsked.lastAbout(), QStringLiteral("core@2"));
        m_operations->loadAsked.answerLast(wholeOf(QStringLiteral("core"), 2, configOf(goodText)));
        int line = 0;
        int column = 0;
        m_editor->getCursorPosition(&line, &column);
        QCOMPARE(line, 1);
    }

    void namesAreJudgedWhileTyped()
    {
        QVERIFY(domain::isConfigName(QStringLiteral("base-1.2_x")));
        QVERIFY(!domain::isConfigName(QStringLiteral("a b")));
        QVERIFY(!domain::isConfigName(QStringLiteral(".hidden")));
        QVERIFY(!domain::isConfigName(QStringLiteral("a@3")));
        QVERIFY(!domain::isConfigName(QString()));
        QVERIFY(!domain::isConfigName(QString(101, u'a')));
        m_workspace->applyConfigs({{QStringLiteral("base"), 1, 0}});
        m_page->makeNew();
        QDialog *dialog = dialogOf(*m_page);
        dialog->findChild<QLineEdit *>()->setText(QStringLiteral("base"));
        QVERIFY(!buttonOf(*dialog, QStringLiteral("Begin"))->isEnabled());
        dialog->findChild<QLineEdit *>()->setText(QStringLiteral("core"));
        QVERIFY(buttonOf(*dialog, QStringLiteral("Begin"))->isEnabled());
    }

    void lateAnswersDoNotReplaceTheText()
    {
        m_workspace->applyConfigs({{QStringLiteral("base"), 1, 0}, {QStringLiteral("core"), 1, 0}});
        m_page->openConfig(QStringLiteral("base"));
        m_page->openConfig(QStringLiteral("core"));
        m_operations->loadAsked.answer(1, wholeOf(QStringLiteral("core"), 1, configOf("core: 1\n")));
        m_operations->loadAsked.answer(0, wholeOf(QStringLiteral("base"), 1, configOf("base: 1\n")));
        QCOMPARE(m_editor->text(), QStringLiteral("core: 1\n"));
        QVERIFY(labelsOf(*m_page).contains(QStringLiteral("core")));
    }

    void draftsWaitWhileAnotherConfigIsShown()
    {
        openBase();
        m_editor->append(QStringLiteral("# mine\n"));
        QTRY_VERIFY(m_whole->isChanged());
        QVERIFY(m_workspace->configs().find(QStringLiteral("base"))->draft);
        m_page->openConfig(QStringLiteral("core"));
        m_operations->loadAsked.answerLast(wholeOf(QStringLiteral("core"), 1, configOf("core: 1\n")));
        QCOMPARE(m_page->drafts(), QStringList{QStringLiteral("base")});
        const int loads = m_operations->loadAsked.count();
        m_page->openConfig(QStringLiteral("base"));
        QCOMPARE(m_operations->loadAsked.count(), loads);
        QVERIFY(m_editor->text().endsWith(QStringLiteral("# mine\n")));
        QVERIFY(labelsOf(*m_page).contains(QStringLiteral("draft of version 3")));
    }

    void undoingAChangeIsNoDraft()
    {
        openBase();
        m_editor->insertAt(QStringLiteral("x"), 0, 0); // append() forgets what can be undone
        QTRY_VERIFY(m_whole->isChanged());
        m_editor->undo();
        QTRY_VERIFY(!m_whole->isChanged());
        QVERIFY(m_page->drafts().isEmpty());
        QVERIFY(!m_workspace->configs().find(QStringLiteral("base"))->draft);
    }

    void whatIsTypedWhileSavingStaysADraft()
    {
        openBase();
        m_editor->append(QStringLiteral("# one\n"));
        QTRY_VERIFY(m_whole->isChanged());
        save(QStringLiteral("one"));
        m_editor->append(QStringLiteral("# two\n"));
        m_operations->saveAsked.answerLast(ui::Operations::Added{{QStringLiteral("base"), 3, {}}, true});
        m_workspace->applyConfigs({{QStringLiteral("base"), 3, 0}});
        QVERIFY(m_whole->isChanged());
        QVERIFY(labelsOf(*m_page).contains(QStringLiteral("draft of version 4")));
    }

    void aFailedSaveKeepsTheDraft()
    {
        openBase();
        m_editor->append(QStringLiteral("# one\n"));
        QTRY_VERIFY(m_whole->isChanged());
        save(QStringLiteral("one"));
        m_operations->saveAsked.answerLast(app::failed(app::FailureCode::StoreFailed, QStringLiteral("disk full")));
        QTRY_VERIFY(dialogOf(*m_page) && labelsOf(*dialogOf(*m_page)).contains(QStringLiteral("disk full")));
        QVERIFY(m_whole->isChanged());
    }

    void problemsComeWithTheirLine()
    {
        openBase();
        m_editor->setText(QStringLiteral("exporters:\n  debug: [\n"));
        auto *problems = problemTable();
        QTRY_VERIFY(problems->model()->rowCount() > 0);
        QVERIFY(labelsOf(*m_page).contains(QStringLiteral("error(s)")));
        QModelIndex first;
        for (int row = problems->model()->rowCount() - 1; row >= 0; --row) {
            if (problems->model()->index(row, 0).data(models::ProblemModel::LineRole).toInt() > 0)
                first = problems->model()->index(row, 0);
        }
        const int line = first.data(models::ProblemModel::LineRole).toInt();
        QVERIFY(line >= 1);
        Q_EMIT problems->activated(first);
        int atLine = -1;
        int atColumn = -1;
        m_editor->getCursorPosition(&atLine, &atColumn);
        QCOMPARE(atLine, std::min(line, m_editor->lines()) - 1);
        m_editor->setText(QString::fromUtf8(ui::firstText()));
        QTRY_COMPARE(problems->model()->rowCount(), 0);
    }

    void severalFilesAndBytesRoundTrip()
    {
        domain::ConfigSet config = configOf("a: 1\r\nb: \xc3\xa4\r\n", QStringLiteral("a.yaml"));
        config.files[QStringLiteral("b.bin")] = {QByteArray("\xff\x00\xfe", 3), QStringLiteral("x/y")};
        config.files[QStringLiteral("c.yaml")] = {"\xef\xbb\xbf"
                                                  "c: 3",
                                                  {}};
        openBase(config);
        QVERIFY(m_whole->files() == config);
        QVERIFY(!m_whole->isChanged());
        auto *tabs = m_page->findChild<QTabBar *>();
        QCOMPARE(tabs->count(), 3);
        tabs->setCurrentIndex(1);
        QVERIFY(m_editor->isReadOnly());
        QVERIFY(labelsOf(*m_page).contains(QStringLiteral("not UTF-8")));
        tabs->setCurrentIndex(2);
        QVERIFY(!m_editor->isReadOnly());
        m_editor->append(QStringLiteral("\nd: 4"));
        tabs->setCurrentIndex(0);
        QTRY_VERIFY(m_whole->isChanged());
        domain::ConfigSet expected = config;
        expected.files[QStringLiteral("c.yaml")].body += "\nd: 4";
        for (const auto &[name, file] : expected.files)
            QCOMPARE(m_whole->files().files[name].body, file.body);
        QVERIFY(m_whole->files() == expected);
    }

    void anotherVersionAsksBeforeItDropsChanges()
    {
        openBase();
        m_editor->append(QStringLiteral("# mine\n"));
        QTRY_VERIFY(m_whole->isChanged());
        auto *versions = versionTable();
        const int loads = m_operations->loadAsked.count();
        versions->setCurrentIndex(versions->model()->index(1, 0));
        QDialog *question = dialogOf(*m_page);
        QVERIFY(question);
        QCOMPARE(m_operations->loadAsked.count(), loads);
        buttonOf(*question, QStringLiteral("Drop changes"))->click();
        QCOMPARE(m_operations->loadAsked.lastAbout(), QStringLiteral("base@1"));
    }

    void aRolloutNamesTheVersionAndWhomItHadBefore()
    {
        m_workspace->applyFleet(deltaOf(0, 4));
        auto before = rolloutOf(QStringLiteral("r"), 2);
        before.state = domain::RolloutState::Succeeded;
        before.inForce = true;
        m_workspace->applyRollout(std::make_shared<const domain::Rollout>(before));
        openBase();
        QAbstractButton *button = buttonOf(*m_page, QStringLiteral("Roll out"));
        QCOMPARE(button->text(), QStringLiteral("Roll out to 2…"));
        QSignalSpy asked(m_page.get(), &ui::ConfigsPage::rollOutRequested);
        button->click();
        QCOMPARE(asked.at(0).at(0).toString(), QStringLiteral("base@2"));
        QCOMPARE(asked.at(0).at(1).toString(), QStringLiteral("env=lab"));
    }

    void checkingSurvivesTheEndOfThePage()
    {
        openBase();
        m_editor->setText(QStringLiteral("a: [\n").repeated(2000));
        QTest::qWait(160); // the check may be under way or not: both must end well
        m_page.reset();
    }

private:
    void beginNew(const QString &name)
    {
        m_page->makeNew();
        QDialog *dialog = dialogOf(*m_page);
        QVERIFY(dialog);
        dialog->findChild<QLineEdit *>()->setText(name);
        buttonOf(*dialog, QStringLiteral("Begin"))->click();
    }
    void openBase(const domain::ConfigSet &config = configOf(goodText))
    {
        m_workspace->applyConfigs({{QStringLiteral("base"), 2, 0}, {QStringLiteral("core"), 1, 0}});
        m_page->openConfig(QStringLiteral("base"));
        m_operations->loadAsked.answerLast(wholeOf(QStringLiteral("base"), 2, config));
        m_operations->versionsAsked.answerLast(std::vector<domain::ConfigVersion>{
            {{QStringLiteral("base"), 1, {}}, {}, {}, someTime}, {{QStringLiteral("base"), 2, {}}, {}, {}, someTime}});
    }
    QMenu *moreMenu() const
    {
        QMenu *menu = qobject_cast<QPushButton *>(buttonOf(*m_page, QStringLiteral("More")))->menu();
        Q_EMIT menu->aboutToShow();
        return menu;
    }
    void save(const QString &message)
    {
        buttonOf(*m_page, QStringLiteral("Save version"))->click();
        QDialog *dialog = dialogOf(*m_page);
        QVERIFY(dialog);
        dialog->findChild<QLineEdit *>()->setText(message);
        buttonOf(*dialog, QStringLiteral("Save version"))->click();
    }
    QTableView *tableOf(const QString &name) const
    {
        for (QTableView *table : m_page->findChildren<QTableView *>()) {
            if (table->accessibleName() == name)
                return table;
        }
        return nullptr;
    }
    QTableView *problemTable() const { return tableOf(QStringLiteral("Problems")); }
    QTableView *versionTable() const { return tableOf(QStringLiteral("Versions")); }

    ManualClock m_clock;
    std::unique_ptr<FakeOperations> m_operations;
    std::unique_ptr<ui::Workspace> m_workspace;
    std::unique_ptr<ui::ConfigsPage> m_page;
    ui::YamlEditor *m_editor = nullptr;
    ui::ConfigEditor *m_whole = nullptr;
};

QTEST_MAIN(TestConfigsPage)
#include "tst_configspage.moc"
