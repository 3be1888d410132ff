// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/attributes.h"
#include "domain/ids.h"
#include "domain/time.h"

#include <optional>
#include <vector>

namespace flowgate::telemetry {

enum class MetricKind { Gauge, Sum, Histogram, ExponentialHistogram, Summary };
enum class Temporality { Unspecified, Delta, Cumulative };

/// One step of a histogram, or one quantile of a summary.
struct DistributionStep
{
    double at = 0;    ///< upper bound, infinity for the last one; or the quantile, 0 to 1
    double value = 0; ///< how many fell in; or the value at the quantile

    friend bool operator==(const DistributionStep &, const DistributionStep &) = default;
};

/// What a point says that stands for many measurements. An exponential histogram has its buckets as steps too.
struct Distribution
{
    quint64 count = 0;
    std::optional<double> sum;
    std::optional<double> min;
    std::optional<double> max;
    std::vector<DistributionStep> steps;

    friend bool operator==(const Distribution &, const Distribution &) = default;
};

/// One point of one metric of a gateway's own.
struct MetricPoint
{
    QString name;
    QString unit; ///< UCUM as sent, e.g. "By", "{datapoints}"
    MetricKind kind = MetricKind::Gauge;
    Temporality temporality = Temporality::Unspecified;
    bool monotonic = false;
    domain::Attributes attributes;
    domain::WallTime at{}; ///< the point's own time; of arrival where it has none
    int nanos = 0; ///< what the time has beyond `at`, 0 to 999,999 ns; without it two points of a series look like one
    std::optional<domain::WallTime> since;    ///< from when a sum or distribution counts
    std::optional<double> value;              ///< Gauge and Sum; absent where "no value recorded" was sent
    std::optional<Distribution> distribution; ///< the other kinds; absent likewise
    bool cut = false;                         ///< texts, attributes or steps were over the limits

    friend bool operator==(const MetricPoint &, const MetricPoint &) = default;
};

/// One log line of a gateway's own.
struct LogLine
{
    domain::WallTime at{}; ///< when it happened, else when it was read, else of arrival
    int severity = 0;      ///< SeverityNumber of OTLP: 9 info, 13 warning, 17 error; 0 not said; others as sent
    QString severityText;  ///< e.g. "info"
    QString text;          ///< the body; a structured one as JSON
    QString scope;         ///< name of the part that wrote it
    domain::Attributes attributes;
    bool cut = false; ///< text or attributes were over the limits

    friend bool operator==(const LogLine &, const LogLine &) = default;
};

/// Records of one gateway out of one request, in the order sent; never empty.
template<typename Record>
struct Batch
{
    domain::GatewayId gateway; ///< whose they are; empty until OtlpReceiver::deliver() found that out
    std::vector<Record> records;
    QString instanceId{}; ///< the resource's service.instance.id, 256 characters at most; empty: it has none

    friend bool operator==(const Batch &, const Batch &) = default;
};
using MetricBatch = Batch<MetricPoint>;
using LogBatch = Batch<LogLine>;

} // namespace flowgate::telemetry
