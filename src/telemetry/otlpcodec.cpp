// SPDX-License-Identifier: GPL-3.0-or-later
#include "telemetry/otlpcodec.h"

#include "proto/parse.h"
#include "telemetry/otlpvalues.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <otlp_logs_service.pb.h>
#include <otlp_metrics_service.pb.h>

namespace flowgate::telemetry {

namespace metrics = opentelemetry::proto::metrics::v1;
namespace logs = opentelemetry::proto::logs::v1;

namespace {

Temporality temporalityFrom(metrics::AggregationTemporality wire)
{
    switch (wire) {
    case metrics::AGGREGATION_TEMPORALITY_DELTA:
        return Temporality::Delta;
    case metrics::AGGREGATION_TEMPORALITY_CUMULATIVE:
        return Temporality::Cumulative;
    default:
        return Temporality::Unspecified;
    }
}

template<typename Point>
bool hasNoValue(const Point &point)
{
    return (point.flags() & metrics::DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK) != 0;
}

/// Points of one metric, as they come.
class MetricReader
{
public:
    MetricReader(domain::WallTime arrival, const OtlpLimits &limits)
        : m_arrival(arrival)
        , m_limits(limits)
        , m_values(limits)
    {
    }

    /// Calls @p take with each point.
    template<typename Take>
    void read(const metrics::Metric &metric, Take take)
    {
        MetricPoint frame;
        frame.name = m_values.text(metric.name());
        frame.unit = m_values.text(metric.unit());
        m_frameCut = m_values.takeCut();
        switch (metric.data_case()) {
        case metrics::Metric::kGauge:
            frame.kind = MetricKind::Gauge;
            return each(metric.gauge(), frame, take);
        case metrics::Metric::kSum:
            frame.kind = MetricKind::Sum;
            frame.monotonic = metric.sum().is_monotonic();
            frame.temporality = temporalityFrom(metric.sum().aggregation_temporality());
            return each(metric.sum(), frame, take);
        case metrics::Metric::kHistogram:
            frame.kind = MetricKind::Histogram;
            frame.temporality = temporalityFrom(metric.histogram().aggregation_temporality());
            return each(metric.histogram(), frame, take);
        case metrics::Metric::kExponentialHistogram:
            frame.kind = MetricKind::ExponentialHistogram;
            frame.temporality = temporalityFrom(metric.exponential_histogram().aggregation_temporality());
            return each(metric.exponential_histogram(), frame, take);
        case metrics::Metric::kSummary:
            frame.kind = MetricKind::Summary;
            return each(metric.summary(), frame, take);
        case metrics::Metric::DATA_NOT_SET:
            return;
        }
    }

private:
    template<typename Data, typename Take>
    void each(const Data &data, const MetricPoint &frame, Take &take)
    {
        for (const auto &wire : data.data_points()) {
            take([&] {
                MetricPoint point = frame;
                point.at = domain::fromUnixNano(wire.time_unix_nano()).value_or(m_arrival);
                point.nanos = static_cast<int>(wire.time_unix_nano() % 1'000'000);
                point.since = domain::fromUnixNano(wire.start_time_unix_nano());
                point.attributes = m_values.attributes(wire.attributes());
                point.cut = m_values.takeCut() || m_frameCut;
                if (!hasNoValue(wire))
                    fill(point, wire);
                return point;
            });
        }
    }

    static void fill(MetricPoint &point, const metrics::NumberDataPoint &wire)
    {
        if (wire.value_case() == metrics::NumberDataPoint::kAsDouble)
            point.value = wire.as_double();
        else if (wire.value_case() == metrics::NumberDataPoint::kAsInt)
            point.value = static_cast<double>(wire.as_int());
    }

    /// What the two kinds of histogram share.
    template<typename Wire>
    static Distribution totals(const Wire &wire)
    {
        Distribution result;
        result.count = wire.count();
        if (wire.has_sum())
            result.sum = wire.sum();
        if (wire.has_min())
            result.min = wire.min();
        if (wire.has_max())
            result.max = wire.max();
        return result;
    }

    void fill(MetricPoint &point, const metrics::HistogramDataPoint &wire) const
    {
        Distribution result = totals(wire);
        const int bounds = wire.explicit_bounds_size();
        if (wire.bucket_counts_size() > m_limits.steps) {
            point.cut = true;
        } else if (wire.bucket_counts_size() == bounds + 1) { // anything else cannot be told apart
            for (int i = 0; i <= bounds; ++i) {
                const double upper = i < bounds ? wire.explicit_bounds(i) : std::numeric_limits<double>::infinity();
                result.steps.push_back({upper, static_cast<double>(wire.bucket_counts(i))});
            }
        }
        point.distribution = std::move(result);
    }

    void fill(MetricPoint &point, const metrics::ExponentialHistogramDataPoint &wire) const
    {
        Distribution result = totals(wire);
        const int below = wire.negative().bucket_counts_size();
        const int above = wire.positive().bucket_counts_size();
        if (below > m_limits.steps || above > m_limits.steps || below + above + 1 > m_limits.steps) {
            point.cut = true;
        } else {
            // Bucket i spans (base^i, base^(i+1)], where base is 2^(2^-scale). Beyond a scale of +-1,000 the power is 0
            // or infinite anyway, and the least of all cannot be negated.
            const double exponent = std::ldexp(1.0, -std::clamp(wire.scale(), -1000, 1000));
            const auto bound = [exponent](qint64 index) { return std::exp2(static_cast<double>(index) * exponent); };
            for (int i = below - 1; i >= 0; --i)
                result.steps.push_back({-bound(qint64(wire.negative().offset()) + i),
                                        static_cast<double>(wire.negative().bucket_counts(i))});
            if (wire.zero_count() > 0)
                result.steps.push_back({wire.zero_threshold(), static_cast<double>(wire.zero_count())});
            for (int i = 0; i < above; ++i)
                result.steps.push_back({bound(qint64(wire.positive().offset()) + i + 1),
                                        static_cast<double>(wire.positive().bucket_counts(i))});
        }
        point.distribution = std::move(result);
    }

    void fill(MetricPoint &point, const metrics::SummaryDataPoint &wire) const
    {
        Distribution result;
        result.count = wire.count();
        result.sum = wire.sum();
        if (wire.quantile_values_size() > m_limits.steps) {
            point.cut = true;
        } else {
            for (const auto &quantile : wire.quantile_values())
                result.steps.push_back({quantile.quantile(), quantile.value()});
        }
        point.distribution = std::move(result);
    }

    domain::WallTime m_arrival;
    const OtlpLimits &m_limits;
    ValueReader m_values;
    bool m_frameCut = false;
};

LogLine lineFrom(const logs::LogRecord &wire, const QString &scope, domain::WallTime arrival, ValueReader &values)
{
    LogLine line;
    const auto observed = domain::fromUnixNano(wire.observed_time_unix_nano());
    line.at = domain::fromUnixNano(wire.time_unix_nano()).value_or(observed.value_or(arrival));
    line.severity = static_cast<int>(wire.severity_number());
    line.severityText = values.text(wire.severity_text());
    line.text = values.text(wire.body());
    line.scope = scope;
    line.attributes = values.attributes(wire.attributes());
    line.cut = values.takeCut();
    return line;
}

/// Sorts records by resource and counts those that are too many.
template<typename Record>
class Collector
{
public:
    explicit Collector(const OtlpLimits &limits)
        : m_limits(limits)
    {
    }

    void beginResource(const QString &instanceId)
    {
        m_instanceId = instanceId;
        m_begun = false;
    }

    /// @p make is called only for a record that is wanted.
    template<typename Make>
    void take(Make make)
    {
        if (m_taken == m_limits.records) {
            ++m_result.refused.overLimit;
        } else {
            if (!std::exchange(m_begun, true))
                m_result.batches.push_back({{}, {}, m_instanceId});
            m_result.batches.back().records.push_back(make());
            ++m_taken;
        }
    }
    [[nodiscard]] Decoded<Record> result() { return std::move(m_result); }

private:
    const OtlpLimits &m_limits;
    Decoded<Record> m_result;
    QString m_instanceId;
    qsizetype m_taken = 0;
    bool m_begun = false;
};

/// OTLP's JSON is protobuf's but for trace and span ids, which are hex: they are not kept, and read as anything.
std::optional<proto::ParseFailure> parsed(QByteArrayView body, Encoding encoding, google::protobuf::Message &request,
                                          const OtlpLimits &limits)
{
    return encoding == Encoding::Json ? proto::parseJson(body, request, limits.fields)
                                      : proto::parse(body, request, limits.fields);
}

OtlpFailure failureFrom(proto::ParseFailure failure)
{
    return failure == proto::ParseFailure::TooManyFields ? OtlpFailure::TooManyFields : OtlpFailure::Malformed;
}

} // namespace

domain::Result<Decoded<MetricPoint>, OtlpFailure> decodeMetrics(QByteArrayView body, domain::WallTime arrival,
                                                                const OtlpLimits &limits, Encoding encoding)
{
    opentelemetry::proto::collector::metrics::v1::ExportMetricsServiceRequest request;
    if (const auto failure = parsed(body, encoding, request, limits))
        return domain::unexpected(failureFrom(*failure));
    Collector<MetricPoint> collector(limits);
    MetricReader reader(arrival, limits);
    for (const metrics::ResourceMetrics &resource : request.resource_metrics()) {
        collector.beginResource(instanceIdOf(resource.resource().attributes()));
        for (const metrics::ScopeMetrics &scope : resource.scope_metrics()) {
            for (const metrics::Metric &metric : scope.metrics())
                reader.read(metric, [&](const auto &make) { collector.take(make); });
        }
    }
    return collector.result();
}

domain::Result<Decoded<LogLine>, OtlpFailure> decodeLogs(QByteArrayView body, domain::WallTime arrival,
                                                         const OtlpLimits &limits, Encoding encoding)
{
    opentelemetry::proto::collector::logs::v1::ExportLogsServiceRequest request;
    if (const auto failure = parsed(body, encoding, request, limits))
        return domain::unexpected(failureFrom(*failure));
    Collector<LogLine> collector(limits);
    ValueReader values(limits);
    for (const logs::ResourceLogs &resource : request.resource_logs()) {
        collector.beginResource(instanceIdOf(resource.resource().attributes()));
        for (const logs::ScopeLogs &scope : resource.scope_logs()) {
            const QString scopeName = values.text(scope.scope().name());
            (void)values.takeCut(); // a scope's name is not the line's
            for (const logs::LogRecord &record : scope.log_records())
                collector.take([&] { return lineFrom(record, scopeName, arrival, values); });
        }
    }
    return collector.result();
}

} // namespace flowgate::telemetry
