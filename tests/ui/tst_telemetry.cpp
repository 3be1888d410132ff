// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/outline.h"
#include "tests/support/manualclock.h"
#include "tests/support/patience.h"
#include "tests/ui/fakeoperations.h"
#include "tests/ui/fakes.h"
#include "tests/ui/widgethelp.h"
#include "ui/graph/pipelineview.h"
#include "ui/models/componentflow.h"
#include "ui/models/telemetrycharts.h"
#include "ui/telemetry/logpane.h"
#include "ui/telemetry/pipelineswindow.h"
#include "ui/telemetry/telemetrytab.h"
#include "ui/workspace.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLineEdit>
#include <QTableView>
#include <QTest>

using namespace flowgate;
using namespace flowgate::tests;
using namespace Qt::StringLiterals;
using models::Chart;
using models::ChartUnit;
using telemetry::MetricPoint;
using telemetry::Series;

namespace {

domain::WallTime atMinute(int minute)
{
    return someTime + std::chrono::minutes(minute);
}

MetricPoint point(const QString &name, int minute, double value, const QString &of = {})
{
    MetricPoint made;
    made.name = name;
    made.kind = telemetry::MetricKind::Sum;
    made.temporality = telemetry::Temporality::Cumulative;
    made.monotonic = true;
    made.at = atMinute(minute);
    made.value = value;
    if (!of.isEmpty())
        made.attributes = {{u"receiver"_s, {of}}};
    return made;
}

MetricPoint gauge(const QString &name, int minute, double value, const QString &unit = {})
{
    MetricPoint made = point(name, minute, value);
    made.kind = telemetry::MetricKind::Gauge;
    made.temporality = telemetry::Temporality::Unspecified;
    made.monotonic = false;
    made.unit = unit;
    return made;
}

std::vector<Series> ofCollector()
{
    return telemetry::seriesOf(
        {point(u"otelcol_receiver_accepted_spans"_s, 0, 0, u"otlp"_s),
         point(u"otelcol_receiver_accepted_spans"_s, 1, 600, u"otlp"_s),
         point(u"otelcol_receiver_accepted_spans"_s, 0, 0, u"jaeger"_s),
         point(u"otelcol_receiver_accepted_spans"_s, 1, 60, u"jaeger"_s),
         point(u"otelcol_receiver_refused_spans"_s, 0, 0), point(u"otelcol_receiver_refused_spans"_s, 1, 0),
         point(u"otelcol_exporter_send_failed_spans"_s, 0, 0), point(u"otelcol_exporter_send_failed_spans"_s, 1, 120),
         gauge(u"otelcol_process_memory_rss"_s, 1, 150.0 * 1024 * 1024, u"By"_s),
         point(u"otelcol_process_cpu_seconds"_s, 0, 1), point(u"otelcol_process_cpu_seconds"_s, 1, 31),
         point(u"otelcol_process_uptime"_s, 1, 90), gauge(u"queue"_s, 1, 3)});
}

/// "title: line value" of each chart.
QStringList text(const std::vector<Chart> &charts)
{
    QStringList lines;
    for (const Chart &chart : charts) {
        QStringList parts;
        for (const models::ChartLine &line : chart.lines)
            parts.append(line.name + u' ' + models::valueText(line.samples.back().value, chart.unit) +
                         (line.isTrouble ? u"!"_s : QString()));
        lines.append(chart.title + u": "_s + parts.join(u", "_s));
    }
    return lines;
}

telemetry::LogLine logLine(int minute, int severity, const QString &text)
{
    telemetry::LogLine line;
    line.at = atMinute(minute);
    line.severity = severity;
    line.text = text;
    line.scope = u"service"_s;
    return line;
}

domain::Gateway sending(int number)
{
    domain::Gateway gateway = gatewayOf(number);
    gateway.capabilities = domain::Capabilities(0x40 | 0x80);
    return gateway;
}

} // namespace

class TestTelemetry final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_operations = std::make_unique<FakeOperations>();
        m_clock.advance(atMinute(2) - m_clock.now());
        m_workspace = std::make_unique<ui::Workspace>(*m_operations, m_clock);
        m_tab = std::make_unique<ui::TelemetryTab>(*m_workspace);
        m_tab->resize(400, 800);
        m_tab->show(share(sending(1)));
        static_cast<QWidget *>(m_tab.get())->show();
    }
    void cleanup()
    {
        m_tab.reset();
        m_workspace.reset();
    }

    void chartsThatMatterFirst()
    {
        QCOMPARE(text(models::mainCharts(ofCollector())),
                 (QStringList{u"Received: spans 11/s"_s, u"Sent: failed spans 2/s!"_s, u"Memory: resident 150.0 MiB"_s,
                              u"Processor: used 0.50 cores"_s}));
        const auto uptime = models::uptimeOf(ofCollector());
        QVERIFY(uptime);
        QCOMPARE(uptime->length, domain::milliseconds(90'000));
        QCOMPARE(uptime->at, atMinute(1));
        QVERIFY(models::mainCharts({}).empty());
        QVERIFY(!models::uptimeOf({}));
    }

    void anyMetricByItsName()
    {
        const Chart counted = models::chartOf(ofCollector(), u"otelcol_receiver_accepted_spans"_s);
        QCOMPARE(counted.unit, ChartUnit::PerSecond);
        QCOMPARE(text({counted}),
                 QStringList{u"otelcol_receiver_accepted_spans: receiver=jaeger 1/s, receiver=otlp 10/s"_s});
        QCOMPARE(models::chartOf(ofCollector(), u"otelcol_process_memory_rss"_s).unit, ChartUnit::Bytes);
        QCOMPARE(text({models::chartOf(ofCollector(), u"queue"_s)}), QStringList{u"queue:  3"_s});
        QVERIFY(models::chartOf(ofCollector(), u"nosuch"_s).lines.empty());
        QVERIFY(models::metricNames(ofCollector()).contains(u"queue"_s));
        const std::vector<QStringList> table = models::tableOf(counted);
        QCOMPARE(table.size(), size_t(2));
        QCOMPARE(table[0].size(), 3);
        QCOMPARE(table[1][2], u"10"_s);
    }

    void values_data()
    {
        QTest::addColumn<double>("value");
        QTest::addColumn<ChartUnit>("unit");
        QTest::addColumn<QString>("words");
        QTest::newRow("rate") << 12.345 << ChartUnit::PerSecond << u"12.3/s"_s;
        QTest::newRow("small") << 0.014 << ChartUnit::Cores << u"0.01 cores"_s;
        QTest::newRow("large") << 12345.6 << ChartUnit::Count << QLocale().toString(12346);
        QTest::newRow("long") << 7200.0 << ChartUnit::Seconds << u"2 h"_s;
        QTest::newRow("short") << 1.5 << ChartUnit::Seconds << u"1.5 s"_s;
        QTest::newRow("no number") << std::nan("") << ChartUnit::Bytes << QString(QChar(0x2013));
        QTest::newRow("no end") << HUGE_VAL << ChartUnit::Count << QString(QChar(0x2013));
    }
    void values()
    {
        QFETCH(double, value);
        QFETCH(ChartUnit, unit);
        QFETCH(QString, words);
        QCOMPARE(models::valueText(value, unit), words);
    }

    void whatGoesThroughEachComponent()
    {
        const collector::PipelineGraph graph = collector::pipelineGraph(collector::outline(
            "receivers: {otlp: {}, jaeger: {}}\nprocessors: {filter: {}}\nexporters: {debug: {}}\n"
            "service: {pipelines: {traces: {receivers: [otlp, jaeger], processors: [filter], exporters: [debug]}, "
            "logs: {receivers: [otlp], exporters: [debug]}}}\n"));
        const auto of = [](MetricPoint made, const QString &key, const QString &id) {
            made.attributes = {{key, {id}}, {u"otel.signal"_s, {u"traces"_s}}};
            return made;
        };
        std::vector<MetricPoint> points;
        for (const int minute : {0, 1}) {
            points.push_back(
                of(point(u"otelcol_receiver_accepted_spans"_s, minute, 600.0 * minute), u"receiver"_s, u"otlp"_s));
            points.push_back(
                of(point(u"otelcol_receiver_refused_spans"_s, minute, 120.0 * minute), u"receiver"_s, u"otlp"_s));
            points.push_back(
                of(point(u"otelcol_processor_incoming_items"_s, minute, 600.0 * minute), u"processor"_s, u"filter"_s));
            points.push_back(
                of(point(u"otelcol_processor_outgoing_items"_s, minute, 300.0 * minute), u"processor"_s, u"filter"_s));
            points.push_back(
                of(point(u"otelcol_exporter_sent_spans"_s, minute, 300.0 * minute), u"exporter"_s, u"debug"_s));
        }
        const std::vector<Series> series = telemetry::seriesOf(points);
        QStringList texts;
        for (const models::ComponentFlow &flow : models::flowsOf(graph, series, atMinute(2)))
            texts.append(flow.text + (flow.isTrouble ? u"!"_s : QString()));
        const QStringList traces{u"10/s, 2/s refused!"_s, QString(), u"10/s \u2192 5/s"_s, u"5/s"_s};
        QCOMPARE(texts, traces + QStringList(2)); // of the logs nothing is known
        for (const models::ComponentFlow &flow : models::flowsOf(graph, series, atMinute(9)))
            QVERIFY(flow.text.isEmpty()); // too long ago to be said of now
    }

    void pipelinesHaveTheirNumbers()
    {
        buttonOf(*m_tab, u"Live pipelines"_s)->click();
        auto *window = m_tab->findChild<ui::PipelinesWindow *>();
        QVERIFY(window && window->isVisible());
        domain::ConfigSet files;
        files.files[QString()].body = "receivers: {otlp: {}}\nexporters: {debug: {}}\n"
                                      "service: {pipelines: {traces: {receivers: [otlp], exporters: [debug]}}}\n";
        m_operations->effectiveAsked.answerLast(files);
        QCOMPARE(window->view().graph().nodes.size(), size_t(2));
        QVERIFY(labelsOf(*window).contains(u"once a minute"_s));
        m_operations->metricsAsked.answerLast(ofCollector());
        QVERIFY(labelsOf(*window).contains(u"what goes through"_s));
        m_operations->effectiveAsked.answer(0, app::failed(app::FailureCode::NotReported, u"its config"_s));
        QVERIFY(labelsOf(*window).contains(u"its config"_s));
        window->close();
    }

    void logLinesAreAModel()
    {
        models::LogModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.show({logLine(1, 9, u"one"_s), logLine(2, 17, u"two"_s)});
        QCOMPARE(model.data(model.index(0, 1)).toString(), u"two"_s); // newest first
        QVERIFY(model.data(model.index(0, 1), models::ToneRole).isValid());
        QVERIFY(!model.data(model.index(1, 1), models::ToneRole).isValid());
        QCOMPARE(model.data(model.index(0, 1), Qt::AccessibleTextRole).toString(), u"Error: two"_s);
        model.show({logLine(2, 17, u"two"_s), logLine(3, 13, u"three\u202e\nlines"_s), logLine(2, 17, u"two"_s)});
        QCOMPARE(model.rowCount(), 2); // the same twice is shown once
        QVERIFY(!model.data(model.index(0, 1)).toString().contains(QChar(0x202e)));
        model.show({});
        QCOMPARE(model.rowCount(), 0);
    }

    void showsWhatCame()
    {
        m_operations->metricsAsked.answerLast(ofCollector());
        m_operations->logsAsked.answerLast(std::vector{logLine(1, 17, u"it broke"_s)});
        const auto charts = m_tab->findChildren<ui::ChartView *>();
        QCOMPARE(charts.size(), 4);
        QCOMPARE(charts.front()->accessibleName(), u"Received"_s);
        QCOMPARE(charts.front()->accessibleDescription(), u"spans 11/s"_s);
        QVERIFY(labelsOf(*m_tab).contains(u"up for"_s));
        auto *table = m_tab->findChild<QTableView *>();
        QCOMPARE(table->model()->rowCount(), 1);
        QVERIFY(table->isVisible());
        buttonOf(*m_tab, u"Copy"_s)->click();
        QVERIFY(QGuiApplication::clipboard()->text().contains(u"Error\tit broke"_s));
    }

    void anotherMetricIsDrawnFirst()
    {
        m_operations->metricsAsked.answerLast(ofCollector());
        auto *names = m_tab->findChildren<QComboBox *>().back();
        for (QComboBox *box : m_tab->findChildren<QComboBox *>()) {
            if (box->isEditable())
                names = box;
        }
        names->setEditText(u"queue"_s);
        Q_EMIT names->lineEdit()->returnPressed();
        QCOMPARE(m_tab->findChildren<ui::ChartView *>().front()->chart().title, u"queue"_s);
        names->setEditText({});
        Q_EMIT names->lineEdit()->returnPressed();
        QCOMPARE(m_tab->findChildren<ui::ChartView *>().front()->chart().title, u"Received"_s);
    }

    void saysWhyThereIsNothing()
    {
        m_operations->metricsAsked.answerLast(std::vector<Series>());
        m_operations->logsAsked.answerLast(std::vector<telemetry::LogLine>());
        QVERIFY(labelsOf(*m_tab).contains(u"Nothing has arrived yet"_s));
        app::TelemetryGap gap;
        gap.hindrance = u"a sentence about a certificate"_s;
        m_operations->gapAsked.answerLast(gap);
        QVERIFY(labelsOf(*m_tab).contains(u"a sentence about a certificate"_s));
        m_tab->show(share(gatewayOf(2))); // it cannot send any
        m_operations->metricsAsked.answerLast(std::vector<Series>());
        m_operations->logsAsked.answerLast(std::vector<telemetry::LogLine>());
        QVERIFY(labelsOf(*m_tab).contains(u"reports_own_metrics"_s));
    }

    void saysWhereItMayHaveGone()
    {
        m_operations->metricsAsked.answerLast(std::vector<Series>());
        m_operations->logsAsked.answerLast(std::vector<telemetry::LogLine>());
        app::TelemetryGap gap;
        gap.unmatched = domain::UnmatchedSource{u"10.0.0.3"_s, 12, {}, domain::NoOwner::Unknown, u"edge-gw-7"_s};
        gap.isItsAddress = true;
        m_operations->gapAsked.answerLast(gap);
        const auto labels = labelsOf(*m_tab);
        QVERIFY(labels.contains(u"No telemetry was matched to it"_s));
        QVERIFY(labels.contains(u"12 request"_s) && labels.contains(u"10.0.0.3, its own address"_s));
        QVERIFY(labels.contains(u"edge-gw-7"_s));
    }

    void lateAnswersAreDropped()
    {
        m_tab->show(share(sending(2)));
        const int last = m_operations->metricsAsked.count() - 1;
        m_operations->metricsAsked.answer(last, std::vector<Series>());
        m_operations->metricsAsked.answer(0, ofCollector()); // of the one before
        QVERIFY(m_tab->findChildren<ui::ChartView *>().isEmpty());
    }

    void logsAreAskedForByWhatIsChosen()
    {
        auto *pane = m_tab->findChild<ui::LogPane *>();
        auto *severity = pane->findChild<QComboBox *>();
        severity->setCurrentIndex(3);
        QCOMPARE(m_operations->logsWishes.back().leastSeverity, 17);
        pane->findChild<QLineEdit *>()->setText(u" refused "_s);
        QTRY_COMPARE(m_operations->logsWishes.back().text, u"refused"_s);
        m_operations->logsAsked.answer(0, std::vector{logLine(1, 9, u"late"_s)}); // to what was asked before
        QVERIFY(pane->isEmpty());
        buttonOf(*pane, u"Pause"_s)->click();
        const int asked = m_operations->logsAsked.count();
        pane->refresh();
        QCOMPARE(m_operations->logsAsked.count(), asked);
        buttonOf(*pane, u"Go on"_s)->click();
        QCOMPARE(m_operations->logsAsked.count(), asked + 1);
    }

    void troubleIsSaid()
    {
        m_operations->metricsAsked.answerLast(ofCollector());
        m_operations->logsAsked.answerLast(app::failed(app::FailureCode::StoreFailed, u"disk gone"_s));
        QVERIFY(labelsOf(*m_tab).contains(u"disk gone"_s));
    }

private:
    ManualClock m_clock;
    std::unique_ptr<FakeOperations> m_operations;
    std::unique_ptr<ui::Workspace> m_workspace;
    std::unique_ptr<ui::TelemetryTab> m_tab;
};

QTEST_MAIN(TestTelemetry)
#include "tst_telemetry.moc"
