// SPDX-License-Identifier: GPL-3.0-or-later

package main

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"log"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/open-telemetry/opamp-go/client"
	"github.com/open-telemetry/opamp-go/client/types"
	"github.com/open-telemetry/opamp-go/protobufs"
)

const capabilities = protobufs.AgentCapabilities_AgentCapabilities_ReportsStatus |
	protobufs.AgentCapabilities_AgentCapabilities_AcceptsRemoteConfig |
	protobufs.AgentCapabilities_AgentCapabilities_ReportsEffectiveConfig |
	protobufs.AgentCapabilities_AgentCapabilities_ReportsRemoteConfig |
	protobufs.AgentCapabilities_AgentCapabilities_ReportsHealth |
	protobufs.AgentCapabilities_AgentCapabilities_ReportsOwnMetrics |
	protobufs.AgentCapabilities_AgentCapabilities_ReportsOwnLogs |
	protobufs.AgentCapabilities_AgentCapabilities_AcceptsOpAMPConnectionSettings |
	protobufs.AgentCapabilities_AgentCapabilities_AcceptsRestartCommand |
	protobufs.AgentCapabilities_AgentCapabilities_ReportsHeartbeat

// agent plays a gateway: it "runs" whatever config it is given and says so.
type agent struct {
	client    client.OpAMPClient
	transport string
	out       *printer

	mu          sync.Mutex
	description *protobufs.AgentDescription
	effective   *protobufs.AgentConfigMap
	outcome     string // applied, failed or silent
	reason      string
}

// stderrLog passes on what opamp-go complains about.
type stderrLog struct{}

func (stderrLog) Debugf(context.Context, string, ...any) {}
func (stderrLog) Errorf(_ context.Context, format string, v ...any) {
	log.New(os.Stderr, "opamp-go: ", log.Lmicroseconds).Printf(format, v...)
}

func newAgent(o options, out *printer) (*agent, error) {
	a := &agent{out: out, outcome: "applied", effective: &protobufs.AgentConfigMap{}}
	switch o.endpoint.Scheme {
	case "ws", "wss":
		a.transport, a.client = "ws", client.NewWebSocket(stderrLog{})
	case "http", "https":
		a.transport, a.client = "http", client.NewHTTP(stderrLog{})
	default:
		return nil, fmt.Errorf("scheme %q is not ws, wss, http or https", o.endpoint.Scheme)
	}
	host, _ := os.Hostname()
	a.description = &protobufs.AgentDescription{
		IdentifyingAttributes: []*protobufs.KeyValue{
			text("service.name", o.name), text("service.version", "0.23.0"),
			text("service.instance.id", hex.EncodeToString(o.uid[:])),
		},
		NonIdentifyingAttributes: []*protobufs.KeyValue{text("host.name", host), text("os.type", "linux")},
	}
	return a, nil
}

func text(key, value string) *protobufs.KeyValue {
	return &protobufs.KeyValue{Key: key, Value: &protobufs.AnyValue{
		Value: &protobufs.AnyValue_StringValue{StringValue: value}}}
}

func (a *agent) start(o options) error {
	if err := a.client.SetAgentDescription(a.description); err != nil {
		return err
	}
	if err := a.client.SetHealth(healthy()); err != nil {
		return err
	}
	// After the health: the library refuses ReportsHealth without one.
	c := capabilities
	if err := a.client.SetCapabilities(&c); err != nil {
		return err
	}
	return a.client.Start(context.Background(), types.StartSettings{
		OpAMPServerURL:    o.endpoint.String(),
		Header:            o.header,
		InstanceUid:       o.uid,
		EnableCompression: o.compress,
		HeartbeatInterval: &o.heartbeat,
		Callbacks: types.Callbacks{
			OnConnect: func(context.Context) { a.out.event("connected", nil) },
			OnConnectFailed: func(_ context.Context, err error) {
				a.out.event("connect_failed", map[string]any{"error": err.Error()})
			},
			OnError: func(_ context.Context, err *protobufs.ServerErrorResponse) {
				a.out.event("server_error", map[string]any{"type": err.Type.String(), "message": err.ErrorMessage})
			},
			OnMessage: a.onMessage,
			OnCommand: a.onCommand,
			OnOpampConnectionSettings: func(context.Context, *protobufs.OpAMPConnectionSettings) error {
				return nil // printed by the tap; this agent stays where it is
			},
			OnConnectionSettings: func(context.Context, *protobufs.ConnectionSettingsOffers) error { return nil },
			GetEffectiveConfig: func(context.Context) (*protobufs.EffectiveConfig, error) {
				a.mu.Lock()
				defer a.mu.Unlock()
				return &protobufs.EffectiveConfig{ConfigMap: a.effective}, nil
			},
		},
	})
}

func healthy() *protobufs.ComponentHealth {
	now := uint64(time.Now().UnixNano())
	return &protobufs.ComponentHealth{Healthy: true, Status: "StatusOK", StartTimeUnixNano: now, StatusTimeUnixNano: now,
		ComponentHealthMap: map[string]*protobufs.ComponentHealth{
			"pipeline:logs": {Healthy: true, Status: "StatusOK", StatusTimeUnixNano: now}}}
}

func (a *agent) onMessage(ctx context.Context, message *types.MessageData) {
	config := message.RemoteConfig
	if config == nil {
		return
	}
	files := map[string]string{}
	for name, file := range config.GetConfig().GetConfigMap() {
		files[name] = string(file.GetBody())
	}
	hash := hex.EncodeToString(config.ConfigHash)
	a.out.event("remote_config", map[string]any{"hash": hash, "files": files})

	a.mu.Lock()
	outcome, reason := a.outcome, a.reason
	if outcome == "applied" {
		a.effective = config.Config
	}
	a.mu.Unlock()
	status := &protobufs.RemoteConfigStatus{LastRemoteConfigHash: config.ConfigHash, ErrorMessage: reason}
	switch outcome {
	case "silent":
		return
	case "failed":
		status.Status = protobufs.RemoteConfigStatuses_RemoteConfigStatuses_FAILED
	default:
		status.Status = protobufs.RemoteConfigStatuses_RemoteConfigStatuses_APPLIED
		a.check(a.client.UpdateEffectiveConfig(ctx))
	}
	a.check(a.client.SetRemoteConfigStatus(status))
	a.out.event("status", map[string]any{"hash": hash, "status": outcome})
}

func (a *agent) onCommand(_ context.Context, command *protobufs.ServerToAgentCommand) error {
	a.out.event("command", map[string]any{"type": command.Type.String()})
	// A newer start time is the proof of a restart.
	return a.client.SetHealth(healthy())
}

func (a *agent) check(err error) {
	if err != nil {
		a.out.event("refused", map[string]any{"error": err.Error()})
	}
}

// command does one line of stdin.
func (a *agent) command(word, rest string) error {
	first, more, _ := strings.Cut(rest, " ")
	switch {
	case word == "":
		return nil
	case word == "next" && (first == "applied" || first == "failed" || first == "silent"):
		a.mu.Lock()
		a.outcome, a.reason = first, more
		a.mu.Unlock()
		return nil
	case word == "health" && first == "ok":
		return a.client.SetHealth(healthy())
	case word == "health" && first == "bad":
		return a.client.SetHealth(&protobufs.ComponentHealth{Healthy: false, LastError: more})
	case word == "attribute":
		key, value, ok := strings.Cut(rest, "=")
		if !ok {
			return errors.New("want KEY=VALUE")
		}
		return a.setAttribute(key, value)
	}
	return errors.New("not a command")
}

func (a *agent) setAttribute(key, value string) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	// opamp-go keeps the description it was given: a changed one must be another object.
	next := &protobufs.AgentDescription{IdentifyingAttributes: a.description.IdentifyingAttributes}
	for _, old := range a.description.NonIdentifyingAttributes {
		if old.Key != key {
			next.NonIdentifyingAttributes = append(next.NonIdentifyingAttributes, old)
		}
	}
	next.NonIdentifyingAttributes = append(next.NonIdentifyingAttributes, text(key, value))
	a.description = next
	return a.client.SetAgentDescription(next)
}
