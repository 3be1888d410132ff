// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/componentflow.h"

#include "ui/models/telemetrycharts.h"

#include <QCoreApplication>

namespace flowgate::models {

namespace {

using collector::GraphNode;
using telemetry::Series;

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(flowgate::models::ComponentFlow)
};

QString valueOf(const Series &series, QLatin1StringView key)
{
    for (const domain::Attribute &attribute : series.attributes) {
        if (attribute.key == key)
            return domain::attributeText(attribute.value);
    }
    return {};
}

/// The numbers of one Collector, to be asked for one component at a time.
class Flows
{
public:
    Flows(const std::vector<Series> &series, domain::WallTime now)
        : m_series(series)
        , m_now(now)
    {
    }

    /// The newest rates of a metric's series for a component, together; nothing where there is none.
    [[nodiscard]] std::optional<double> rate(const QString &metric, QLatin1StringView key, const QString &id,
                                             const QString &signal = {}) const
    {
        std::optional<double> sum;
        for (const Series &series : m_series) {
            if (series.name != metric || valueOf(series, key) != id)
                continue;
            if (!signal.isEmpty() && valueOf(series, QLatin1StringView("otel.signal")) != signal)
                continue;
            const std::vector<telemetry::Sample> rates = telemetry::ratesOf(series);
            if (!rates.empty() && m_now - rates.back().at < std::chrono::minutes(3))
                sum = sum.value_or(0) + rates.back().value;
        }
        return sum;
    }

private:
    const std::vector<Series> &m_series;
    domain::WallTime m_now;
};

QString wordOf(const QString &signal)
{
    if (signal == u"traces")
        return QStringLiteral("spans");
    return signal == u"metrics" ? QStringLiteral("metric_points") : QStringLiteral("log_records");
}

ComponentFlow flow(std::optional<double> good, std::optional<double> bad, const QString &badWord)
{
    ComponentFlow made;
    if (good)
        made.text = valueText(*good, ChartUnit::PerSecond);
    if (bad && *bad > 0) {
        made.text += (made.text.isEmpty() ? QString() : QStringLiteral(", ")) +
                     badWord.arg(valueText(*bad, ChartUnit::PerSecond));
        made.isTrouble = true;
    }
    return made;
}

ComponentFlow flowOf(const GraphNode &node, const QString &signal, const Flows &flows)
{
    const QString word = wordOf(signal);
    switch (node.part) {
    case GraphNode::Part::Receiver: {
        const QLatin1StringView key("receiver");
        return flow(flows.rate(QStringLiteral("otelcol_receiver_accepted_") + word, key, node.id),
                    flows.rate(QStringLiteral("otelcol_receiver_refused_") + word, key, node.id),
                    Texts::tr("%1 refused"));
    }
    case GraphNode::Part::Exporter: {
        const QLatin1StringView key("exporter");
        return flow(flows.rate(QStringLiteral("otelcol_exporter_sent_") + word, key, node.id),
                    flows.rate(QStringLiteral("otelcol_exporter_send_failed_") + word, key, node.id),
                    Texts::tr("%1 failed"));
    }
    case GraphNode::Part::Processor:
        break;
    }
    const QLatin1StringView key("processor");
    const auto in = flows.rate(QStringLiteral("otelcol_processor_incoming_items"), key, node.id, signal);
    const auto out = flows.rate(QStringLiteral("otelcol_processor_outgoing_items"), key, node.id, signal);
    if (!in || !out)
        return {};
    const QString given = valueText(*out, ChartUnit::PerSecond);
    const QString taken = valueText(*in, ChartUnit::PerSecond);
    return {given == taken ? given : taken + QStringLiteral(" \u2192 ") + given, false};
}

} // namespace

std::vector<ComponentFlow> flowsOf(const collector::PipelineGraph &graph, const std::vector<Series> &series,
                                   domain::WallTime now)
{
    const Flows flows(series, now);
    std::vector<ComponentFlow> all;
    all.reserve(graph.nodes.size());
    for (const GraphNode &node : graph.nodes)
        all.push_back(node.id.isEmpty() || node.isConnector
                          ? ComponentFlow()
                          : flowOf(node, graph.lanes[size_t(node.pipeline)].signal, flows));
    return all;
}

} // namespace flowgate::models
