// SPDX-License-Identifier: GPL-3.0-or-later
// What the window remembers, over ends of every kind.
#include "tests/support/patience.h"
#include "tests/ui/windowrig.h"
#include "ui/fleet/fleetpage.h"

#include <QAction>
#include <QDockWidget>
#include <QHeaderView>
#include <QLineEdit>
#include <QScrollBar>
#include <QSplitter>
#include <QTableView>

using namespace flowgate;
using namespace flowgate::tests;

class TestLayout final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_rig = std::make_unique<WindowRig>(); }

    void pagesAreAsTheyWere_data()
    {
        QTest::addColumn<bool>("crash");
        QTest::addRow("closed") << false;
        QTest::addRow("crashed") << true;
    }

    void pagesAreAsTheyWere()
    {
        QFETCH(bool, crash);
        m_rig->open();
        m_rig->fill(200);
        table()->sortByColumn(1, Qt::DescendingOrder);
        table()->sortByColumn(0, Qt::DescendingOrder);
        child<QLineEdit>("fleetFilter")->setText(QStringLiteral("gw-1"));
        const QModelIndex chosen = rowOf(QStringLiteral("gw-120"));
        table()->setCurrentIndex(chosen);
        table()->horizontalHeader()->resizeSection(0, 222);
        table()->setColumnHidden(2, true);
        QCoreApplication::processEvents();
        table()->verticalScrollBar()->setValue(777);
        const int scroll = table()->verticalScrollBar()->value();
        QVERIFY(scroll > 0);
        // Another page and back: nothing moves.
        auto *navigation = m_rig->window->findChild<ui::Navigation *>();
        navigation->setCurrent(3);
        navigation->setCurrent(0);
        QCOMPARE(table()->verticalScrollBar()->value(), scroll);
        navigation->setCurrent(1);
        child<QSplitter>("configsSplit")->setSizes({333, 600});
        if (crash) {
            // What was last changed is in the file soon; nothing is told of the end.
            QTRY_VERIFY(QSettings(m_rig->path(QStringLiteral("window.ini")), QSettings::IniFormat)
                            .value(QStringLiteral("layout2/page")) == QStringLiteral("configs"));
            m_rig->crash();
        } else {
            m_rig->window->close();
        }

        m_rig->open();
        QCOMPARE(m_rig->window->findChild<ui::Navigation *>()->current(), 1);
        // Rows come later than the window.
        m_rig->fill(200);
        m_rig->window->findChild<ui::Navigation *>()->setCurrent(0);
        QCoreApplication::processEvents();
        QCOMPARE(child<QLineEdit>("fleetFilter")->text(), QStringLiteral("gw-1"));
        QCOMPARE(table()->currentIndex().siblingAtColumn(0).data().toString(), QStringLiteral("gw-120"));
        QCOMPARE(table()->horizontalHeader()->sortIndicatorOrder(), Qt::DescendingOrder);
        QCOMPARE(table()->columnWidth(0), 222);
        QVERIFY(table()->isColumnHidden(2));
        QCOMPARE(table()->verticalScrollBar()->value(), scroll);
    }

    void docksMoveAndStayThere()
    {
        m_rig->open();
        m_rig->fill(3);
        auto *page = m_rig->window->findChild<ui::FleetPage *>();
        page->addDockWidget(Qt::LeftDockWidgetArea, page->detailsDock());
        m_rig->window->close();
        m_rig->open();
        page = m_rig->window->findChild<ui::FleetPage *>();
        QCOMPARE(page->dockWidgetArea(page->detailsDock()), Qt::LeftDockWidgetArea);
        page->detailsAction()->trigger();
        QVERIFY(!page->detailsDock()->isVisible());
        m_rig->window->close();
        m_rig->open();
        page = m_rig->window->findChild<ui::FleetPage *>();
        QVERIFY(!page->detailsDock()->isVisible());
    }

    void theLayoutIsReset()
    {
        m_rig->open();
        m_rig->fill(30);
        const int width = table()->columnWidth(0);
        auto *page = m_rig->window->findChild<ui::FleetPage *>();
        const int dockWidth = page->detailsDock()->width();
        page->addDockWidget(Qt::LeftDockWidgetArea, page->detailsDock());
        table()->horizontalHeader()->resizeSection(0, 321);
        table()->setColumnHidden(1, true);
        child<QLineEdit>("fleetFilter")->setText(QStringLiteral("x"));
        m_rig->window->close();
        m_rig->open();
        m_rig->fill(30);
        QCOMPARE(table()->columnWidth(0), 321);
        for (QAction *action : m_rig->window->findChildren<QAction *>()) {
            if (action->text() == QStringLiteral("&Reset the layout"))
                action->trigger();
        }
        page = m_rig->window->findChild<ui::FleetPage *>();
        QCOMPARE(table()->columnWidth(0), width);
        QVERIFY(!table()->isColumnHidden(1));
        QVERIFY(child<QLineEdit>("fleetFilter")->text().isEmpty());
        QCOMPARE(page->dockWidgetArea(page->detailsDock()), Qt::RightDockWidgetArea);
        QTRY_COMPARE(page->detailsDock()->width(), dockWidth);
    }

    void whatTheOperatorChoosesWins()
    {
        m_rig->open();
        m_rig->fill(30);
        table()->setCurrentIndex(rowOf(QStringLiteral("gw-20")));
        m_rig->window->close();
        m_rig->open();
        m_rig->workspace->applyFleet(deltaOf(0, 5)); // gw-20 is not back yet
        QTest::keyClick(table(), Qt::Key_Home);
        table()->setCurrentIndex(rowOf(QStringLiteral("gw-3")));
        m_rig->workspace->applyFleet(deltaOf(5, 30));
        QCOMPARE(table()->currentIndex().siblingAtColumn(0).data().toString(), QStringLiteral("gw-3"));
    }

private:
    template<typename T>
    T *child(const char *name) const
    {
        return m_rig->window->findChild<T *>(QString::fromLatin1(name));
    }
    QTableView *table() const { return child<QTableView>("fleetTable"); }
    QModelIndex rowOf(const QString &name) const
    {
        const QModelIndexList found =
            table()->model()->match(table()->model()->index(0, 0), Qt::DisplayRole, name, 1, Qt::MatchExactly);
        return found.isEmpty() ? QModelIndex() : found.front();
    }

    std::unique_ptr<WindowRig> m_rig;
};

QTEST_MAIN(TestLayout)
#include "tst_layout.moc"
