// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/telemetry/chartview.h"

#include "ui/common/metrics.h"
#include "ui/common/relativetime.h"
#include "ui/common/theme.h"
#include "ui/common/visibletext.h"
#include "ui/models/rowtext.h"
#include "ui/telemetry/chartlegend.h"
#include "ui/widgets/labels.h"

#include <QAction>
#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHelpEvent>
#include <QToolTip>
#include <QVBoxLayout>
#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace flowgate::ui {

namespace {

double seconds(domain::WallTime at)
{
    return static_cast<double>(common::toMs(at)) / 1000;
}

/// Numbers of the value axis as they are everywhere else.
class ValueTicker final : public QCPAxisTicker
{
public:
    models::ChartUnit unit = models::ChartUnit::Count;

protected:
    QString getTickLabel(double tick, const QLocale &, QChar, int) override { return models::valueText(tick, unit); }
};

} // namespace

QColor lineColour(const models::Chart &chart, size_t line, const QPalette &palette)
{
    const common::Theme &theme = common::themeOf(palette);
    if (chart.lines[line].isTrouble)
        return theme.bad;
    if (chart.lines[line].isLimit)
        return theme.quiet;
    const QColor colours[] = {theme.accent, theme.good, theme.attention, theme.yamlValue, theme.quiet};
    return colours[line % std::size(colours)];
}

ChartView::ChartView(QWidget *parent)
    : QWidget(parent)
    , m_title(new PlainLabel(this, TextKind::Section))
    , m_legend(new ChartLegend(this))
    , m_plot(new QCustomPlot(this))
{
    setFocusPolicy(Qt::StrongFocus);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(m_title);
    layout->addWidget(m_legend);
    layout->addWidget(m_plot, 1);
    m_plot->setMinimumHeight(common::scaled(86, font()));
    m_plot->setFocusPolicy(Qt::NoFocus);
    m_plot->setAttribute(Qt::WA_TransparentForMouseEvents, false);
    m_plot->installEventFilter(this);
    m_plot->axisRect()->setMinimumMargins(QMargins(0, 4, 4, 0));
    m_plot->axisRect()->setupFullAxesBox();
    m_plot->xAxis2->setVisible(false);
    m_plot->yAxis2->setVisible(false);
    m_plot->xAxis->setTicker(QSharedPointer<QCPAxisTickerDateTime>::create());
    m_plot->yAxis->setTicker(QSharedPointer<ValueTicker>::create());
    m_plot->yAxis->ticker()->setTickCount(3);
    m_plot->xAxis->ticker()->setTickCount(4);
    m_plot->xAxis->setTickLabelPadding(7); // clear of the zero of the other axis
    auto *copyAction = new QAction(tr("Copy as CSV"), this);
    copyAction->setShortcut(QKeySequence::Copy);
    copyAction->setShortcutContext(Qt::WidgetShortcut);
    connect(copyAction, &QAction::triggered, this, &ChartView::copy);
    addAction(copyAction);
    setContextMenuPolicy(Qt::ActionsContextMenu);
    dress();
}

QSize ChartView::sizeHint() const
{
    return {280, common::scaled(140, font())};
}

void ChartView::show(const models::Chart &chart, domain::WallTime from, domain::WallTime to,
                     const std::vector<ChartMark> &marks)
{
    m_chart = chart;
    m_marks = marks;
    m_from = from;
    m_to = to;
    m_title->setText(common::oneLine(chart.title, 120));
    m_title->setToolTip(chart.ucum.isEmpty() ? QString() : common::toolTip(tr("Unit: %1").arg(chart.ucum)));
    m_legend->show(chart);
    setAccessibleName(chart.title);
    setAccessibleDescription(words());
    draw();
}

QString ChartView::words() const
{
    QStringList parts;
    for (const models::ChartLine &line : m_chart.lines) {
        if (!line.samples.empty())
            parts.append((line.name + u' ' + models::valueText(line.samples.back().value, m_chart.unit)).trimmed());
    }
    return parts.join(QStringLiteral(", "));
}

void ChartView::draw()
{
    m_plot->clearGraphs();
    m_plot->clearItems();
    double most = 0;
    double least = 0;
    for (size_t i = 0; i < m_chart.lines.size(); ++i) {
        QCPGraph *graph = m_plot->addGraph();
        QPen pen(lineColour(m_chart, i, palette()), 1.6);
        if (m_chart.lines[i].isLimit)
            pen.setStyle(Qt::DotLine);
        graph->setPen(pen);
        QVector<double> times;
        QVector<double> values;
        for (const telemetry::Sample &sample : m_chart.lines[i].samples) {
            if (!std::isfinite(sample.value))
                continue;
            times.append(seconds(sample.at));
            values.append(sample.value);
            most = std::max(most, sample.high.value_or(sample.value));
            least = std::min(least, sample.low.value_or(sample.value));
        }
        if (times.size() < 40) // a single point is no line
            graph->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, 4));
        graph->setData(times, values, true);
    }
    for (const ChartMark &mark : m_marks) {
        auto *line = new QCPItemStraightLine(m_plot);
        line->point1->setCoords(seconds(mark.at), 0);
        line->point2->setCoords(seconds(mark.at), 1);
        const common::Theme &theme = common::themeOf(palette());
        line->setPen(QPen(mark.isTrouble ? theme.bad : theme.accent, 1, Qt::DashLine));
    }
    auto ticker = m_plot->yAxis->ticker().staticCast<ValueTicker>();
    ticker->unit = m_chart.unit;
    auto times = m_plot->xAxis->ticker().staticCast<QCPAxisTickerDateTime>();
    times->setDateTimeFormat(m_to - m_from > std::chrono::hours(24) ? QStringLiteral("MM-dd HH:mm")
                                                                    : QStringLiteral("HH:mm"));
    m_plot->xAxis->setRange(seconds(m_from), seconds(m_to));
    m_plot->yAxis->setRange(least, most > least ? most + (most - least) * 0.1 : least + 1);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void ChartView::dress()
{
    const common::Theme &theme = common::themeOf(palette());
    m_plot->setBackground(theme.window);
    QFont small = font();
    small.setPointSizeF(std::max(font().pointSizeF() * 0.85, 6.0));
    for (QCPAxis *axis : {m_plot->xAxis, m_plot->yAxis}) {
        axis->setTickLabelColor(theme.quiet);
        axis->setTickLabelFont(small);
        axis->setBasePen(QPen(theme.line));
        axis->setTickPen(QPen(theme.line));
        axis->setSubTickPen(Qt::NoPen);
        axis->grid()->setPen(QPen(theme.line, 0.5));
        axis->grid()->setZeroLinePen(QPen(theme.line));
    }
    draw();
}

QString ChartView::wordsAt(const QPoint &at) const
{
    const double time = m_plot->xAxis->pixelToCoord(at.x());
    const double reach = std::abs(m_plot->xAxis->pixelToCoord(at.x() + 8) - time);
    for (const ChartMark &mark : m_marks) {
        if (std::abs(seconds(mark.at) - time) < reach / 2)
            return common::toolTip(common::exactTime(mark.at) + u'\n' + mark.text);
    }
    std::optional<domain::WallTime> nearest;
    for (const models::ChartLine &line : m_chart.lines) {
        for (const telemetry::Sample &sample : line.samples) {
            if (!nearest || std::abs(seconds(sample.at) - time) < std::abs(seconds(*nearest) - time))
                nearest = sample.at;
        }
    }
    if (!nearest)
        return {};
    QStringList parts{common::exactTime(*nearest)};
    for (const models::ChartLine &line : m_chart.lines) {
        const auto sample = std::ranges::find(line.samples, *nearest, &telemetry::Sample::at);
        if (sample == line.samples.end())
            continue;
        QString text = (line.name + u' ' + models::valueText(sample->value, m_chart.unit)).trimmed();
        if (sample->low && sample->high)
            text +=
                tr(", from %1 to %2")
                    .arg(models::valueText(*sample->low, m_chart.unit), models::valueText(*sample->high, m_chart.unit));
        parts.append(text);
    }
    return common::toolTip(parts.join(u'\n'));
}

void ChartView::copy() const
{
    QGuiApplication::clipboard()->setText(models::csvText(models::tableOf(m_chart)));
}

void ChartView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        dress();
}

bool ChartView::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        QToolTip::showText(help->globalPos(), wordsAt(help->pos()), m_plot);
        return true;
    }
    if (event->type() == QEvent::Wheel) {
        event->ignore(); // the list of charts scrolls
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace flowgate::ui
