// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/telemetrycharts.h"

#include "ui/common/relativetime.h"
#include "ui/common/visibletext.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace flowgate::models {

namespace {

using telemetry::Sample;
using telemetry::Series;

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(flowgate::models::TelemetryCharts)
};

/// The samples of several series as one: those of one time are added.
std::vector<Sample> added(const std::vector<std::vector<Sample>> &all)
{
    std::map<domain::WallTime, double> sums;
    for (const std::vector<Sample> &samples : all) {
        for (const Sample &sample : samples)
            sums[sample.at] += sample.value;
    }
    std::vector<Sample> result;
    result.reserve(sums.size());
    for (const auto &[at, value] : sums)
        result.push_back({at, value, {}, {}});
    return result;
}

std::vector<Sample> drawn(const Series &series)
{
    std::vector<Sample> rates = telemetry::ratesOf(series);
    return rates.empty() && !series.isCounter() ? telemetry::valuesOf(series) : rates;
}

/// All series of a metric as one line; no samples where there is none.
ChartLine lineOf(const std::vector<Series> &all, const QString &metric, const QString &name)
{
    std::vector<std::vector<Sample>> parts;
    for (const Series &series : all) {
        if (series.name == metric)
            parts.push_back(drawn(series));
    }
    ChartLine line;
    line.name = name;
    line.samples = added(parts);
    return line;
}

bool isZero(const ChartLine &line)
{
    return std::ranges::all_of(line.samples, [](const Sample &sample) { return sample.value == 0; });
}

/// A line a signal for what went well; for what did not, only where there is any.
Chart flow(const std::vector<Series> &all, const QString &title, const QString &good, const QString &bad,
           const QString &badWord)
{
    Chart chart{title, ChartUnit::PerSecond, {}, {}};
    const std::pair<QString, QString> signalNames[] = {{QStringLiteral("log_records"), Texts::tr("log records")},
                                                       {QStringLiteral("spans"), Texts::tr("spans")},
                                                       {QStringLiteral("metric_points"), Texts::tr("metric points")}};
    for (const auto &[signal, word] : signalNames) {
        ChartLine line = lineOf(all, good + signal, word);
        if (!line.samples.empty())
            chart.lines.push_back(std::move(line));
    }
    for (const auto &[signal, word] : signalNames) {
        ChartLine line = lineOf(all, bad + signal, badWord.arg(word));
        line.isTrouble = true;
        if (!isZero(line))
            chart.lines.push_back(std::move(line));
    }
    return chart;
}

QString attributesText(const domain::Attributes &attributes)
{
    QStringList parts;
    for (const domain::Attribute &attribute : attributes)
        parts.append(attribute.key + u'=' + domain::attributeText(attribute.value));
    return common::oneLine(parts.join(u' '), 120);
}

} // namespace

std::vector<Chart> mainCharts(const std::vector<Series> &series)
{
    std::vector<Chart> charts;
    charts.push_back(flow(series, Texts::tr("Received"), QStringLiteral("otelcol_receiver_accepted_"),
                          QStringLiteral("otelcol_receiver_refused_"), Texts::tr("refused %1")));
    charts.push_back(flow(series, Texts::tr("Sent"), QStringLiteral("otelcol_exporter_sent_"),
                          QStringLiteral("otelcol_exporter_send_failed_"), Texts::tr("failed %1")));
    Chart queue{Texts::tr("Waiting to be sent"), ChartUnit::Count, {}, {}};
    queue.lines.push_back(lineOf(series, QStringLiteral("otelcol_exporter_queue_size"), Texts::tr("in queues")));
    queue.lines.push_back(lineOf(series, QStringLiteral("otelcol_exporter_queue_capacity"), Texts::tr("room for")));
    queue.lines.back().isLimit = true;
    charts.push_back(std::move(queue));
    charts.push_back({Texts::tr("Memory"),
                      ChartUnit::Bytes,
                      {},
                      {lineOf(series, QStringLiteral("otelcol_process_memory_rss"), Texts::tr("resident"))}});
    charts.push_back({Texts::tr("Processor"),
                      ChartUnit::Cores,
                      {},
                      {lineOf(series, QStringLiteral("otelcol_process_cpu_seconds"), Texts::tr("used"))}});
    for (Chart &chart : charts)
        std::erase_if(chart.lines, [](const ChartLine &line) { return line.samples.empty(); });
    std::erase_if(charts, [](const Chart &chart) { return chart.lines.empty(); });
    return charts;
}

Chart chartOf(const std::vector<Series> &series, const QString &name)
{
    constexpr size_t mostLines = 12;
    Chart chart{name, ChartUnit::Count, {}, {}};
    for (const Series &one : series) {
        if (one.name != name || chart.lines.size() == mostLines)
            continue;
        const bool isRate = one.isCounter() || one.temporality == telemetry::Temporality::Delta;
        chart.unit = isRate              ? ChartUnit::PerSecond
                     : one.unit == u"By" ? ChartUnit::Bytes
                     : one.unit == u"s"  ? ChartUnit::Seconds
                                         : ChartUnit::Count;
        chart.ucum = one.unit;
        ChartLine line;
        line.name = attributesText(one.attributes);
        line.samples = drawn(one);
        chart.lines.push_back(std::move(line));
    }
    return chart;
}

QStringList metricNames(const std::vector<Series> &series)
{
    std::set<QString> names;
    for (const Series &one : series)
        names.insert(one.name);
    return {names.begin(), names.end()};
}

std::optional<Uptime> uptimeOf(const std::vector<Series> &series)
{
    for (const Series &one : series) {
        if (one.name != u"otelcol_process_uptime")
            continue;
        const std::vector<Sample> values = telemetry::valuesOf(one);
        if (!values.empty() && values.back().value >= 0 && values.back().value < 1e10)
            return Uptime{domain::milliseconds(static_cast<qint64>(values.back().value * 1000)), values.back().at};
    }
    return {};
}

QString valueText(double value, ChartUnit unit)
{
    const QLocale locale;
    const int digits = std::abs(value) >= 100 || value == std::floor(value) ? 0 : std::abs(value) >= 1 ? 1 : 2;
    const QString number = std::isfinite(value) ? locale.toString(value, 'f', digits) : QString(QChar(0x2013));
    switch (unit) {
    case ChartUnit::PerSecond:
        return Texts::tr("%1/s").arg(number);
    case ChartUnit::Bytes:
        return std::isfinite(value) && std::abs(value) < 1e18 ? locale.formattedDataSize(static_cast<qint64>(value), 1)
                                                              : number;
    case ChartUnit::Cores:
        return Texts::tr("%1 cores").arg(number);
    case ChartUnit::Seconds:
        return std::isfinite(value) && value >= 60 && value < 1e10
                   ? common::duration(domain::milliseconds(static_cast<qint64>(value * 1000)))
                   : Texts::tr("%1 s").arg(number);
    case ChartUnit::Count:
        break;
    }
    return number;
}

std::vector<QStringList> tableOf(const Chart &chart)
{
    std::map<domain::WallTime, std::vector<std::optional<double>>> rows;
    for (size_t line = 0; line < chart.lines.size(); ++line) {
        for (const Sample &sample : chart.lines[line].samples) {
            auto [row, isNew] = rows.try_emplace(sample.at, chart.lines.size());
            row->second[line] = sample.value;
        }
    }
    QStringList head{Texts::tr("Time")};
    for (const ChartLine &line : chart.lines)
        head.append(line.name);
    std::vector<QStringList> table{head};
    for (const auto &[at, values] : rows) {
        QStringList cells{domain::rfc3339(at)};
        for (const auto &value : values)
            cells.append(value ? QString::number(*value, 'g', 12) : QString());
        table.push_back(cells);
    }
    return table;
}

} // namespace flowgate::models
