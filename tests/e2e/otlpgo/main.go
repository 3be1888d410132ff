// SPDX-License-Identifier: GPL-3.0-or-later

// otlpgo-client sends metrics of every kind and log lines with OpenTelemetry's SDK of Go, as a gateway, and prints what
// it sent as JSON: what tests/e2e/otlp/sdk_client.py does with that of Python.
//
//	otlpgo-client BASE_URL INSTANCE_ID {gzip|none} {cumulative|delta}
//
// The JSON is {"failures": exports that failed, "metrics": [points], "logs": [lines]}. Times are Unix milliseconds.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/resource"
)

// sent is what went out, to be compared with what is kept.
type sent struct {
	Failures int     `json:"failures"`
	Metrics  []point `json:"metrics"`
	Logs     []line  `json:"logs"`
}

// wish is what the command line asks for.
type wish struct {
	base  string
	gzip  bool
	delta bool
	of    *resource.Resource
}

// failed counts an export that failed, or of which the answer says that not all was taken.
func (s *sent) failed(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		s.Failures++
	}
}

func run(asked wish) (sent, error) {
	var result sent
	// What fails in the background comes here, and not back from a call.
	otel.SetErrorHandler(otel.ErrorHandlerFunc(result.failed))
	ctx := context.Background()
	if err := sendMetrics(ctx, asked, &result); err != nil {
		return result, err
	}
	return result, sendLogs(ctx, asked, &result)
}

func main() {
	if len(os.Args) != 5 {
		fmt.Fprintln(os.Stderr, "usage: otlpgo-client BASE_URL INSTANCE_ID {gzip|none} {cumulative|delta}")
		os.Exit(2)
	}
	result, err := run(wish{
		base:  os.Args[1],
		gzip:  os.Args[3] == "gzip",
		delta: os.Args[4] == "delta",
		of: resource.NewSchemaless(
			attribute.String("service.name", "stranger"), attribute.String("service.instance.id", os.Args[2])),
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if err := json.NewEncoder(os.Stdout).Encode(result); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
