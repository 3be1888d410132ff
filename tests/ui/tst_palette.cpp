// SPDX-License-Identifier: GPL-3.0-or-later
// The command palette in the whole window, by keyboard alone.
#include "tests/support/patience.h"
#include "tests/ui/widgethelp.h"
#include "tests/ui/windowrig.h"
#include "ui/configs/configspage.h"
#include "ui/palette/commandpalette.h"

#include <QAction>
#include <QLineEdit>
#include <QListView>
#include <QMenuBar>
#include <QTableView>

using namespace flowgate;
using namespace flowgate::tests;

class TestPalette final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_rig = std::make_unique<WindowRig>();
        m_rig->open();
        m_rig->fill(40);
    }

    void jumpsToAGateway()
    {
        type(QStringLiteral("gw-27"));
        QTest::keyClick(field(), Qt::Key_Return);
        QTRY_VERIFY(!palette());
        QCOMPARE(fleetTable()->currentIndex().siblingAtColumn(0).data().toString(), QStringLiteral("gw-27"));
    }

    void jumpsToAGatewayThatTheFilterHides()
    {
        m_rig->window->findChild<QLineEdit *>(QStringLiteral("fleetFilter"))->setText(QStringLiteral("gw-3"));
        m_rig->window->findChild<ui::Navigation *>()->setCurrent(3);
        type(QStringLiteral("gw-27"));
        QTest::keyClick(field(), Qt::Key_Return);
        QCOMPARE(m_rig->window->findChild<ui::Navigation *>()->current(), 0);
        QCOMPARE(fleetTable()->currentIndex().siblingAtColumn(0).data().toString(), QStringLiteral("gw-27"));
    }

    void opensAConfig()
    {
        type(QStringLiteral("core config"));
        QTest::keyClick(field(), Qt::Key_Return);
        QCOMPARE(m_rig->window->findChild<ui::Navigation *>()->current(), 1);
        QCOMPARE(m_rig->operations->loadAsked.lastAbout(), QStringLiteral("core"));
    }

    void runsAnAction()
    {
        type(QStringLiteral("about"));
        QTest::keyClick(field(), Qt::Key_Return);
        QTRY_VERIFY(m_rig->window->findChild<QDialog *>(QStringLiteral("about")));
    }

    void runsAButtonOfAnotherPage()
    {
        type(QStringLiteral("halt"));
        QCOMPARE(list()->currentIndex().data().toString(), QStringLiteral("Halt"));
        QTest::keyClick(field(), Qt::Key_Return);
        QCOMPARE(m_rig->window->findChild<ui::Navigation *>()->current(), 2);
        QCOMPARE(m_rig->operations->actAsked.count(), 1);
    }

    void whatCannotBeRunSaysWhy()
    {
        type(QStringLiteral("forget"));
        QTest::keyClick(field(), Qt::Key_Return);
        QVERIFY(palette());
        QVERIFY2(labelsOf(*palette()).contains(QStringLiteral("Choose a gateway in the table first.")),
                 qPrintable(labelsOf(*palette())));
    }

    void arrowsMoveAndEscapeCloses()
    {
        type(QStringLiteral("gw"));
        QCOMPARE(list()->currentIndex().row(), 0);
        QTest::keyClick(field(), Qt::Key_Down);
        QTest::keyClick(field(), Qt::Key_Down);
        QTest::keyClick(field(), Qt::Key_Up);
        QCOMPARE(list()->currentIndex().row(), 1);
        QTest::keyClick(field(), Qt::Key_PageDown);
        QVERIFY(list()->currentIndex().row() > 2);
        QTest::keyClick(field(), Qt::Key_PageUp);
        QTest::keyClick(field(), Qt::Key_PageUp);
        QCOMPARE(list()->currentIndex().row(), 0);
        QTest::keyClick(field(), Qt::Key_Escape);
        QTRY_VERIFY(!palette());
    }

    void nothingFits()
    {
        type(QStringLiteral("qqqqq"));
        QTest::keyClick(field(), Qt::Key_Return);
        QTest::keyClick(field(), Qt::Key_Down);
        QVERIFY(labelsOf(*palette()).contains(QStringLiteral("Nothing fits")));
    }

    void aGatewayThatIsGoneDoesNothing()
    {
        type(QStringLiteral("gw-27"));
        app::FleetDelta delta;
        delta.forgotten.push_back(idOf(27));
        m_rig->workspace->applyFleet(delta);
        QTest::keyClick(field(), Qt::Key_Return);
        QTRY_VERIFY(!palette());
        QVERIFY(!fleetTable()->currentIndex().isValid());
    }

    void opensAtOnceWithTenThousandGateways()
    {
        m_rig->workspace->applyFleet(deltaOf(40, 10'000));
        QBENCHMARK_ONCE
        {
            type(QStringLiteral("gw-9876"));
        }
        QCOMPARE(list()->currentIndex().data().toString(), QStringLiteral("gw-9876"));
    }

    void everyActionOfEveryMenuIsThere()
    {
        type({});
        QStringList known;
        const auto *model = list()->model();
        for (int row = 0; row < model->rowCount(); ++row)
            known.append(model->index(row, 0).data().toString());
        int checked = 0;
        std::vector<QMenu *> menus;
        for (QAction *action : m_rig->window->menuBar()->actions())
            menus.push_back(action->menu());
        while (!menus.empty()) {
            QMenu *menu = menus.back();
            menus.pop_back();
            for (const QAction *action : menu->actions()) {
                if (action->menu()) {
                    menus.push_back(action->menu());
                } else if (!action->isSeparator()) {
                    const QString text = action->text().remove(u'&').remove(u'…');
                    QVERIFY2(known.contains(text), qPrintable(text));
                    ++checked;
                }
            }
        }
        QVERIFY(checked > 10);
    }

private:
    ui::CommandPalette *palette() const { return m_rig->window->findChild<ui::CommandPalette *>(); }
    QLineEdit *field() const { return palette()->findChild<QLineEdit *>(); }
    QListView *list() const { return palette()->findChild<QListView *>(); }
    QTableView *fleetTable() const { return m_rig->window->findChild<QTableView *>(QStringLiteral("fleetTable")); }
    void type(const QString &text)
    {
        QTest::keyClick(m_rig->window.get(), Qt::Key_K, Qt::ControlModifier);
        QVERIFY(palette());
        QVERIFY(QTest::qWaitForWindowExposed(palette()));
        QTest::keyClicks(field(), text);
    }

    std::unique_ptr<WindowRig> m_rig;
};

QTEST_MAIN(TestPalette)
#include "tst_palette.moc"
