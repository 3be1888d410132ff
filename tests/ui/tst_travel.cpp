// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/patience.h"
#include "tests/ui/widgethelp.h"
#include "tests/ui/windowrig.h"
#include "ui/common/relativetime.h"
#include "ui/fleet/filterfield.h"
#include "ui/fleet/fleetpage.h"
#include "ui/models/pastfleet.h"
#include "ui/timelines/timelinespage.h"
#include "ui/travel/fleetplace.h"
#include "ui/travel/momentbar.h"
#include "ui/travel/pastview.h"

#include <QAbstractItemModelTester>
#include <QDateTimeEdit>
#include <QMenuBar>
#include <QSignalSpy>
#include <QSlider>
#include <QTableView>
#include <QTest>
#include <QUndoStack>

using namespace flowgate;
using namespace flowgate::tests;
using namespace std::chrono_literals;
using domain::HealthState;
using domain::PresenceState;

namespace {

domain::PastStates statesOf(PresenceState presence, HealthState health)
{
    domain::PastStates states;
    states.presence = domain::Standing<PresenceState>{presence, someTime - 1h, {}};
    states.health = domain::Standing<HealthState>{health, someTime - 1h, QStringLiteral("refused")};
    states.config = domain::Standing<domain::ConfigState>{domain::ConfigState::InSync, someTime - 1h, {}};
    return states;
}

} // namespace

class TestTravel final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_rig = std::make_unique<WindowRig>();
        m_rig->open();
        m_rig->fill(3);
        m_place = m_rig->window->findChild<ui::FleetPlace *>();
        m_view = m_rig->window->findChild<ui::PastView *>();
        m_bar = m_rig->window->findChild<ui::MomentBar *>();
        m_table = m_rig->window->findChild<QTableView *>(QStringLiteral("pastTable"));
    }
    void cleanup() { m_rig.reset(); }

    // What is known of today alone is not shown as if it had been so then.
    void theModelShowsThen()
    {
        models::GatewayModel today;
        today.apply(deltaOf(0, 4));
        models::GatewayModel then;
        const QAbstractItemModelTester tester(&then, QAbstractItemModelTester::FailureReportingMode::QtTest);
        domain::FleetMoment moment;
        moment.gateways.insert(idOf(1), statesOf(PresenceState::Lost, HealthState::NotObserved));
        moment.gateways.insert(idOf(2), statesOf(PresenceState::Connected, HealthState::Unhealthy));
        moment.gateways.insert(idOf(9), statesOf(PresenceState::Connected, HealthState::Healthy)); // forgotten since
        then.apply(models::pastDelta(moment, today, then));
        QCOMPARE(then.rowCount(), 2);
        const app::GatewayPtr second = then.find(idOf(2));
        QCOMPARE(second->health.state, HealthState::Unhealthy);
        QCOMPARE(second->health.why, QStringLiteral("refused"));
        QVERIFY(!second->wanted);
        QCOMPARE(second->presence.lastSeen, domain::WallTime{});
        QCOMPARE(second->labels, today.find(idOf(2))->labels);
        moment.gateways.remove(idOf(2));
        moment.gateways.insert(idOf(3), {});
        then.apply(models::pastDelta(moment, today, then));
        QCOMPARE(then.rowCount(), 2);
        QVERIFY(!then.find(idOf(2)));
        QCOMPARE(then.find(idOf(3))->presence.state, PresenceState::NotObserved); // nothing is claimed of it
    }

    void goesThereAndBack()
    {
        QVERIFY(!m_view->isVisible());
        goBack();
        QVERIFY(m_view->isVisible());
        QVERIFY(!m_rig->window->findChild<ui::FleetPage *>()->isVisible());
        QTRY_COMPARE(m_rig->operations->momentAsked.count(), 1);
        answer(statesOf(PresenceState::Lost, HealthState::NotObserved));
        QCOMPARE(m_table->model()->rowCount(), 1);
        QVERIFY(labelsOf(*m_view).contains(QStringLiteral("nothing can be changed")));
        QVERIFY(labelsOf(*m_view).contains(QStringLiteral("2 not known then")));
        QTest::keyClick(m_view, Qt::Key_Escape);
        QVERIFY(!m_view->isVisible());
        QVERIFY(!m_place->isPast());
        QVERIFY(m_rig->window->findChild<ui::FleetPage *>()->isEnabled());
    }

    // Live changes do not leak into what is shown of then.
    void nothingInItIsLive()
    {
        goBack();
        QTRY_COMPARE(m_rig->operations->momentAsked.count(), 1);
        answer(statesOf(PresenceState::Connected, HealthState::Unhealthy));
        domain::Gateway now = gatewayOf(1);
        now.health.state = HealthState::Healthy;
        m_rig->workspace->applyFleet({{share(now)}, {}});
        QCoreApplication::processEvents();
        const auto shown =
            m_table->model()->index(0, 0).data(models::GatewayModel::GatewayRole).value<app::GatewayPtr>();
        QCOMPARE(shown->health.state, HealthState::Unhealthy);
    }

    void nothingCanBeChanged()
    {
        auto *live = m_rig->window->findChild<QTableView *>(QStringLiteral("fleetTable"));
        live->selectAll();
        goBack();
        for (QMenu *menu : m_rig->window->menuBar()->findChildren<QMenu *>()) {
            if (!menu->title().contains(QStringLiteral("Gateway")))
                continue;
            Q_EMIT menu->aboutToShow();
            for (const QAction *action : menu->actions())
                QVERIFY2(!action->isEnabled(), qPrintable(action->text()));
        }
        QAbstractButton *rollOut = buttonOf(*m_rig->window->findChild<ui::FleetPage *>(), QStringLiteral("Roll out"));
        QVERIFY(rollOut && !rollOut->isEnabled());
        QVERIFY(m_view->findChildren<QAbstractButton *>().size() > 3);
        QTest::keyClick(m_table, Qt::Key_Delete);
        QTest::keyClick(m_table, Qt::Key_F2);
        QVERIFY(!dialogOf(*m_rig->window));
        QCOMPARE(m_rig->operations->forgetAsked.count(), 0);
    }

    // While the slider is pulled there is one question at a time, and only the last moment is shown.
    void theLastMomentWins()
    {
        goBack();
        QTRY_COMPARE(m_rig->operations->momentAsked.count(), 1);
        auto *slider = m_bar->findChild<QSlider *>();
        for (int i = 1; i <= 20; ++i)
            slider->setValue(slider->maximum() - i);
        QTest::qWait(150);
        QCOMPARE(m_rig->operations->momentAsked.count(), 1);
        answer(statesOf(PresenceState::Lost, HealthState::NotObserved)); // to the first: late
        QCOMPARE(m_table->model()->rowCount(), 0);
        QCOMPARE(m_rig->operations->momentAsked.count(), 2);
        QCOMPARE(m_rig->operations->momentAsked.lastAbout(),
                 QString::number(m_bar->moment().time_since_epoch().count()));
        answer(statesOf(PresenceState::Connected, HealthState::Healthy));
        QCOMPARE(m_table->model()->rowCount(), 1);
    }

    // What is not read yet is neither known nor unknown, and rows of one moment do not stand under another one.
    void itIsSaidWhatIsNotRead()
    {
        const QString reading = QStringLiteral("That moment is being read");
        goBack();
        QTRY_COMPARE(m_rig->operations->momentAsked.count(), 1);
        QVERIFY(!m_table->isVisible());
        QVERIFY(labelsOf(*m_view).contains(reading));
        QVERIFY(!labelsOf(*m_view).contains(QStringLiteral("Nothing is known")));
        answer(statesOf(PresenceState::Connected, HealthState::Healthy));
        QVERIFY(m_table->isVisible() && !labelsOf(*m_view).contains(reading));
        const QString first = common::exactTime(m_bar->moment());
        m_bar->setMoment(m_bar->moment() - 2h);
        QTRY_VERIFY(labelsOf(*m_view).contains(QStringLiteral("Below it is still ") + first));
        answer(statesOf(PresenceState::Lost, HealthState::NotObserved));
        QVERIFY(!labelsOf(*m_view).contains(QStringLiteral("still")));
        m_bar->setMoment(m_bar->moment() - 2h);
        QTRY_COMPARE(m_rig->operations->momentAsked.count(), 3);
        m_rig->operations->momentAsked.answerLast(app::failed(app::FailureCode::StoreFailed, QStringLiteral("disk")));
        QVERIFY(labelsOf(*m_view).contains(QStringLiteral("Below it is still ")));
    }

    void aMinuteIsChosenInMoreWays()
    {
        goBack();
        const domain::WallTime start = m_bar->moment();
        QVERIFY(start <= m_rig->clock.now() && m_rig->clock.now() - start < 1min);
        QTest::keyClick(m_view, Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(m_bar->moment(), start - 1min);
        QTest::keyClick(m_view, Qt::Key_Right, Qt::AltModifier);
        QTest::keyClick(m_view, Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(m_bar->moment(), start); // the future is not there yet
        auto *typed = m_bar->findChild<QDateTimeEdit *>();
        typed->setDateTime(QDateTime::fromMSecsSinceEpoch((start - 26h).time_since_epoch().count()));
        QCOMPARE(m_bar->moment(), start - 26h);
        m_bar->setChanges(start - 30h, {});
        QVERIFY(labelsOf(*m_bar).contains(QStringLiteral("The fleet on"))); // another day is named
        for (QAbstractButton *button : m_bar->findChildren<QAbstractButton *>()) {
            if (button->accessibleName() == QStringLiteral("To the change before"))
                button->click();
        }
        QVERIFY(start - 30h - m_bar->moment() < 1min);
        QVERIFY(m_bar->moment() <= start - 30h);
    }

    void nobodyLooked()
    {
        goBack();
        QTRY_COMPARE(m_rig->operations->momentAsked.count(), 1);
        answer(statesOf(PresenceState::NotObserved, HealthState::NotObserved), false);
        QVERIFY(labelsOf(*m_view).contains(QStringLiteral("Nobody was looking")));
    }

    void anErrorIsSaid()
    {
        goBack();
        QTRY_COMPARE(m_rig->operations->momentAsked.count(), 1);
        m_rig->operations->momentAsked.answerLast(app::failed(app::FailureCode::StoreFailed, QStringLiteral("disk")));
        QVERIFY(labelsOf(*m_view).contains(QStringLiteral("disk")));
        QVERIFY(labelsOf(*m_view).contains(QStringLiteral("That moment could not be read")));
        m_view->findChild<ui::FilterField *>()->setText(QStringLiteral("edge")); // nor is it, filtered
        QVERIFY(labelsOf(*m_view).contains(QStringLiteral("That moment could not be read")));
    }

    // Who asks for a gateway from another page wants it as it is now.
    void otherPagesLeadToNow()
    {
        goBack();
        Q_EMIT m_rig->window->findChild<ui::TimelinesPage *>()->gatewayRequested(idOf(2));
        QVERIFY(!m_place->isPast());
        QVERIFY(m_rig->window->findChild<ui::FleetPage *>()->isVisible());
    }

private:
    void goBack() { m_place->pastAction()->trigger(); }
    void answer(const domain::PastStates &states, bool observed = true)
    {
        domain::FleetMoment moment;
        moment.observed = observed;
        moment.gateways.insert(idOf(1), states);
        m_rig->operations->momentAsked.answerLast(moment);
    }

    std::unique_ptr<WindowRig> m_rig;
    ui::FleetPlace *m_place = nullptr;
    ui::PastView *m_view = nullptr;
    ui::MomentBar *m_bar = nullptr;
    QTableView *m_table = nullptr;
};

QTEST_MAIN(TestTravel)
#include "tst_travel.moc"
