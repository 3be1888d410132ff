// SPDX-License-Identifier: GPL-3.0-or-later

package main

import (
	"context"
	"time"

	"go.opentelemetry.io/otel/exporters/otlp/otlplog/otlploghttp"
	"go.opentelemetry.io/otel/log"
	sdk "go.opentelemetry.io/otel/sdk/log"
)

// line is one line as it went out, in the words of `flowgatectl gateways logs --json`.
type line struct {
	Text       string            `json:"text"`
	Number     int               `json:"severity_number"`
	Severity   string            `json:"severity"`
	Scope      string            `json:"scope"`
	Attributes map[string]string `json:"attributes"`
	AtMs       int64             `json:"at_ms"`
}

func sendLogs(ctx context.Context, asked wish, out *sent) error {
	options := []otlploghttp.Option{otlploghttp.WithEndpointURL(asked.base + "/v1/logs")}
	if asked.gzip {
		options = append(options, otlploghttp.WithCompression(otlploghttp.GzipCompression))
	}
	exporter, err := otlploghttp.New(ctx, options...)
	if err != nil {
		return err
	}
	provider := sdk.NewLoggerProvider(
		sdk.WithResource(asked.of), sdk.WithProcessor(sdk.NewBatchProcessor(exporter)))
	logger := provider.Logger("stranger/logs")
	say := func(severity log.Severity, body log.Value, text string) {
		at := time.Now()
		var record log.Record
		record.SetTimestamp(at)
		record.SetSeverity(severity)
		record.SetSeverityText(severity.String())
		record.SetBody(body)
		record.AddAttributes(log.String("component", "otlp"), log.Int("n", 3), log.Bool("flag", true))
		logger.Emit(ctx, record)
		out.Logs = append(out.Logs, line{
			Text: text, Number: int(severity), Severity: severity.String(), Scope: "stranger/logs", AtMs: at.UnixMilli(),
			Attributes: map[string]string{"component": "otlp", "n": "3", "flag": "true"}})
	}
	for _, one := range []struct {
		severity log.Severity
		text     string
	}{
		{log.SeverityTrace1, "step by step"},
		{log.SeverityInfo, "all is well"},
		{log.SeverityWarn, "not so well: ☠"},
		{log.SeverityError, "broken\nin two lines"},
		{log.SeverityFatal4, ""},
	} {
		say(one.severity, log.StringValue(one.text), one.text)
	}
	say(log.SeverityInfo2, log.MapValue(log.String("what", "built"), log.Bool("whole", true)),
		`{"what":"built","whole":true}`)
	say(log.SeverityDebug, log.Int64Value(1<<53+1), "9007199254740993")
	out.failed(provider.Shutdown(ctx))
	return nil
}
