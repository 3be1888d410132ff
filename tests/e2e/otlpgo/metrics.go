// SPDX-License-Identifier: GPL-3.0-or-later

package main

import (
	"context"
	"math"
	"slices"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlpmetric/otlpmetrichttp"
	"go.opentelemetry.io/otel/metric"
	sdk "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
)

// point is one point as it went out, in the words of `flowgatectl gateways metrics --json`.
type point struct {
	Name        string            `json:"name"`
	Unit        string            `json:"unit"`
	Kind        string            `json:"kind"`
	Temporality *string           `json:"temporality"`
	Monotonic   bool              `json:"monotonic"`
	Attributes  map[string]string `json:"attributes"`
	AtMs        int64             `json:"at_ms"`
	StartMs     int64             `json:"start_ms,omitempty"`
	Value       *float64          `json:"value,omitempty"`
	Count       *uint64           `json:"count,omitempty"`
	Sum         *float64          `json:"sum,omitempty"`
	Min         *float64          `json:"min,omitempty"`
	Max         *float64          `json:"max,omitempty"`
	Steps       [][2]any          `json:"steps,omitempty"`
	Buckets     []uint64          `json:"buckets,omitempty"`
}

// telling is an exporter that writes down what goes out.
type telling struct {
	sdk.Exporter
	out *sent
}

func (t telling) Export(ctx context.Context, data *metricdata.ResourceMetrics) error {
	for _, scope := range data.ScopeMetrics {
		for _, one := range scope.Metrics {
			t.out.Metrics = append(t.out.Metrics, pointsOf(one)...)
		}
	}
	return t.Exporter.Export(ctx, data)
}

func pointsOf(of metricdata.Metrics) []point {
	frame := point{Name: of.Name, Unit: of.Unit}
	switch data := of.Data.(type) {
	case metricdata.Gauge[int64]:
		return numbers(frame, "gauge", data.DataPoints)
	case metricdata.Gauge[float64]:
		return numbers(frame, "gauge", data.DataPoints)
	case metricdata.Sum[int64]:
		frame.Temporality, frame.Monotonic = word(data.Temporality), data.IsMonotonic
		return numbers(frame, "sum", data.DataPoints)
	case metricdata.Sum[float64]:
		frame.Temporality, frame.Monotonic = word(data.Temporality), data.IsMonotonic
		return numbers(frame, "sum", data.DataPoints)
	case metricdata.Histogram[int64]:
		frame.Temporality = word(data.Temporality)
		return histograms(frame, data.DataPoints)
	case metricdata.Histogram[float64]:
		frame.Temporality = word(data.Temporality)
		return histograms(frame, data.DataPoints)
	case metricdata.ExponentialHistogram[int64]:
		frame.Temporality = word(data.Temporality)
		return exponentials(frame, data.DataPoints)
	case metricdata.ExponentialHistogram[float64]:
		frame.Temporality = word(data.Temporality)
		return exponentials(frame, data.DataPoints)
	case metricdata.Summary:
		return summaries(frame, data.DataPoints)
	}
	panic("a kind of metric that this program does not know: " + of.Name)
}

func word(temporality metricdata.Temporality) *string {
	text := "cumulative"
	if temporality == metricdata.DeltaTemporality {
		text = "delta"
	}
	return &text
}

func (p point) at(attributes attribute.Set, start, at time.Time) point {
	p.Attributes = map[string]string{}
	for _, one := range attributes.ToSlice() {
		p.Attributes[string(one.Key)] = one.Value.Emit()
	}
	p.AtMs = at.UnixMilli()
	if !start.IsZero() {
		p.StartMs = start.UnixMilli()
	}
	return p
}

func (p point) totals(count uint64, sum float64) point {
	p.Count, p.Sum = &count, &sum
	return p
}

func extreme[N int64 | float64](of metricdata.Extrema[N]) *float64 {
	value, said := of.Value()
	if !said {
		return nil
	}
	number := float64(value)
	return &number
}

func numbers[N int64 | float64](frame point, kind string, data []metricdata.DataPoint[N]) (result []point) {
	frame.Kind = kind
	for _, one := range data {
		said := frame.at(one.Attributes, one.StartTime, one.Time)
		value := float64(one.Value)
		said.Value = &value
		result = append(result, said)
	}
	return result
}

func histograms[N int64 | float64](frame point, data []metricdata.HistogramDataPoint[N]) (result []point) {
	frame.Kind = "histogram"
	for _, one := range data {
		said := frame.at(one.Attributes, one.StartTime, one.Time).totals(one.Count, float64(one.Sum))
		said.Min, said.Max = extreme(one.Min), extreme(one.Max)
		for i, count := range one.BucketCounts {
			upper := any("+Inf")
			if i < len(one.Bounds) {
				upper = one.Bounds[i]
			}
			said.Steps = append(said.Steps, [2]any{upper, count})
		}
		result = append(result, said)
	}
	return result
}

func exponentials[N int64 | float64](frame point, data []metricdata.ExponentialHistogramDataPoint[N]) (result []point) {
	frame.Kind = "exponential_histogram"
	for _, one := range data {
		said := frame.at(one.Attributes, one.StartTime, one.Time).totals(one.Count, float64(one.Sum))
		said.Min, said.Max = extreme(one.Min), extreme(one.Max)
		said.Buckets = slices.Clone(one.NegativeBucket.Counts)
		slices.Reverse(said.Buckets)
		if one.ZeroCount > 0 {
			said.Buckets = append(said.Buckets, one.ZeroCount)
		}
		said.Buckets = append(said.Buckets, one.PositiveBucket.Counts...)
		result = append(result, said)
	}
	return result
}

func summaries(frame point, data []metricdata.SummaryDataPoint) (result []point) {
	frame.Kind = "summary"
	for _, one := range data {
		said := frame.at(one.Attributes, one.StartTime, one.Time).totals(one.Count, one.Sum)
		for _, quantile := range one.QuantileValues {
			said.Steps = append(said.Steps, [2]any{quantile.Quantile, quantile.Value})
		}
		result = append(result, said)
	}
	return result
}

// deltas are for what only grows; a level that goes up and down is told as it stands.
func deltas(kind sdk.InstrumentKind) metricdata.Temporality {
	switch kind {
	case sdk.InstrumentKindCounter, sdk.InstrumentKindHistogram, sdk.InstrumentKindObservableCounter:
		return metricdata.DeltaTemporality
	}
	return metricdata.CumulativeTemporality
}

func sendMetrics(ctx context.Context, asked wish, out *sent) error {
	options := []otlpmetrichttp.Option{otlpmetrichttp.WithEndpointURL(asked.base + "/v1/metrics")}
	if asked.gzip {
		options = append(options, otlpmetrichttp.WithCompression(otlpmetrichttp.GzipCompression))
	}
	if asked.delta {
		options = append(options, otlpmetrichttp.WithTemporalitySelector(deltas))
	}
	client, err := otlpmetrichttp.New(ctx, options...)
	if err != nil {
		return err
	}
	exporter := telling{client, out}
	provider := sdk.NewMeterProvider(
		sdk.WithResource(asked.of),
		sdk.WithReader(sdk.NewPeriodicReader(exporter, sdk.WithInterval(time.Hour))),
		sdk.WithView(sdk.NewView(
			sdk.Instrument{Name: "stranger.exponential*"},
			sdk.Stream{Aggregation: sdk.AggregationBase2ExponentialHistogram{MaxSize: 40, MaxScale: 20}})))
	measure, err := instruments(provider.Meter("stranger"))
	if err != nil {
		return err
	}
	for range 2 {
		measure(ctx)
		out.failed(provider.ForceFlush(ctx))
	}
	// The SDK makes no summaries, but its exporter takes them: bridges from Prometheus do so.
	out.failed(exporter.Export(ctx, summary(asked)))
	out.failed(provider.Shutdown(ctx))
	return nil
}

// instruments makes one of each kind, of each type of number. What it returns measures with all of them.
func instruments(meter metric.Meter) (func(context.Context), error) {
	var failed []error
	note := func(err error) {
		if err != nil {
			failed = append(failed, err)
		}
	}
	counter, err := meter.Int64Counter("stranger.counter", metric.WithUnit("{things}"))
	note(err)
	amount, err := meter.Float64Counter("stranger.amount", metric.WithUnit("s"))
	note(err)
	level, err := meter.Int64UpDownCounter("stranger.level")
	note(err)
	balance, err := meter.Float64UpDownCounter("stranger.balance")
	note(err)
	whole, err := meter.Int64Histogram("stranger.histogram.int", metric.WithUnit("By"))
	note(err)
	explicit, err := meter.Float64Histogram("stranger.histogram", metric.WithUnit("ms"))
	note(err)
	exponential, err := meter.Float64Histogram("stranger.exponential", metric.WithUnit("By"))
	note(err)
	exponentialWhole, err := meter.Int64Histogram("stranger.exponential.int")
	note(err)
	setting, err := meter.Int64Gauge("stranger.setting")
	note(err)
	_, err = meter.Float64ObservableGauge("stranger.gauge",
		metric.WithFloat64Callback(func(_ context.Context, seen metric.Float64Observer) error {
			seen.Observe(-2.5, metric.WithAttributes(attribute.String("where", "häre")))
			return nil
		}))
	note(err)
	_, err = meter.Int64ObservableCounter("stranger.observed",
		metric.WithInt64Callback(func(_ context.Context, seen metric.Int64Observer) error {
			seen.Observe(1<<53 - 1)
			return nil
		}))
	note(err)
	_, err = meter.Int64ObservableUpDownCounter("stranger.observed.level",
		metric.WithInt64Callback(func(_ context.Context, seen metric.Int64Observer) error {
			seen.Observe(-7)
			return nil
		}))
	note(err)
	if len(failed) > 0 {
		return nil, failed[0]
	}
	return func(ctx context.Context) {
		for i := range int64(5) {
			kind := []string{"even", "odd"}[i%2]
			counter.Add(ctx, i+1, metric.WithAttributes(attribute.String("kind", kind), attribute.Bool("flag", true),
				attribute.Int("n", 3), attribute.Float64("share", 0.25), attribute.StringSlice("list", []string{"a", "b"})))
			amount.Add(ctx, float64(i)/8)
			level.Add(ctx, -i)
			balance.Add(ctx, 0.5-float64(i))
			whole.Record(ctx, i*1000)
			explicit.Record(ctx, float64(i)*30.5)
			exponential.Record(ctx, (float64(i)-2)*math.Pow(2, float64(i))) // below zero, zero and above
			exponentialWhole.Record(ctx, 3*i)
			setting.Record(ctx, 40+i)
		}
	}, nil
}

func summary(asked wish) *metricdata.ResourceMetrics {
	now := time.Now()
	return &metricdata.ResourceMetrics{Resource: asked.of, ScopeMetrics: []metricdata.ScopeMetrics{{
		Metrics: []metricdata.Metrics{{Name: "stranger.summary", Unit: "s", Data: metricdata.Summary{
			DataPoints: []metricdata.SummaryDataPoint{{
				Attributes: attribute.NewSet(attribute.String("of", "bridge")),
				StartTime:  now.Add(-time.Minute), Time: now, Count: 9, Sum: 4.5,
				QuantileValues: []metricdata.QuantileValue{{Quantile: 0.5, Value: 0.25}, {Quantile: 1, Value: 2}},
			}},
		}}},
	}}}
}
