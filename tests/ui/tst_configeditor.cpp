// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/manualclock.h"
#include "tests/support/patience.h"
#include "tests/ui/fakeoperations.h"
#include "tests/ui/fakes.h"
#include "ui/configs/configeditor.h"
#include "ui/editor/languagehelp.h"
#include "ui/widgets/yamleditor.h"
#include "ui/workspace.h"

#include <QDialog>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTest>

using namespace flowgate;
using namespace flowgate::tests;

class TestConfigEditor : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_operations = std::make_unique<FakeOperations>();
        m_workspace = std::make_unique<ui::Workspace>(*m_operations, m_clock);
        m_page = std::make_unique<ui::ConfigEditor>(*m_workspace);
        m_page->resize(900, 600);
        m_page->show();
        m_text = m_page->findChild<ui::YamlEditor *>();
        QVERIFY(m_text);
    }
    void cleanup()
    {
        m_page.reset();
        m_workspace.reset();
        m_operations.reset();
    }

    void aKeyIsTypedByItsBeginning()
    {
        open("");
        QTest::keyClicks(m_text, QStringLiteral("expo"));
        QTest::keyClick(m_text, Qt::Key_Return); // takes what is offered
        QCOMPARE(m_text->text(), QStringLiteral("exporters: "));
        QTest::keyClick(m_text, Qt::Key_Return);
        QTest::keyClicks(m_text, QStringLiteral("deb"));
        QTest::keyClick(m_text, Qt::Key_Return);
        QTest::keyClick(m_text, Qt::Key_Return);
        QTest::keyClicks(m_text, QStringLiteral("ver"));
        QTest::keyClick(m_text, Qt::Key_Return);
        QTest::keyClicks(m_text, QStringLiteral("det"));
        QTest::keyClick(m_text, Qt::Key_Return);
        QCOMPARE(m_text->text(), QStringLiteral("exporters: \n  debug: \n    verbosity: detailed"));
    }

    /// What the gateways of this very config have is at hand, what only the schema knows comes later.
    void whatGatewaysHaveComesFirst()
    {
        open("exporters:\n");
        QCOMPARE(m_operations->typesAsked.lastAbout(), QStringLiteral("base"));
        m_operations->typesAsked.answerLast(QHash<QString, QStringList>{
            {QStringLiteral("exporters"), {QStringLiteral("zebra"), QStringLiteral("ours")}}});
        m_text->setCursorPosition(1, 0);
        QTest::keyClicks(m_text, QStringLiteral("  "));
        m_page->findChild<ui::LanguageHelp *>()->complete(true);
        QTest::keyClick(m_text, Qt::Key_Return);
        QCOMPARE(m_text->text(), QStringLiteral("exporters:\n  ours: "));
    }

    /// The list is in nobody's way.
    void whatIsTypedInFullStands()
    {
        open("");
        QTest::keyClicks(m_text, QStringLiteral("exporters:"));
        QTest::keyClick(m_text, Qt::Key_Return);
        QTest::keyClicks(m_text, QStringLiteral("own/x:"));
        QTest::keyClick(m_text, Qt::Key_Return);
        QTest::keyClicks(m_text, QStringLiteral("a: 1"));
        QCOMPARE(m_text->text(), QStringLiteral("exporters:\n  own/x:\n    a: 1"));
    }

    void aComponentIsRenamedInAllFiles()
    {
        domain::ConfigSet files;
        files.files[QStringLiteral("a.yaml")] = {"receivers:\n  nop/in: {}\n", {}};
        files.files[QStringLiteral("b.yaml")] = {
            "\xef\xbb\xbfservice:\n  pipelines:\n    logs: {receivers: [nop/in]}\n", {}};
        m_page->open(QStringLiteral("base"), files, files);
        activate();
        m_text->setCursorPosition(1, 4);
        QTest::keyClick(m_text, Qt::Key_F2);
        auto *dialog = m_page->findChild<QDialog *>();
        QVERIFY(dialog);
        auto *name = dialog->findChild<QLineEdit *>();
        QCOMPARE(name->text(), QStringLiteral("nop/in"));
        name->setText(QStringLiteral("otlp/in"));
        const QList<QPushButton *> buttons = dialog->findChildren<QPushButton *>();
        const auto rename = std::ranges::find(buttons, QStringLiteral("Rename"), &QPushButton::text);
        QVERIFY(rename != buttons.end());
        QVERIFY(!(*rename)->isEnabled());
        name->setText(QStringLiteral("nop/out"));
        (*rename)->click();
        QCOMPARE(m_page->files().files.at(QStringLiteral("a.yaml")).body, QByteArray("receivers:\n  nop/out: {}\n"));
        QCOMPARE(m_page->files().files.at(QStringLiteral("b.yaml")).body,
                 QByteArray("\xef\xbb\xbfservice:\n  pipelines:\n    logs: {receivers: [nop/out]}\n"));
        m_text->undo();
        QVERIFY(m_text->text().contains(QStringLiteral("nop/in")));
    }

    void fromAUseToTheDefinition()
    {
        open("receivers:\n  nop: {}\nservice:\n  pipelines:\n    logs: {receivers: [nop]}\n");
        activate();
        m_text->setCursorPosition(4, 24);
        QTest::keyClick(m_text, Qt::Key_F12);
        QCOMPARE(m_page->cursor().line, 2);
        QCOMPARE(m_page->cursor().column, 3);
        QTest::keyClick(m_text, Qt::Key_F12, Qt::ShiftModifier);
        auto *menu = m_page->findChild<QMenu *>();
        QVERIFY(menu);
        QCOMPARE(menu->actions().size(), 2);
        QVERIFY(menu->actions().back()->text().startsWith(QStringLiteral("Line 5: logs:")));
        menu->actions().back()->trigger();
        QCOMPARE(m_page->cursor().line, 5);
        menu->close();
    }

    void aFixIsOneStep()
    {
        const QByteArray body =
            "receivers:\n  nop:\nexporters:\n  debug:\n    verbosty: basic\nservice:\n  pipelines:\n"
            "    logs: {receivers: [nop], exporters: [debug]}\n";
        open(body);
        QTRY_COMPARE(m_page->problems().rowCount(), 1);
        auto *fix = buttonOf(QStringLiteral("Fix"));
        QVERIFY(fix && !fix->isEnabled());
        m_text->setFocus();
        m_text->setCursorPosition(4, 6);
        QTRY_VERIFY(fix->isEnabled());
        QCOMPARE(fix->text(), QStringLiteral("Replace with verbosity"));
        fix->click();
        QVERIFY(m_text->text().contains(QStringLiteral("    verbosity: basic\n")));
        QTRY_COMPARE(m_page->problems().rowCount(), 0);
        m_text->undo();
        QCOMPARE(m_text->text().toUtf8(), body);
    }

    void aProblemOfAnOlderTextIsNotMended()
    {
        open("exporters:\n  debug:\n    verbosty: basic\n");
        QTRY_VERIFY(m_page->problems().rowCount() > 0);
        m_text->setFocus();
        m_text->setCursorPosition(0, 0);
        QTest::keyClick(m_text, Qt::Key_Return); // moves everything a line down
        const QString moved = m_text->text();
        m_text->setCursorPosition(2, 6);
        m_page->fixProblem();
        QCOMPARE(m_text->text(), moved);
    }

    void saysWhatAWordIs()
    {
        open("exporters:\n  debug:\n    verbosity: basic\n");
        const auto *help = m_page->findChild<ui::LanguageHelp *>();
        QVERIFY(help);
        QVERIFY(help->explanation(2, 6).contains(QStringLiteral("detailed")));
        QVERIFY(help->explanation(1, 4).contains(QStringLiteral("No pipeline uses it")));
        QVERIFY(help->explanation(0, 3).isEmpty());
    }

private:
    void activate()
    {
        m_page->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        m_text->setFocus();
    }
    void open(const QByteArray &body)
    {
        domain::ConfigSet files;
        files.files[QStringLiteral("c.yaml")].body = body;
        m_page->open(QStringLiteral("base"), files, files);
        m_text->setFocus();
    }
    QPushButton *buttonOf(const QString &text)
    {
        for (QPushButton *button : m_page->findChildren<QPushButton *>()) {
            if (button->text() == text)
                return button;
        }
        return nullptr;
    }

    ManualClock m_clock;
    std::unique_ptr<FakeOperations> m_operations;
    std::unique_ptr<ui::Workspace> m_workspace;
    std::unique_ptr<ui::ConfigEditor> m_page;
    ui::YamlEditor *m_text = nullptr;
};

QTEST_MAIN(TestConfigEditor)
#include "tst_configeditor.moc"
