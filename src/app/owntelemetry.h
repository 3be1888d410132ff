// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet.h"
#include "telemetry/telemetrysink.h"

#include <QHash>

#include <deque>

namespace flowgate::app {

/// The newest own log lines of each gateway, in memory, so that a failure can be shown with what was said near it.
/// Metric points are counted, not kept.
/// @thread io
class OwnTelemetry final : public telemetry::TelemetrySink, public FleetObserver
{
public:
    static constexpr size_t linesPerGateway = 50;
    static constexpr qsizetype longestLine = 1024; ///< UTF-16 units kept of one text

    explicit OwnTelemetry(const Fleet &fleet)
        : m_fleet(fleet)
    {
    }

    /// Oldest first.
    [[nodiscard]] std::vector<telemetry::LogLine> lines(const domain::GatewayId &id) const;
    [[nodiscard]] quint64 pointsTaken() const { return m_points; }

    [[nodiscard]] Verdict takeMetrics(telemetry::MetricBatch batch) override;
    [[nodiscard]] Verdict takeLogs(telemetry::LogBatch batch) override;

    void gatewayChanged(const FleetChange &) override {}
    void offerTooLarge(const domain::Gateway &, qsizetype) override {}
    void gatewayForgotten(const domain::GatewayId &id) override { m_lines.remove(id); }

private:
    const Fleet &m_fleet;
    QHash<domain::GatewayId, std::deque<telemetry::LogLine>> m_lines;
    quint64 m_points = 0;
};

} // namespace flowgate::app
