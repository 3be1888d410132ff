# SPDX-License-Identifier: GPL-3.0-or-later
"""Sends metrics of every kind and log lines with the OpenTelemetry SDK, as a gateway; prints what it sent as JSON.

usage: sdk_client.py BASE_URL INSTANCE_ID {gzip|none} {cumulative|delta}
"""
import json
import logging
import sys

from opentelemetry.exporter.otlp.proto.http import Compression
from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter
from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.metrics import Observation
from opentelemetry.sdk._logs import LoggerProvider, LoggingHandler
from opentelemetry.sdk._logs.export import SimpleLogRecordProcessor
from opentelemetry.sdk.metrics import Counter, Histogram, MeterProvider, ObservableCounter
from opentelemetry.sdk.metrics.export import AggregationTemporality, PeriodicExportingMetricReader
from opentelemetry.sdk.metrics.view import ExponentialBucketHistogramAggregation, View
from opentelemetry.sdk.resources import Resource

base, instance, packing, counting = sys.argv[1:]
resource = Resource({"service.name": "stranger", "service.instance.id": instance})
compression = Compression.Gzip if packing == "gzip" else Compression.NoCompression
temporality = AggregationTemporality.DELTA if counting == "delta" else AggregationTemporality.CUMULATIVE
sent = {"metrics": [], "failures": 0}


def number(value):
    return None if value is None else value if abs(value) != float("inf") else None


class Telling(OTLPMetricExporter):
    """Writes down what goes out."""

    def export(self, metrics_data, *args, **more):
        for of_resource in metrics_data.resource_metrics:
            for scope in of_resource.scope_metrics:
                for metric in scope.metrics:
                    for point in metric.data.data_points:
                        said = {"name": metric.name, "unit": metric.unit or "",
                                "attributes": {k: str(v).lower() if isinstance(v, bool) else str(v)
                                               for k, v in (point.attributes or {}).items()},
                                "at_ms": point.time_unix_nano // 1_000_000}
                        for field in ("value", "count", "sum", "min", "max"):
                            if hasattr(point, field):
                                said[field] = number(getattr(point, field))
                        if hasattr(point, "bucket_counts"):
                            said["buckets"] = list(point.bucket_counts)
                        elif hasattr(point, "positive"):
                            said["buckets"] = (list(reversed(point.negative.bucket_counts))
                                               + [point.zero_count] * (point.zero_count > 0)
                                               + list(point.positive.bucket_counts))
                        sent["metrics"].append(said)
        result = super().export(metrics_data, *args, **more)
        sent["failures"] += result.value != 0
        return result


exporter = Telling(endpoint=base + "/v1/metrics", compression=compression,
                   preferred_temporality={Counter: temporality, Histogram: temporality, ObservableCounter: temporality})
reader = PeriodicExportingMetricReader(exporter, export_interval_millis=3_600_000)
provider = MeterProvider(
    [reader], resource,
    views=[View(instrument_name="stranger.exponential", aggregation=ExponentialBucketHistogramAggregation())])
meter = provider.get_meter("stranger")
counter = meter.create_counter("stranger.counter", unit="{things}")
level = meter.create_up_down_counter("stranger.level")
explicit = meter.create_histogram("stranger.histogram", unit="ms")
exponential = meter.create_histogram("stranger.exponential", unit="By")
meter.create_observable_gauge("stranger.gauge", [lambda _: [Observation(-2.5, {"where": "h\u00e4re"})]])
meter.create_observable_counter("stranger.observed", [lambda _: [Observation(7)]])
for flush in range(2):
    for i in range(5):
        counter.add(i + 1, {"kind": "even" if i % 2 == 0 else "odd", "flag": True, "n": 3})
        level.add(-i)
        explicit.record(i * 30.5)
        exponential.record(2.0 ** i)
    if not provider.force_flush():
        sent["failures"] += 1
provider.shutdown()

log_provider = LoggerProvider(resource)
log_provider.add_log_record_processor(
    SimpleLogRecordProcessor(OTLPLogExporter(endpoint=base + "/v1/logs", compression=compression)))
logger = logging.getLogger("stranger")
logger.addHandler(LoggingHandler(logger_provider=log_provider))
logger.setLevel(logging.DEBUG)
lines = [("info", 9, "all is well"), ("warning", 13, "not so well: \u2620"), ("error", 17, "broken\nin two lines")]
for word, _, text in lines:
    getattr(logger, word)(text, extra={"component": "otlp"})
log_provider.shutdown()
sent["logs"] = [{"text": text, "severity_number": number} for _, number, text in lines]
print(json.dumps(sent))
