// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/telemetry/telemetrytab.h"

#include "ui/common/errortext.h"
#include "ui/common/relativetime.h"
#include "ui/common/theme.h"
#include "ui/common/visibletext.h"
#include "ui/common/words.h"
#include "ui/models/timelinemodel.h"
#include "ui/telemetry/logpane.h"
#include "ui/telemetry/pipelineswindow.h"
#include "ui/timelines/rangebar.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/wrapbar.h"
#include "ui/workspace.h"

#include <QComboBox>
#include <QCompleter>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace flowgate::ui {

namespace {

constexpr int everySeconds = 5;

bool canSend(const domain::Gateway &gateway)
{
    return gateway.capabilities.has(domain::Capability::ReportsOwnMetrics) ||
           gateway.capabilities.has(domain::Capability::ReportsOwnLogs);
}

} // namespace

TelemetryTab::TelemetryTab(Workspace &workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_names(new QComboBox(this))
    , m_uptime(new PlainLabel(this, TextKind::Quiet))
    , m_stack(new QStackedWidget(this))
    , m_empty(new EmptyState(this))
    , m_parts(new QSplitter(Qt::Vertical, this))
    , m_logs(new LogPane(workspace, this))
{
    m_parts->setObjectName(QStringLiteral("telemetryParts"));
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setAccessibleName(tr("Charts"));
    scroll->setMinimumHeight(common::space::row); // with large text there is little room on a laptop
    auto *list = new QWidget(scroll);
    m_charts = new QVBoxLayout(list);
    m_charts->setContentsMargins(common::space::page, common::space::small, common::space::page, common::space::small);
    m_charts->setSpacing(common::space::page);
    m_charts->addWidget(m_uptime);
    m_charts->addStretch(1);
    scroll->setWidget(list);
    m_parts->addWidget(scroll);
    m_parts->addWidget(m_logs);
    m_parts->setChildrenCollapsible(false);
    m_parts->setStretchFactor(0, 3);
    m_parts->setStretchFactor(1, 2);
    m_parts->setSizes({420, 230});
    m_empty->show(tr("Telemetry"), tr("What a gateway says of itself: its own metrics and log lines."));
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_parts);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeBar());
    layout->addWidget(m_stack, 1);
    connect(&workspace, &Workspace::second, this, &TelemetryTab::tick);
    connect(m_logs, &LogPane::loaded, this, &TelemetryTab::showEmpty);
}

QWidget *TelemetryTab::makeBar()
{
    m_names->setEditable(true);
    m_names->setInsertPolicy(QComboBox::NoInsert);
    m_names->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_names->setMinimumContentsLength(14);
    m_names->lineEdit()->setPlaceholderText(tr("Any other metric"));
    m_names->setAccessibleName(tr("Another metric to draw"));
    m_names->completer()->setFilterMode(Qt::MatchContains);
    m_names->completer()->setCompletionMode(QCompleter::PopupCompletion);
    m_loadSoon.setSingleShot(true);
    m_loadSoon.setInterval(150);
    connect(&m_loadSoon, &QTimer::timeout, this, &TelemetryTab::load);
    connect(&m_workspace.timeWindow(), &TimeWindow::changed, &m_loadSoon, qOverload<>(&QTimer::start));
    connect(m_names, &QComboBox::activated, this, &TelemetryTab::chooseMetric);
    connect(m_names->lineEdit(), &QLineEdit::returnPressed, this, &TelemetryTab::chooseMetric);
    auto *pipelines = new QPushButton(tr("Live pipelines"), this);
    pipelines->setToolTip(tr("What it runs as a graph, with what goes through each component"));
    connect(pipelines, &QPushButton::clicked, this, [this] {
        if (m_gateway)
            (new PipelinesWindow(m_workspace, m_gateway, window()))->show();
    });
    auto *bar = new QWidget(this);
    auto *layout = new QVBoxLayout(bar);
    layout->setContentsMargins(common::space::page, common::space::page, common::space::page, common::space::small);
    layout->setSpacing(common::space::small);
    layout->addWidget(new RangeBar(m_workspace.timeWindow(), this));
    layout->addWidget(new WrapBar(m_names, {pipelines}, 130, this));
    return bar;
}

void TelemetryTab::show(const app::GatewayPtr &gateway)
{
    const bool another = !m_gateway || m_gateway->id != gateway->id;
    m_gateway = gateway;
    if (!another)
        return;
    m_series.clear();
    m_spans.clear();
    m_isLoaded = false;
    load();
}

void TelemetryTab::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_gateway)
        load();
}

void TelemetryTab::tick()
{
    const bool isLive = m_workspace.timeWindow().isLive();
    if (!isVisible() || !m_gateway || !isLive || ++m_seconds % everySeconds != 0)
        return;
    load();
}

void TelemetryTab::load()
{
    if (!m_gateway || !isVisible())
        return;
    const TimeWindow &window = m_workspace.timeWindow();
    m_logs->show(m_gateway->id);
    const app::MetricsWish wish{m_gateway->id, {}, window.from(), window.to()};
    const auto isLate = [this, wish] {
        const domain::milliseconds moved = m_workspace.timeWindow().from() - wish.from;
        return m_gateway->id != wish.gateway || std::chrono::abs(moved) > m_workspace.timeWindow().length() / 2;
    };
    m_workspace.operations().metrics(this, wish,
                                     [this, isLate](const app::Outcome<std::vector<telemetry::Series>> &series) {
                                         if (isLate())
                                             return; // another gateway or stretch of time is looked at
                                         m_isLoaded = true;
                                         m_series = series ? *series : std::vector<telemetry::Series>();
                                         draw();
                                         showEmpty();
                                     });
    const app::TimelineWish past{{m_gateway->id}, {wish.from, wish.to, window.length() / width()}, false, 0};
    m_workspace.operations().timelines(this, past,
                                       [this, isLate](const app::Outcome<std::vector<domain::Timeline>> &timelines) {
                                           if (isLate() || !timelines || timelines->empty())
                                               return;
                                           m_spans = timelines->front().spans;
                                           draw();
                                       });
}

std::vector<ChartMark> TelemetryTab::marks() const
{
    std::vector<ChartMark> all;
    const domain::WallTime from = m_workspace.timeWindow().from();
    for (const domain::DrawnSpan &drawn : m_spans) {
        if (drawn.span.kind != domain::SpanKind::Config || drawn.span.from < from)
            continue;
        all.push_back(
            {drawn.span.from, models::spanWords(drawn), common::stateWord(drawn.span).tone == common::Tone::Bad});
    }
    return all;
}

void TelemetryTab::draw()
{
    std::vector<models::Chart> charts;
    if (!m_metric.isEmpty())
        charts.push_back(models::chartOf(m_series, m_metric));
    for (models::Chart &chart : models::mainCharts(m_series))
        charts.push_back(std::move(chart));
    while (m_views.size() < charts.size()) {
        auto *view = new ChartView(m_charts->parentWidget());
        m_charts->insertWidget(1 + static_cast<int>(m_views.size()), view); // below how long it is up
        m_views.push_back(view);
    }
    const TimeWindow &window = m_workspace.timeWindow();
    const std::vector<ChartMark> shownMarks = marks();
    for (size_t i = 0; i < m_views.size(); ++i) {
        m_views[i]->setVisible(i < charts.size());
        if (i < charts.size())
            m_views[i]->show(charts[i], window.from(), window.to(), shownMarks);
    }
    const auto uptime = models::uptimeOf(m_series);
    m_uptime->setText(uptime
                          ? tr("Its collector was up for %1 at %2", "a length, a moment")
                                .arg(common::duration(uptime->length), common::clockTime(uptime->at, m_workspace.now()))
                          : QString());
    m_uptime->setVisible(uptime.has_value());
    const QStringList names = models::metricNames(m_series);
    if (names.size() == m_names->count() && !names.isEmpty() &&
        names.constLast() == m_names->itemText(int(names.size()) - 1))
        return;
    const QSignalBlocker quiet(m_names);
    const QString typed = m_names->currentText();
    m_names->clear();
    m_names->addItems(names);
    m_names->setCurrentIndex(-1);
    m_names->setEditText(typed);
}

void TelemetryTab::chooseMetric()
{
    const QString name = m_names->currentText().trimmed();
    if (name == m_metric)
        return;
    m_metric = name.isEmpty() || models::metricNames(m_series).contains(name) ? name : m_metric;
    draw();
}

void TelemetryTab::showEmpty()
{
    const bool isEmpty = m_series.empty() && m_logs->isEmpty();
    m_stack->setCurrentWidget(isEmpty ? static_cast<QWidget *>(m_empty) : m_parts);
    if (!isEmpty || !m_gateway)
        return;
    if (!canSend(*m_gateway)) {
        m_empty->show(tr("Nothing of its own"),
                      tr("This gateway does not announce that it can send its own metrics or logs. A supervisor does "
                         "where reports_own_metrics and reports_own_logs are on."));
        return;
    }
    m_empty->show(tr("Nothing has arrived yet"),
                  tr("Its own log lines come at once, its own metrics once a minute, after it was asked for them."));
    m_workspace.operations().telemetryGap(this, m_gateway->id,
                                          [this, id = m_gateway->id](const app::Outcome<app::TelemetryGap> &gap) {
                                              if (gap && m_gateway->id == id && m_series.empty())
                                                  showGap(*gap);
                                          });
}

void TelemetryTab::showGap(const app::TelemetryGap &gap)
{
    if (!gap.hindrance.isEmpty())
        return m_empty->show(tr("Nothing is asked for"), gap.hindrance);
    if (!gap.unmatched)
        return;
    const domain::UnmatchedSource &source = *gap.unmatched;
    const QString id = source.instanceId.isEmpty()
                           ? tr("without a service.instance.id")
                           : tr("with the service.instance.id %1").arg(common::oneLine(source.instanceId, 100));
    m_empty->show(tr("No telemetry was matched to it"),
                  tr("%n request(s) with telemetry of no known gateway came from %1, the last one %2.", nullptr,
                     static_cast<int>(std::min<quint64>(source.requests, 1'000'000)))
                      .arg(gap.isItsAddress ? tr("%1, its own address").arg(source.address) : source.address, id));
}

} // namespace flowgate::ui
