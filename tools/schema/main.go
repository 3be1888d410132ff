// SPDX-License-Identifier: GPL-3.0-or-later

// Command schema prints what the components of a Collector can be configured with, as JSON, read off their factories:
// kinds, types, signals, and for each key its kind of value and its default. resources/schema/collector.json is its
// output; tools/make-schema runs it.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime/debug"
	"strings"

	"github.com/open-telemetry/opentelemetry-collector-contrib/extension/opampextension"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/connector"
	"go.opentelemetry.io/collector/connector/forwardconnector"
	"go.opentelemetry.io/collector/exporter"
	"go.opentelemetry.io/collector/exporter/debugexporter"
	"go.opentelemetry.io/collector/exporter/nopexporter"
	"go.opentelemetry.io/collector/exporter/otlpexporter"
	"go.opentelemetry.io/collector/exporter/otlphttpexporter"
	"go.opentelemetry.io/collector/extension"
	"go.opentelemetry.io/collector/extension/zpagesextension"
	"go.opentelemetry.io/collector/processor"
	"go.opentelemetry.io/collector/processor/batchprocessor"
	"go.opentelemetry.io/collector/processor/memorylimiterprocessor"
	"go.opentelemetry.io/collector/receiver"
	"go.opentelemetry.io/collector/receiver/nopreceiver"
	"go.opentelemetry.io/collector/receiver/otlpreceiver"
	"go.opentelemetry.io/collector/service/telemetry/otelconftelemetry"
)

// Component is one component type of one kind.
type Component struct {
	// Signals are "logs", "metrics", "traces", "profiles"; for a connector pairs such as "logs-to-metrics"; none for
	// an extension.
	Signals   []string `json:"signals,omitempty"`
	Stability string   `json:"stability,omitempty"` // of the most stable signal
	Alias     string   `json:"alias_of,omitempty"`  // an older name of that type
	Config    *Value   `json:"config"`
}

// Schema is the whole file.
type Schema struct {
	Collector  string               `json:"collector"` // version
	Receivers  map[string]Component `json:"receivers"`
	Processors map[string]Component `json:"processors"`
	Exporters  map[string]Component `json:"exporters"`
	Connectors map[string]Component `json:"connectors"`
	Extensions map[string]Component `json:"extensions"`
	Telemetry  *Value               `json:"telemetry"` // service::telemetry
}

type levels struct {
	signal string
	level  component.StabilityLevel
}

func describe(factory component.Factory, signals []levels) Component {
	made := Component{Config: describeConfig(factory.CreateDefaultConfig())}
	best := component.StabilityLevelUndefined
	for _, one := range signals {
		if one.level == component.StabilityLevelUndefined {
			continue
		}
		if one.signal != "" {
			made.Signals = append(made.Signals, one.signal)
		}
		if one.level > best {
			best = one.level
		}
	}
	if best != component.StabilityLevelUndefined {
		made.Stability = strings.ToLower(best.String())
	}
	return made
}

// add puts a component under its type, and under the older name that it still answers to.
func add(into map[string]Component, factory component.Factory, made Component) {
	name := factory.Type().String()
	into[name] = made
	if old, ok := factory.(interface{ DeprecatedAlias() component.Type }); ok {
		if alias := old.DeprecatedAlias().String(); alias != "" && alias != name {
			made.Alias = name
			into[alias] = made
		}
	}
}

func collectorVersion() string {
	info, _ := debug.ReadBuildInfo()
	for _, dependency := range info.Deps {
		if dependency.Path == "go.opentelemetry.io/collector/service" {
			return strings.TrimPrefix(dependency.Version, "v")
		}
	}
	return ""
}

func main() {
	schema := Schema{
		Collector:  collectorVersion(),
		Receivers:  map[string]Component{},
		Processors: map[string]Component{},
		Exporters:  map[string]Component{},
		Connectors: map[string]Component{},
		Extensions: map[string]Component{},
		Telemetry:  describeConfig(otelconftelemetry.NewFactory().CreateDefaultConfig()),
	}
	for _, f := range []receiver.Factory{otlpreceiver.NewFactory(), nopreceiver.NewFactory()} {
		add(schema.Receivers, f, describe(f, []levels{
			{"logs", f.LogsStability()}, {"metrics", f.MetricsStability()}, {"traces", f.TracesStability()}}))
	}
	for _, f := range []processor.Factory{batchprocessor.NewFactory(), memorylimiterprocessor.NewFactory()} {
		add(schema.Processors, f, describe(f, []levels{
			{"logs", f.LogsStability()}, {"metrics", f.MetricsStability()}, {"traces", f.TracesStability()}}))
	}
	for _, f := range []exporter.Factory{debugexporter.NewFactory(), nopexporter.NewFactory(),
		otlpexporter.NewFactory(), otlphttpexporter.NewFactory()} {
		add(schema.Exporters, f, describe(f, []levels{
			{"logs", f.LogsStability()}, {"metrics", f.MetricsStability()}, {"traces", f.TracesStability()}}))
	}
	for _, f := range []connector.Factory{forwardconnector.NewFactory()} {
		add(schema.Connectors, f, describe(f, []levels{
			{"logs-to-logs", f.LogsToLogsStability()}, {"logs-to-metrics", f.LogsToMetricsStability()},
			{"logs-to-traces", f.LogsToTracesStability()}, {"metrics-to-logs", f.MetricsToLogsStability()},
			{"metrics-to-metrics", f.MetricsToMetricsStability()}, {"metrics-to-traces", f.MetricsToTracesStability()},
			{"traces-to-logs", f.TracesToLogsStability()}, {"traces-to-metrics", f.TracesToMetricsStability()},
			{"traces-to-traces", f.TracesToTracesStability()}}))
	}
	for _, f := range []extension.Factory{opampextension.NewFactory(), zpagesextension.NewFactory()} {
		add(schema.Extensions, f, describe(f, []levels{{"", f.Stability()}}))
	}
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	out.SetIndent("", " ")
	if err := out.Encode(schema); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
