// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/patience.h"
#include "tests/ui/faketray.h"
#include "tests/ui/widgethelp.h"
#include "tests/ui/windowrig.h"
#include "ui/configs/configspage.h"
#include "ui/navigation/navigation.h"
#include "ui/notices/background.h"

#include <QFile>
#include <QLineEdit>

using namespace flowgate;
using namespace flowgate::tests;
using Choice = ui::NoticeChoices::Closing;

Q_DECLARE_METATYPE(Choice)

class TestClosing final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY(installEnglish(m_english)); }
    void init()
    {
        m_tray.available = true;
        m_rig = std::make_unique<WindowRig>();
        open();
    }
    void cleanup()
    {
        m_background.reset();
        m_rig.reset();
        QGuiApplication::setQuitOnLastWindowClosed(true);
    }

    void withoutATrayItClosesAsEver()
    {
        m_tray.available = false;
        choose(Choice::KeepServing);
        m_rig->window->close();
        QVERIFY(!m_rig->window->isVisible());
        QVERIFY(!dialogOf(*m_rig->window));
        QVERIFY(QGuiApplication::quitOnLastWindowClosed());
    }

    void asksOnceAndRemembers_data()
    {
        QTest::addColumn<QString>("answer");
        QTest::addColumn<Choice>("remembered");
        QTest::addColumn<bool>("goesOn");
        QTest::addRow("keep serving") << QStringLiteral("Keep serving") << Choice::KeepServing << true;
        QTest::addRow("quit") << QStringLiteral("Quit") << Choice::Quit << false;
    }

    void asksOnceAndRemembers()
    {
        QFETCH(QString, answer);
        QFETCH(Choice, remembered);
        QFETCH(bool, goesOn);
        m_rig->window->close();
        QVERIFY(m_rig->window->isVisible());
        QDialog *question = dialogOf(*m_rig->window);
        QVERIFY(question);
        buttonOf(*question, answer)->click();
        QTRY_VERIFY(!m_rig->window->isVisible());
        QCOMPARE(QGuiApplication::quitOnLastWindowClosed(), !goesOn);
        QCOMPARE(m_rig->workspace->preferences().notices().closing, remembered);

        open(); // the next start
        QCOMPARE(m_rig->workspace->preferences().notices().closing, remembered);
        m_rig->window->close();
        QVERIFY(!m_rig->window->isVisible());
        QVERIFY(!dialogOf(*m_rig->window));
    }

    void aCancelledQuestionIsAskedAgain()
    {
        m_rig->window->close();
        QDialog *question = dialogOf(*m_rig->window);
        QVERIFY(question);
        buttonOf(*question, QStringLiteral("Cancel"))->click();
        QTRY_VERIFY(!dialogOf(*m_rig->window));
        QVERIFY(m_rig->window->isVisible());
        QCOMPARE(m_rig->workspace->preferences().notices().closing, Choice::Ask);
        m_rig->window->close();
        QVERIFY(dialogOf(*m_rig->window));
    }

    void comesBackFromTheTray()
    {
        choose(Choice::KeepServing);
        m_rig->window->close();
        QVERIFY(!m_rig->window->isVisible());
        QVERIFY(!QGuiApplication::quitOnLastWindowClosed());
        Q_EMIT m_tray.activated();
        QVERIFY(m_rig->window->isVisible());
        QVERIFY(QGuiApplication::quitOnLastWindowClosed());

        m_rig->window->close();
        m_rig->window->comeToFront(); // as a second start does
        QVERIFY(m_rig->window->isVisible());
        QVERIFY(QGuiApplication::quitOnLastWindowClosed());
    }

    void aTrayThatGoesGivesTheWindowBack()
    {
        choose(Choice::KeepServing);
        m_rig->window->close();
        QVERIFY(!m_rig->window->isVisible());
        m_tray.setAvailable(false);
        QVERIFY(m_rig->window->isVisible());
    }

    void whatTheTrayLeadsTo()
    {
        m_rig->fill(4);
        domain::Gateway lost = gatewayOf(2);
        lost.presence.state = domain::PresenceState::Lost;
        m_rig->workspace->applyFleet({{share(lost)}, {}});
        Q_EMIT m_rig->workspace->second();
        auto *navigation = m_rig->window->findChild<ui::Navigation *>();
        navigation->setCurrent(3);
        choose(Choice::KeepServing);
        m_rig->window->close();
        m_tray.entry(QStringLiteral("1 gateway needs attention"))->trigger();
        QVERIFY(m_rig->window->isVisible());
        QCOMPARE(navigation->current(), 0);
        QVERIFY(labelsOf(*m_rig->window).contains(QStringLiteral("1 of 4 shown")));
        Q_EMIT m_background->notices().rolloutRequested(QStringLiteral("r1"));
        QCOMPARE(navigation->current(), 2);
        Q_EMIT m_background->notices().gatewayRequested(idOf(3)); // which the filter hides
        QCOMPARE(navigation->current(), 0);
        QVERIFY(labelsOf(*m_rig->window).contains(QStringLiteral("4 of 4 shown")));
    }

    void quitReallyQuits_data()
    {
        QTest::addColumn<bool>("fromTray");
        QTest::addRow("menu of the window") << false;
        QTest::addRow("menu of the tray, with the window hidden") << true;
    }

    void quitReallyQuits()
    {
        QFETCH(bool, fromTray);
        choose(Choice::KeepServing);
        if (fromTray)
            m_rig->window->close();
        QTimer::singleShot(0, this, [this, fromTray] {
            if (fromTray)
                m_tray.entry(QStringLiteral("Quit"))->trigger();
            else
                m_rig->window->quit();
        });
        QCOMPARE(QApplication::exec(), 0);
        QVERIFY(!m_rig->window->isVisible());
    }

    void draftsThatCannotBeKeptAreAskedAbout()
    {
        QFile inTheWay(m_rig->path(QStringLiteral("drafts")));
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        open();
        m_rig->window->findChild<ui::ConfigsPage *>()->makeNew();
        QDialog *begin = dialogOf(*m_rig->window);
        begin->findChild<QLineEdit *>()->setText(QStringLiteral("base"));
        buttonOf(*begin, QStringLiteral("Begin"))->click();
        QTRY_VERIFY(!dialogOf(*m_rig->window));
        choose(Choice::KeepServing);
        m_rig->window->close(); // nothing is lost by it
        QVERIFY(!m_rig->window->isVisible());
        QVERIFY(!dialogOf(*m_rig->window));

        m_tray.entry(QStringLiteral("Quit"))->trigger();
        QVERIFY(m_rig->window->isVisible()); // the question needs somewhere to stand
        QDialog *question = dialogOf(*m_rig->window);
        QVERIFY(question);
        QVERIFY(labelsOf(*question).contains(QStringLiteral("base")));
        buttonOf(*question, QStringLiteral("Cancel"))->click();
        QTRY_VERIFY(!dialogOf(*m_rig->window));
        m_rig->window->close(); // that was no quitting for good
        QVERIFY(!m_rig->window->isVisible());
        QVERIFY(!QGuiApplication::quitOnLastWindowClosed());

        m_tray.entry(QStringLiteral("Quit"))->trigger();
        question = dialogOf(*m_rig->window);
        QVERIFY(question);
        buttonOf(*question, QStringLiteral("Quit"))->click();
        QTRY_VERIFY(!m_rig->window->isVisible());
    }

private:
    void open()
    {
        m_background.reset();
        m_rig->open();
        m_background = std::make_unique<ui::Background>(*m_rig->workspace, m_tray, *m_rig->window);
    }
    void choose(Choice closing)
    {
        ui::NoticeChoices choices;
        choices.closing = closing;
        m_rig->workspace->preferences().setNotices(choices);
    }

    QTranslator m_english;
    FakeTray m_tray;
    std::unique_ptr<WindowRig> m_rig;
    std::unique_ptr<ui::Background> m_background;
};

QTEST_MAIN(TestClosing)
#include "tst_closing.moc"
