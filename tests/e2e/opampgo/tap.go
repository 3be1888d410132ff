// SPDX-License-Identifier: GPL-3.0-or-later

package main

import (
	"bufio"
	"compress/gzip"
	"context"
	"crypto/tls"
	"encoding/binary"
	"encoding/hex"
	"io"
	"net"
	"net/http"

	"github.com/gorilla/websocket"
	"github.com/open-telemetry/opamp-go/protobufs"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// opamp-go does not hand out the server's capabilities and flags, so a copy of what the server sends is read here,
// under the library and above TLS. The connection itself is not touched.
func tapConnections(config *tls.Config, out *printer) {
	plain := func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
		if err != nil {
			return nil, err
		}
		return tap(conn, out), nil
	}
	secure := func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := (&tls.Dialer{Config: config}).DialContext(ctx, network, address)
		if err != nil {
			return nil, err
		}
		return tap(conn, out), nil
	}
	// The library copies these two; it has no other way in.
	websocket.DefaultDialer.NetDialContext = plain
	websocket.DefaultDialer.NetDialTLSContext = secure
	transport := http.DefaultTransport.(*http.Transport)
	transport.DialContext = plain
	transport.DialTLSContext = secure
}

type tapped struct {
	net.Conn
	copy *io.PipeWriter
}

func tap(conn net.Conn, out *printer) net.Conn {
	reader, writer := io.Pipe()
	go func() {
		err := read(bufio.NewReader(reader), out)
		// Whatever could not be read (compressed frames, a broken answer) must not stop the library.
		out.event("tap_ended", map[string]any{"reason": err.Error()})
		_, _ = io.Copy(io.Discard, reader)
	}()
	return &tapped{conn, writer}
}

func (t *tapped) Read(b []byte) (int, error) {
	n, err := t.Conn.Read(b)
	_, _ = t.copy.Write(b[:n])
	if err != nil {
		_ = t.copy.CloseWithError(err)
	}
	return n, err
}

func (t *tapped) Close() error {
	_ = t.copy.Close()
	return t.Conn.Close()
}

// read prints each message in a stream of HTTP responses, or of WebSocket frames after a 101.
func read(r *bufio.Reader, out *printer) error {
	for {
		response, err := http.ReadResponse(r, nil)
		if err != nil {
			return err
		}
		if response.StatusCode == http.StatusSwitchingProtocols {
			return readFrames(r, out)
		}
		body := io.Reader(response.Body)
		if response.Header.Get("Content-Encoding") == "gzip" {
			if body, err = gzip.NewReader(response.Body); err != nil {
				return err
			}
		}
		message, err := io.ReadAll(body)
		if err != nil {
			return err
		}
		_, _ = io.Copy(io.Discard, response.Body)
		if response.StatusCode != http.StatusOK {
			out.event("http_status", map[string]any{"status": response.StatusCode,
				"retry_after": response.Header.Get("Retry-After")})
			continue
		}
		print(message, response.Header.Get("Content-Type"), out)
	}
}

// readFrames reads a server's frames (RFC 6455: never masked).
func readFrames(r *bufio.Reader, out *printer) error {
	var message []byte
	for {
		var head [2]byte
		if _, err := io.ReadFull(r, head[:]); err != nil {
			return err
		}
		length := uint64(head[1] & 0x7f)
		var extended [8]byte
		switch length {
		case 126:
			if _, err := io.ReadFull(r, extended[6:]); err != nil {
				return err
			}
			length = binary.BigEndian.Uint64(extended[:])
		case 127:
			if _, err := io.ReadFull(r, extended[:]); err != nil {
				return err
			}
			length = binary.BigEndian.Uint64(extended[:])
		}
		payload := make([]byte, length)
		if _, err := io.ReadFull(r, payload); err != nil {
			return err
		}
		switch opcode := head[0] & 0x0f; opcode {
		case websocket.CloseMessage:
			code := uint16(websocket.CloseNoStatusReceived)
			if len(payload) >= 2 {
				code = binary.BigEndian.Uint16(payload)
			}
			out.event("close_frame", map[string]any{"code": code})
		case websocket.PingMessage, websocket.PongMessage:
		default: // binary, text (which print refuses to parse) or the rest of one
			message = append(message, payload...)
			if head[0]&0x80 != 0 {
				if _, n := binary.Uvarint(message); n > 0 {
					print(message[n:], "ws", out)
				}
				message = nil
			}
		}
	}
}

func print(message []byte, contentType string, out *printer) {
	var m protobufs.ServerToAgent
	if err := proto.Unmarshal(message, &m); err != nil {
		out.event("undecodable", map[string]any{"error": err.Error()})
		return
	}
	fields := []string{}
	m.ProtoReflect().Range(func(field protoreflect.FieldDescriptor, _ protoreflect.Value) bool {
		fields = append(fields, string(field.Name()))
		return true
	})
	out.event("server_to_agent", map[string]any{"instance_uid": hex.EncodeToString(m.InstanceUid),
		"capabilities": m.Capabilities, "flags": m.Flags, "fields": fields, "content_type": contentType})
	if s := m.ConnectionSettings; s != nil {
		out.event("connection_settings", map[string]any{"hash": hex.EncodeToString(s.Hash),
			"opamp": opampOffer(s.Opamp), "own_metrics": telemetryOffer(s.OwnMetrics),
			"own_logs": telemetryOffer(s.OwnLogs), "own_traces": telemetryOffer(s.OwnTraces)})
	}
}

func opampOffer(s *protobufs.OpAMPConnectionSettings) any {
	if s == nil {
		return nil
	}
	return map[string]any{"endpoint": s.DestinationEndpoint, "headers": headers(s.Headers),
		"heartbeat_s": s.HeartbeatIntervalSeconds}
}

func telemetryOffer(s *protobufs.TelemetryConnectionSettings) any {
	if s == nil {
		return nil
	}
	return map[string]any{"endpoint": s.DestinationEndpoint, "headers": headers(s.Headers)}
}

func headers(h *protobufs.Headers) map[string]string {
	all := map[string]string{}
	for _, header := range h.GetHeaders() {
		all[header.Key] = header.Value
	}
	return all
}
