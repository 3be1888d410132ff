// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/owntelemetry.h"

namespace flowgate::app {

using Verdict = telemetry::TelemetrySink::Verdict;

std::vector<telemetry::LogLine> OwnTelemetry::lines(const domain::GatewayId &id) const
{
    const auto found = m_lines.constFind(id);
    if (found == m_lines.constEnd())
        return {};
    return {found->begin(), found->end()};
}

Verdict OwnTelemetry::takeMetrics(telemetry::MetricBatch batch)
{
    if (!m_fleet.find(batch.gateway))
        return Verdict::Unknown;
    m_points += batch.records.size();
    return Verdict::Taken;
}

Verdict OwnTelemetry::takeLogs(telemetry::LogBatch batch)
{
    if (!m_fleet.find(batch.gateway))
        return Verdict::Unknown;
    std::deque<telemetry::LogLine> &kept = m_lines[batch.gateway];
    for (telemetry::LogLine &line : batch.records) {
        line.text.truncate(longestLine);
        line.attributes.clear();
        kept.push_back(std::move(line));
        if (kept.size() > linesPerGateway)
            kept.pop_front();
    }
    return Verdict::Taken;
}

} // namespace flowgate::app
