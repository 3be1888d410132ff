// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/manualclock.h"
#include "tests/support/patience.h"
#include "tests/ui/fakeoperations.h"
#include "tests/ui/fakes.h"
#include "tests/ui/widgethelp.h"
#include "ui/common/timeaxis.h"
#include "ui/timelines/rangebar.h"
#include "ui/timelines/timelineexport.h"
#include "ui/timelines/timelinespage.h"
#include "ui/timelines/timelineview.h"
#include "ui/workspace.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QFile>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace flowgate;
using namespace flowgate::tests;
using namespace std::chrono_literals;
using domain::DrawnSpan;
using domain::SpanKind;
using domain::Timeline;

namespace {

DrawnSpan drawn(const char *state, domain::milliseconds from, std::optional<domain::milliseconds> to = {},
                SpanKind kind = SpanKind::Health, int count = 1)
{
    DrawnSpan one;
    one.span = {
        kind, QString::fromLatin1(state), someTime + from, to ? std::optional(someTime + *to) : std::nullopt, {}, {}};
    one.count = count;
    return one;
}

domain::Event markOf(const char *kind, domain::milliseconds at)
{
    domain::Event event;
    event.at = someTime + at;
    event.kind = QString::fromLatin1(kind);
    event.text = QStringLiteral("base@4 was sent");
    event.by = QStringLiteral("flowgate");
    return event;
}

/// The local time of day, whatever zone the machine is in.
QString clock(domain::WallTime time)
{
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count()).time().toString(QStringLiteral("HH:mm"));
}

} // namespace

class TestTimelines final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_operations = std::make_unique<FakeOperations>();
        m_workspace = std::make_unique<ui::Workspace>(*m_operations, m_clock);
        m_page = std::make_unique<ui::TimelinesPage>(*m_workspace);
        m_page->resize(1100, 700);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
        m_view = m_page->findChild<ui::TimelineView *>();
    }
    void cleanup()
    {
        m_page.reset();
        m_workspace.reset();
        m_operations.reset();
    }

    void ticksAreRound_data()
    {
        QTest::addColumn<qint64>("seconds"); // length of the window
        QTest::addColumn<int>("most");
        QTest::addColumn<qint64>("step"); // in seconds, between two ticks
        QTest::newRow("a minute") << qint64(60) << 6 << qint64(10);
        QTest::newRow("an hour") << qint64(3600) << 8 << qint64(600);
        QTest::newRow("six hours") << qint64(6 * 3600) << 7 << qint64(3600);
        QTest::newRow("a day, little room") << qint64(86'400) << 4 << qint64(6 * 3600);
    }
    void ticksAreRound()
    {
        QFETCH(qint64, seconds);
        QFETCH(int, most);
        QFETCH(qint64, step);
        const domain::WallTime to = someTime + std::chrono::seconds(seconds);
        const std::vector<common::AxisTick> ticks = common::axisTicks(someTime, to, most);
        QVERIFY(ticks.size() >= 2);
        QVERIFY(int(ticks.size()) <= most + 1); // both ends may be one
        for (size_t i = 0; i < ticks.size(); ++i) {
            QVERIFY(ticks[i].at >= someTime && ticks[i].at <= to);
            const QDateTime local = QDateTime::fromMSecsSinceEpoch(ticks[i].at.time_since_epoch().count());
            QCOMPARE(local.time().msecsSinceStartOfDay() / 1000 % step, 0);
            QVERIFY(!ticks[i].text.isEmpty());
            if (i > 0)
                QCOMPARE(ticks[i].at - ticks[i - 1].at, domain::milliseconds(std::chrono::seconds(step)));
        }
    }
    void ticksOfDaysAreMidnights()
    {
        const auto ticks = common::axisTicks(someTime, someTime + 24h * 40, 6);
        QVERIFY(ticks.size() >= 2);
        for (const common::AxisTick &tick : ticks) {
            const QDateTime local = QDateTime::fromMSecsSinceEpoch(tick.at.time_since_epoch().count());
            QCOMPARE(local, local.date().startOfDay());
        }
        QVERIFY(common::axisTicks(someTime, someTime, 5).empty());
        QVERIFY(common::axisTicks(someTime, someTime + 1h, 0).empty());
    }

    void theWindowMoves()
    {
        ui::TimeWindow window(m_clock);
        QSignalSpy moved(&window, &ui::TimeWindow::changed);
        QVERIFY(window.isLive());
        QCOMPARE(window.to(), m_clock.now());
        window.pan(0.5); // after now there is nothing
        QVERIFY(window.isLive());
        QCOMPARE(moved.count(), 0);
        window.pan(-0.5);
        QVERIFY(!window.isLive());
        QCOMPARE(window.to(), m_clock.now() - 30min);
        QCOMPARE(window.length(), domain::milliseconds(1h));
        m_clock.advance(10min);
        QCOMPARE(window.to(), m_clock.now() - 40min); // it stands
        window.zoom(0.5, 0.0);
        QCOMPARE(window.from(), m_clock.now() - 100min);
        QCOMPARE(window.length(), domain::milliseconds(30min));
        window.zoom(0.5); // around its middle
        QCOMPARE(window.from(), m_clock.now() - 100min + 7min + 30s);
        window.zoom(1e-9);
        QCOMPARE(window.length(), ui::TimeWindow::shortest);
        window.zoom(1e12);
        QCOMPARE(window.length(), ui::TimeWindow::longest);
        QVERIFY(window.isLive()); // it would have ended after now
        window.showLast(6h);
        window.zoom(0.5);
        QVERIFY(window.isLive());
        QCOMPARE(window.length(), domain::milliseconds(3h));
        window.zoom(0.5, 0.5); // around what the pointer is at
        QVERIFY(!window.isLive());
        window.goLive();
        QVERIFY(window.isLive());
    }

    void aSentenceSaysWhatIsDrawn()
    {
        models::TimelineRow row;
        const domain::TimelineWindow window{someTime, someTime + 1h, 1s};
        QCOMPARE(models::timelineWords(row, window), QString()); // not answered yet: nothing is said
        row.isKnown = true;
        Timeline timeline;
        row.lanes = models::lanesOf(timeline, {SpanKind::Health});
        QCOMPARE(models::timelineWords(row, window), QStringLiteral("Health: nothing is known of that time."));
        timeline.spans = {drawn("healthy", -10min, 50min), drawn("unhealthy", 50min, 55min),
                          drawn("not_observed", 55min)};
        row.lanes = models::lanesOf(timeline, {SpanKind::Health});
        row.marks = {markOf("config_offered", 1min), markOf("config_offered", 2min), markOf("config_failed", 3min)};
        QCOMPARE(models::timelineWords(row, window),
                 QStringLiteral("Health: healthy for 50 min, unhealthy for 5 min, not observed for 5 min. "
                                "Marks: Config failed, Config offered (2)."));
    }

    void theModelKeepsWhatIsDrawn()
    {
        models::TimelineModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const auto rowOf = [](int number) {
            models::TimelineRow row;
            row.key = idOf(number).hex();
            row.gateway = idOf(number);
            row.name = QStringLiteral("gw-%1").arg(number);
            return row;
        };
        model.follow({rowOf(1), rowOf(2), rowOf(3)});
        model.fill({{idOf(2), {drawn("healthy", 0s)}, {}}, {idOf(9), {drawn("healthy", 0s)}, {}}}, {SpanKind::Health});
        QVERIFY(!model.rows()[0].isKnown);
        QVERIFY(model.rows()[1].isKnown);
        model.follow({rowOf(4), rowOf(3), rowOf(2)});
        QCOMPARE(model.rows()[2].lanes.front().spans.size(), size_t(1));
        QVERIFY(!model.rows()[1].isKnown);
    }

    // Ten thousand gateways: what is asked for is what is seen, and one question at a time.
    void asksForWhatIsSeen()
    {
        m_workspace->applyFleet(deltaOf(0, 10'000));
        QTRY_COMPARE(m_view->model()->rowCount(), 10'000);
        QTRY_VERIFY(lastWish().gateways.size() > 1);
        QVERIFY(lastWish().gateways.size() < 200);
        QVERIFY(lastWish().gateways.back().isEmpty()); // what happened to none
        QVERIFY(lastWish().window.grain > 1s);         // of an hour on a screen
        const int asked = asksOfView();
        m_view->verticalScrollBar()->setValue(m_view->verticalScrollBar()->maximum());
        QTest::qWait(0);
        answerView(m_operations->timelineWishes.size() - 1);
        QTRY_VERIFY(asksOfView() > asked);
        const auto last = m_view->model()->index(9'999, 0).data(models::IdRole).toByteArray();
        const auto &ids = lastWish().gateways;
        QVERIFY(std::ranges::find(ids, domain::GatewayId(last)) != ids.end());
    }

    void keysMoveTheWindow()
    {
        fillThree();
        ui::TimeWindow &window = m_workspace->timeWindow();
        m_view->setFocus();
        QTest::keyClick(m_view, Qt::Key_Left);
        QCOMPARE(window.to(), m_clock.now() - 6min);
        QTest::keyClick(m_view, Qt::Key_Plus);
        QCOMPARE(window.length(), domain::milliseconds(40min));
        QTest::keyClick(m_view, Qt::Key_Minus);
        QCOMPARE(window.length(), domain::milliseconds(1h));
        QTest::keyClick(m_view, Qt::Key_0);
        QVERIFY(window.isLive());
        const QModelIndex before = m_view->currentIndex();
        QTest::keyClick(m_view, Qt::Key_Down);
        QCOMPARE(m_view->currentIndex().row(), before.row() + 1);
    }

    void theBarFollowsTheWindow()
    {
        const auto *bar = m_page->findChild<ui::RangeBar *>();
        auto *range = bar->findChild<QComboBox *>();
        QCOMPARE(range->currentText(), QStringLiteral("Last hour"));
        m_workspace->timeWindow().show(m_clock.now() - 3h, m_clock.now() - 2h);
        QCOMPARE(range->currentText(), QStringLiteral("By hand"));
        QVERIFY(labelsOf(*bar).contains(clock(m_clock.now() - 3h)));
        QVERIFY(labelsOf(*bar).contains(clock(m_clock.now() - 2h)));
        QTest::mouseClick(buttonOf(*bar, QStringLiteral("Now")), Qt::LeftButton);
        QVERIFY(m_workspace->timeWindow().isLive());
        QCOMPARE(range->currentText(), QStringLiteral("Last hour"));
        QCOMPARE(range->findText(QStringLiteral("By hand")), -1);
    }

    // The tool tip of a place, and the worst state where a pixel has several.
    void aPlaceIsTold()
    {
        models::TimelineRow row;
        row.isKnown = true;
        Timeline timeline;
        timeline.spans = {drawn("healthy", 0s, 30min), drawn("unhealthy", 30min, 31min), drawn("healthy", 31min)};
        row.lanes = models::lanesOf(timeline, {SpanKind::Health});
        row.marks = {markOf("config_offered", 45min)};
        const ui::TimeScale scale{someTime, someTime + 1h, 100, 600};
        const QRectF box(100, 0, 600, 30);
        const auto at = [&](double x, double y) { return ui::TimelinePainter::wordsAt({x, y}, box, scale, row); };
        QVERIFY(at(200, 20).startsWith(QStringLiteral("Health: Healthy")));
        QVERIFY(at(402, 20).startsWith(QStringLiteral("Health: Unhealthy")));
        QVERIFY(at(402, 20).contains(QStringLiteral("1 min")));
        QVERIFY(at(550, 4).contains(QStringLiteral("base@4 was sent")));
        QVERIFY(at(500, 4).startsWith(QStringLiteral("Health: Healthy"))); // no mark is there
        row.lanes = models::lanesOf({}, {SpanKind::Health});
        QVERIFY(at(200, 20).startsWith(QStringLiteral("Nothing is known")));
    }

    void aPictureIsDrawn()
    {
        models::TimelineRow row;
        row.name = QStringLiteral("gw-1");
        Timeline timeline;
        timeline.spans = {drawn("unhealthy", 0s, 60min)};
        row.lanes = models::lanesOf(timeline, {SpanKind::Health});
        const common::Theme &theme = common::lightTheme();
        const QImage image = ui::timelineImage({row}, {someTime, someTime + 1h, 1s}, QStringLiteral("today"), theme,
                                               m_page->font(), 800, 30);
        int bad = 0;
        for (int x = 0; x < image.width(); ++x)
            bad += image.pixelColor(x, image.height() - 20) == theme.bad ? 1 : 0;
        QVERIFY2(bad > 500, qPrintable(QString::number(bad)));
    }

    void aTableIsWritten()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("t.csv"));
        std::vector<ui::ExportedGateway> gateways;
        for (int i = 0; i < 60; ++i)
            gateways.push_back({idOf(i), QStringLiteral("gw-%1").arg(i)});
        const auto before = int(m_operations->timelineWishes.size());
        auto *save = ui::TimelineExport::toCsv(*m_workspace, gateways, path, this);
        QSignalSpy finished(save, &ui::TimelineExport::finished);
        save->start();
        while (finished.isEmpty()) {
            const auto &wish = m_operations->timelineWishes.back();
            QCOMPARE(wish.window.grain, domain::milliseconds(1));
            std::vector<Timeline> answer;
            for (const domain::GatewayId &id : wish.gateways)
                answer.push_back({id, {drawn("unhealthy", 1min, 2min)}, {markOf("config_failed", 1min)}});
            m_operations->timelinesAsked.answerLast(answer);
        }
        QVERIFY(int(m_operations->timelineWishes.size()) - before >= 2); // some at a time
        QCOMPARE(finished.front().front().toString(), QString());
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QList<QByteArray> lines = file.readAll().split('\n');
        QCOMPARE(lines.size(), 60 * 2 + 2); // the head, and the end of the last line
        QVERIFY(lines[1].contains("gw-0,health,,unhealthy,"));
        QVERIFY(lines[2].contains("gw-0,event,,config_failed,"));
    }

    void aTableThatCannotBeWrittenSaysSo()
    {
        auto *save =
            ui::TimelineExport::toCsv(*m_workspace, {{idOf(1), {}}}, QStringLiteral("/nowhere/at/all.csv"), this);
        QSignalSpy finished(save, &ui::TimelineExport::finished);
        save->start();
        QVERIFY(!finished.front().front().toString().isEmpty());
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("t.csv"));
        save = ui::TimelineExport::toCsv(*m_workspace, {{idOf(1), {}}}, path, this);
        QSignalSpy failed(save, &ui::TimelineExport::finished);
        save->start();
        m_operations->timelinesAsked.answerLast(app::failed(app::FailureCode::StoreFailed, QStringLiteral("disk")));
        QVERIFY(!failed.front().front().toString().isEmpty());
        QVERIFY(!QFile::exists(path)); // half a file is none
    }

    void theChosenGatewayIsToldInWords()
    {
        fillThree();
        QTRY_VERIFY(wishOf(idOf(0)) >= 0);
        m_operations->timelinesAsked.answer(
            wishOf(idOf(0)),
            std::vector<Timeline>{{idOf(0), {drawn("unhealthy", -5min, -4min)}, {markOf("gateway_unhealthy", -5min)}}});
        const auto *past = m_page->findChild<QTableView *>(QStringLiteral("timelinesPast"));
        QCOMPARE(past->model()->rowCount(), 2);
        QSignalSpy opened(m_page.get(), &ui::TimelinesPage::gatewayRequested);
        m_view->setFocus();
        QTest::keyClick(m_view, Qt::Key_Return);
        QCOMPARE(opened.count(), 1);
    }

private:
    void fillThree()
    {
        m_workspace->applyFleet(deltaOf(0, 3));
        QTRY_COMPARE(m_view->model()->rowCount(), 3);
        QTRY_VERIFY(!m_operations->timelineWishes.empty());
    }
    /// The last wish of the view, which asks also for what happened to no gateway.
    [[nodiscard]] app::TimelineWish lastWish() const
    {
        for (auto wish = m_operations->timelineWishes.rbegin(); wish != m_operations->timelineWishes.rend(); ++wish) {
            if (!wish->gateways.empty() && wish->gateways.back().isEmpty())
                return *wish;
        }
        return {};
    }
    [[nodiscard]] int asksOfView() const
    {
        return static_cast<int>(std::ranges::count_if(m_operations->timelineWishes, [](const app::TimelineWish &wish) {
            return !wish.gateways.empty() && wish.gateways.back().isEmpty();
        }));
    }
    /// The wish of the list for this gateway alone; -1: there is none.
    [[nodiscard]] int wishOf(const domain::GatewayId &id) const
    {
        for (int i = 0; i < int(m_operations->timelineWishes.size()); ++i) {
            if (m_operations->timelineWishes[size_t(i)].gateways == std::vector{id})
                return i;
        }
        return -1;
    }
    void answerView(size_t from)
    {
        for (size_t i = 0; i <= from; ++i)
            m_operations->timelinesAsked.answer(int(i), std::vector<Timeline>());
    }

    ManualClock m_clock;
    std::unique_ptr<FakeOperations> m_operations;
    std::unique_ptr<ui::Workspace> m_workspace;
    std::unique_ptr<ui::TimelinesPage> m_page;
    ui::TimelineView *m_view = nullptr;
};

QTEST_MAIN(TestTimelines)
#include "tst_timelines.moc"
