// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/manualclock.h"
#include "tests/support/patience.h"
#include "tests/ui/fakeoperations.h"
#include "tests/ui/fakes.h"
#include "tests/ui/widgethelp.h"
#include "ui/common/tone.h"
#include "ui/events/eventexport.h"
#include "ui/events/eventspage.h"
#include "ui/models/historymodel.h"
#include "ui/models/offermodel.h"
#include "ui/rollouts/targetpanel.h"
#include "ui/workspace.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QFile>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace flowgate;
using namespace flowgate::tests;
using namespace std::chrono_literals;

namespace {

domain::Event eventOf(int number, const QString &kind = QStringLiteral("config_saved"),
                      const QString &text = QStringLiteral("base@3 was saved"))
{
    domain::Event event;
    event.at = someTime + std::chrono::seconds(number);
    event.kind = kind;
    event.text = text;
    event.by = QStringLiteral("operator");
    return event;
}

} // namespace

class TestEventsPage final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_operations = std::make_unique<FakeOperations>();
        m_workspace = std::make_unique<ui::Workspace>(*m_operations, m_clock);
        m_page = std::make_unique<ui::EventsPage>(*m_workspace);
        m_page->resize(1000, 500);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
        m_table = m_page->findChild<QTableView *>();
    }
    void cleanup()
    {
        m_page.reset();
        m_workspace.reset();
        m_operations.reset();
    }

    void followsAtTheBeginningAndHoldsElsewhere()
    {
        for (int i = 0; i < 200; ++i)
            m_workspace->events().add(eventOf(i));
        QTRY_VERIFY(m_table->verticalScrollBar()->maximum() > 0);
        QCOMPARE(m_table->rowAt(1), 0);
        m_workspace->events().add(eventOf(200));
        QCOMPARE(m_table->verticalScrollBar()->value(), 0);

        m_table->verticalScrollBar()->setValue(m_table->verticalScrollBar()->maximum() / 2);
        QCoreApplication::processEvents();
        const QString looked = m_table->model()->index(m_table->rowAt(5), 0).data().toString();
        for (int i = 201; i < 213; ++i) {
            m_workspace->events().add(eventOf(i));
            QCoreApplication::processEvents();
        }
        QCOMPARE(m_table->model()->index(m_table->rowAt(5), 0).data().toString(), looked);
        QAbstractButton *news = buttonOf(*m_page, QStringLiteral("12 new"));
        QVERIFY(news);
        news->click();
        QCOMPARE(m_table->verticalScrollBar()->value(), 0);
        QVERIFY(buttonOf(*m_page, QStringLiteral("Follow"))->isChecked());
    }

    void theOldestThatGoAreNotCounted()
    {
        const int most = models::EventModel::most;
        for (int i = 0; i <= most; ++i)
            m_workspace->events().add(eventOf(i));
        const QString count = QLocale().toString(most);
        const auto labels = m_page->findChildren<QLabel *>();
        QVERIFY(std::ranges::any_of(labels, [text = QStringLiteral("%1 of %1 shown").arg(count)](const QLabel *label) {
            return label->text() == text;
        }));
    }

    void kindsNarrow()
    {
        m_workspace->events().add(eventOf(1));
        m_workspace->events().add(eventOf(2, QStringLiteral("rollout_started")));
        auto *kinds = m_page->findChild<QComboBox *>();
        QCOMPARE(kinds->count(), 3);
        kinds->setCurrentIndex(kinds->findData(QStringLiteral("rollout_started")));
        QCOMPARE(m_table->model()->rowCount(), 1);
        kinds->setCurrentIndex(0);
        QCOMPARE(m_table->model()->rowCount(), 2);
    }

    void returnOpensWhatItIsAbout()
    {
        m_workspace->applyRollout(std::make_shared<const domain::Rollout>(rolloutOf(QStringLiteral("r1"), 3)));
        domain::Event about = eventOf(1, QStringLiteral("gateway_connected"), QStringLiteral("gw-1 connected"));
        about.gateway = idOf(1);
        m_workspace->events().add(about);
        m_workspace->events().add(eventOf(2));
        m_workspace->events().add(
            eventOf(3, QStringLiteral("rollout_started"), QStringLiteral("Rollout of base@5 to 'env=lab' started")));
        QSignalSpy gateway(m_page.get(), &ui::EventsPage::gatewayRequested);
        QSignalSpy config(m_page.get(), &ui::EventsPage::configRequested);
        QSignalSpy rollout(m_page.get(), &ui::EventsPage::rolloutRequested);
        m_table->setFocus();
        for (int row = 0; row < 3; ++row) {
            m_table->selectRow(row); // the newest first
            QTest::keyClick(m_table, Qt::Key_Return);
        }
        QCOMPARE(rollout.count(), 1);
        QCOMPARE(rollout.at(0).at(0).toString(), QStringLiteral("r1"));
        QCOMPARE(config.count(), 1);
        QCOMPARE(config.at(0).at(0).toString(), QStringLiteral("base"));
        QCOMPARE(config.at(0).at(1).toInt(), 3);
        QCOMPARE(gateway.count(), 1);
    }

    void exportsWholeFilesOrSaysWhy()
    {
        const QTemporaryDir folder;
        const auto nameOf = [](const domain::GatewayId &) { return QStringLiteral("=evil()"); };
        domain::Event event = eventOf(1);
        event.gateway = idOf(1);
        const QString csv = folder.filePath(QStringLiteral("a.csv"));
        QCOMPARE(ui::writeEvents(csv, {event}, nameOf), QString());
        QFile file(csv);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        QVERIFY2(text.startsWith("at,kind,gateway,name,text,by\r\n"), text.constData());
        QVERIFY2(text.contains(",'=evil(),base@3 was saved,operator\r\n"), text.constData());
        QCOMPARE(ui::eventsAsJsonLines({event, event}).count('\n'), 2);
        QVERIFY(!ui::writeEvents(folder.filePath(QStringLiteral("none/a.csv")), {event}, nameOf).isEmpty());
    }

    void aFailedTargetShowsWhatWasNear()
    {
        m_workspace->applyFleet(deltaOf(0, 3));
        domain::RolloutTarget target;
        target.gateway = idOf(1);
        target.step = domain::TargetStep::Failed;
        target.since = someTime;
        target.error = QStringLiteral("unknown type: kafka\nsecond line");
        const auto add = [&](int number, int gateway, const QString &text) {
            domain::Event event = eventOf(number, QStringLiteral("collector_restarted"), text);
            event.gateway = idOf(gateway);
            m_workspace->events().add(event);
        };
        add(-100, 1, QStringLiteral("long before"));
        add(-5, 1, QStringLiteral("just before"));
        add(3, 2, QStringLiteral("elsewhere"));
        add(4, 1, QStringLiteral("just after"));
        add(100, 1, QStringLiteral("long after"));
        ui::TargetPanel panel(*m_workspace);
        panel.show(target);
        const QString text = panel.findChild<QPlainTextEdit *>()->toPlainText();
        QVERIFY2(text.contains(target.error) && text.contains(QStringLiteral("just before")) &&
                     text.contains(QStringLiteral("just after")),
                 qPrintable(text));
        QVERIFY2(!text.contains(QStringLiteral("long")) && !text.contains(QStringLiteral("elsewhere")),
                 qPrintable(text));
        QSignalSpy opened(&panel, &ui::TargetPanel::gatewayRequested);
        buttonOf(panel, QStringLiteral("Open gateway"))->click();
        QCOMPARE(opened.at(0).at(0).value<domain::GatewayId>(), idOf(1));
    }

    void offersSayWhatCameOfThem()
    {
        models::OfferModel offers;
        const QAbstractItemModelTester tester(&offers, QAbstractItemModelTester::FailureReportingMode::QtTest);
        using State = domain::OfferOutcome::State;
        domain::Gateway gateway = gatewayOf(1);
        const domain::ConfigHash other(QByteArray(32, 'z'));
        gateway.outcomes[gateway.wanted->hash] = {State::Applied, someTime + 5min, someTime + 6min, {}};
        gateway.outcomes[other] = {State::Failed, someTime, someTime + 1min, QStringLiteral("unknown type: kafka")};
        offers.show(gateway);
        QCOMPARE(offers.rowCount(), 2);
        using Column = models::OfferColumn;
        const auto text = [&](int row, Column column) { return offers.at(row, column).data().toString(); };
        QCOMPARE(text(0, Column::Config), QStringLiteral("base @4"));
        QCOMPARE(text(0, Column::Outcome), QStringLiteral("Applied"));
        QVERIFY(text(1, Column::Config).startsWith(other.hex().left(8)));
        QCOMPARE(text(1, Column::Error), QStringLiteral("unknown type: kafka"));
        QCOMPARE(offers.at(1, Column::Outcome).data(models::BelowRole).toString(),
                 QStringLiteral("unknown type: kafka")); // where there is no room for a column
        QCOMPARE(offers.at(1, Column::Outcome).data(models::ToneRole).toInt(), static_cast<int>(common::Tone::Bad));
    }

    void historyIsOneListNewestFirst()
    {
        models::HistoryModel history;
        const QAbstractItemModelTester tester(&history, QAbstractItemModelTester::FailureReportingMode::QtTest);
        using domain::SpanKind;
        const std::vector<domain::DrawnSpan> spans{
            {{SpanKind::Health, QStringLiteral("healthy"), someTime, someTime + 5min, {}}},
            {{SpanKind::Health, QStringLiteral("unhealthy"), someTime + 5min, {}, QStringLiteral("refused")}}};
        const std::vector<domain::Event> events{eventOf(10), eventOf(400), eventOf(400)};
        history.show(spans, events);
        QCOMPARE(history.rowCount(), 4);
        using Column = models::HistoryColumn;
        const auto text = [&](int row, Column column) { return history.at(row, column).data().toString(); };
        QCOMPARE(history.at(0, Column::What).data(models::QuietRole).toString(), QStringLiteral("by operator"));
        QVERIFY(text(1, Column::What).contains(QStringLiteral("Unhealthy")));
        QVERIFY(text(1, Column::Detail).contains(QStringLiteral("refused")));
        QCOMPARE(history.at(1, Column::What).data(models::ToneRole).toInt(), static_cast<int>(common::Tone::Bad));
        QVERIFY(text(3, Column::Detail).contains(QStringLiteral("5 min")));
        history.show(spans, events, models::HistoryModel::Part::States);
        QCOMPARE(history.rowCount(), 2);
        history.show(spans, events, models::HistoryModel::Part::Events);
        QCOMPARE(history.rowCount(), 2);
    }

private:
    ManualClock m_clock;
    std::unique_ptr<FakeOperations> m_operations;
    std::unique_ptr<ui::Workspace> m_workspace;
    std::unique_ptr<ui::EventsPage> m_page;
    QTableView *m_table = nullptr;
};

QTEST_MAIN(TestEventsPage)
#include "tst_eventspage.moc"
