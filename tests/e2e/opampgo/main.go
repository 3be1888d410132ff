// SPDX-License-Identifier: GPL-3.0-or-later

// opampgo-client is an OpAMP agent on the opamp-go library, for end-to-end tests against a client that is not ours.
//
//	opampgo-client [options] ENDPOINT
//
// ENDPOINT's scheme picks the transport: ws and wss are WebSocket, http and https are plain HTTP.
// What happens is printed on stdout, one JSON object a line, each with "event":
//
//	started            instance_uid, transport
//	connected          (HTTP: each time a request succeeds)
//	connect_failed     error
//	server_to_agent    one message as it came over the wire: instance_uid, capabilities, flags, fields (names)
//	remote_config      hash, files {name: text}
//	status             hash, status: what was reported for it
//	command            type
//	connection_settings hash, opamp, own_metrics, own_logs, own_traces (endpoint, headers, heartbeat_s)
//	server_error       type, message
//	done               line: that command has taken effect
//	refused            line, error: that command has not
//	stopped            after "quit"; the library says goodbye by WebSocket only
//
// Commands on stdin, one a line; the end of stdin is "quit":
//
//	next applied | next failed TEXT | next silent   what comes of the configs that arrive from now on
//	health ok | health bad TEXT                     report this health now
//	attribute KEY=VALUE                             change a non-identifying attribute
//	quit                                            say goodbye and end
//
// Exit: 0 after a goodbye, 1 if the client could not start, 2 for wrong usage.
package main

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/open-telemetry/opamp-go/client/types"
)

// printer writes one JSON object a line; events come from several goroutines.
type printer struct {
	mu sync.Mutex
}

func (p *printer) event(name string, fields map[string]any) {
	line := map[string]any{"event": name, "at_ms": time.Now().UnixMilli()}
	for key, value := range fields {
		line[key] = value
	}
	text, err := json.Marshal(line)
	if err != nil {
		panic(err) // our own values always marshal
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	fmt.Printf("%s\n", text)
}

// headerFlag collects repeated -header "Name: value".
type headerFlag http.Header

func (h headerFlag) String() string { return "" }
func (h headerFlag) Set(text string) error {
	name, value, ok := strings.Cut(text, ":")
	if !ok {
		return errors.New("want Name: value")
	}
	http.Header(h).Add(strings.TrimSpace(name), strings.TrimSpace(value))
	return nil
}

type options struct {
	endpoint  *url.URL
	uid       types.InstanceUid
	name      string
	header    http.Header
	tls       *tls.Config
	heartbeat time.Duration
	compress  bool
}

func parse() (options, error) {
	o := options{header: http.Header{}}
	uid := flag.String("uid", "", "instance uid as a UUID; a new one if empty")
	ca := flag.String("ca", "", "PEM file of the CA to trust")
	insecure := flag.Bool("insecure", false, "do not verify the server's certificate")
	flag.StringVar(&o.name, "name", "opampgo", "service.name that is reported")
	flag.DurationVar(&o.heartbeat, "heartbeat", 30*time.Second, "heartbeat, and with HTTP the polling interval")
	flag.BoolVar(&o.compress, "compress", false, "offer compression (WebSocket), gzip requests (HTTP)")
	flag.Var(headerFlag(o.header), "header", `request header "Name: value"; repeatable`)
	flag.Parse()
	if flag.NArg() != 1 {
		return o, errors.New("want one ENDPOINT")
	}
	var err error
	if o.endpoint, err = url.Parse(flag.Arg(0)); err != nil {
		return o, err
	}
	id := uuid.Must(uuid.NewV7())
	if *uid != "" {
		if id, err = uuid.Parse(*uid); err != nil {
			return o, err
		}
	}
	o.uid = types.InstanceUid(id)
	o.tls = &tls.Config{MinVersion: tls.VersionTLS12, InsecureSkipVerify: *insecure}
	if *ca != "" {
		pem, err := os.ReadFile(*ca)
		if err != nil {
			return o, err
		}
		o.tls.RootCAs = x509.NewCertPool()
		if !o.tls.RootCAs.AppendCertsFromPEM(pem) {
			return o, fmt.Errorf("%s holds no certificate", *ca)
		}
	}
	return o, nil
}

func main() {
	o, err := parse()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		flag.Usage()
		os.Exit(2)
	}
	out := &printer{}
	tapConnections(o.tls, out)
	a, err := newAgent(o, out)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	out.event("started", map[string]any{"instance_uid": hex.EncodeToString(o.uid[:]), "transport": a.transport})
	if err := a.start(o); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		word, rest, _ := strings.Cut(strings.TrimSpace(lines.Text()), " ")
		if word == "quit" {
			break
		}
		if err := a.command(word, rest); err != nil {
			out.event("refused", map[string]any{"line": lines.Text(), "error": err.Error()})
		} else {
			out.event("done", map[string]any{"line": lines.Text()})
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := a.client.Stop(ctx); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	out.event("stopped", nil)
}
