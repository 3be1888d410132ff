// SPDX-License-Identifier: GPL-3.0-or-later

package main

import (
	"encoding"
	"fmt"
	"reflect"
	"strings"
	"time"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/config/configopaque"
)

// Value describes what may stand under a key.
type Value struct {
	// Type is "map", "list", "string", "bool", "int", "uint", "float", "duration", "secret", "component" (the id of
	// one) or "any".
	Type    string            `json:"type"`
	Keys    map[string]*Value `json:"keys,omitempty"`     // of a map
	Open    bool              `json:"open,omitempty"`     // a map that takes other keys too
	Item    *Value            `json:"item,omitempty"`     // of a list, or of a map of any keys
	Words   []string          `json:"words,omitempty"`    // the only ones that a string may be
	Default string            `json:"default,omitempty"`  // as YAML's flow style writes it
	Switch  bool              `json:"optional,omitempty"` // a section that may be left out, or be null
}

// A configuration may hold itself; nothing real is as deep as this.
const deepest = 12

var (
	durationType  = reflect.TypeOf(time.Duration(0))
	secretType    = reflect.TypeOf(configopaque.String(""))
	componentType = reflect.TypeOf(component.ID{})
	textType      = reflect.TypeOf((*encoding.TextUnmarshaler)(nil)).Elem()
)

// candidates are words that some enumeration of the Collector takes. A type that takes every text, or none of these,
// is a plain string.
var candidates = []string{"none", "basic", "normal", "detailed", "gzip", "zstd", "snappy", "zlib", "deflate", "lz4",
	"x-snappy-framed", "tcp", "tcp4", "tcp6", "udp", "udp4", "udp6", "unix", "unixgram", "unixpacket", "ip", "ip4", "ip6",
	"requests", "items", "bytes", "debug", "info", "warn", "error", "dpanic", "panic", "fatal", "json", "proto", "console",
	"1.0", "1.1", "1.2", "1.3"}

func describeConfig(config component.Config) *Value {
	if config == nil {
		return &Value{Type: "map"}
	}
	return describeValue(reflect.TypeOf(config), reflect.ValueOf(config), 0)
}

func describeValue(t reflect.Type, v reflect.Value, depth int) *Value {
	if depth > deepest {
		return &Value{Type: "any"}
	}
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
		if v.IsValid() && !v.IsNil() {
			v = v.Elem()
		} else {
			v = reflect.Value{}
		}
	}
	switch {
	case strings.Contains(t.PkgPath(), "/contrib/otelconf"):
		// The declarative configuration of OpenTelemetry's SDKs: large, recursive, and not the Collector's own.
		return &Value{Type: "any"}
	case t == durationType:
		return withDefault(&Value{Type: "duration"}, v)
	case t == secretType:
		return &Value{Type: "secret"}
	case t == componentType:
		return &Value{Type: "component"}
	case isOptional(t):
		return describeOptional(t, v, depth)
	case reflect.PointerTo(t).Implements(textType) && t.Kind() != reflect.Struct:
		return withDefault(&Value{Type: "string", Words: wordsOf(t)}, v)
	case reflect.PointerTo(t).Implements(textType):
		return &Value{Type: "string", Words: wordsOf(t)}
	}
	switch t.Kind() {
	case reflect.Bool:
		return withDefault(&Value{Type: "bool"}, v)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return withDefault(&Value{Type: "int"}, v)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return withDefault(&Value{Type: "uint"}, v)
	case reflect.Float32, reflect.Float64:
		return withDefault(&Value{Type: "float"}, v)
	case reflect.String:
		return withDefault(&Value{Type: "string"}, v)
	case reflect.Slice, reflect.Array:
		if pairs := pairsOf(t); pairs != nil {
			return pairs
		}
		return &Value{Type: "list", Item: describeValue(t.Elem(), reflect.Value{}, depth+1)}
	case reflect.Map:
		return &Value{Type: "map", Item: describeValue(t.Elem(), reflect.Value{}, depth+1)}
	case reflect.Struct:
		return describeStruct(t, v, depth)
	}
	return &Value{Type: "any"}
}

func describeStruct(t reflect.Type, v reflect.Value, depth int) *Value {
	made := &Value{Type: "map", Keys: map[string]*Value{}}
	for i := range t.NumField() {
		field := t.Field(i)
		if !field.IsExported() {
			continue
		}
		name, options, _ := strings.Cut(field.Tag.Get("mapstructure"), ",")
		if name == "-" {
			continue
		}
		inner := reflect.Value{}
		if v.IsValid() {
			inner = v.Field(i)
		}
		switch {
		case strings.Contains(options, "squash"):
			part := describeValue(field.Type, inner, depth+1)
			for key, value := range part.Keys {
				made.Keys[key] = value
			}
			made.Open = made.Open || part.Open || part.Type == "any"
		case strings.Contains(options, "remain"):
			made.Open = true
		default:
			if name == "" {
				name = strings.ToLower(field.Name)
			}
			made.Keys[name] = describeValue(field.Type, inner, depth+1)
		}
	}
	return made
}

// A configoptional.Optional: its value is private, its Get gives a pointer to it.
func isOptional(t reflect.Type) bool {
	return t.Kind() == reflect.Struct && strings.HasSuffix(t.PkgPath(), "/config/configoptional")
}

func describeOptional(t reflect.Type, v reflect.Value, depth int) *Value {
	get, _ := reflect.PointerTo(t).MethodByName("Get")
	inner := reflect.Value{}
	if v.IsValid() {
		box := reflect.New(t)
		box.Elem().Set(v)
		// What applies once the section is there, even if it is not by default.
		if method := box.MethodByName("GetOrInsertDefault"); method.IsValid() {
			inner = method.Call(nil)[0]
		} else if got := get.Func.Call([]reflect.Value{box})[0]; !got.IsNil() {
			inner = got
		}
	}
	made := describeValue(get.Type.Out(0), inner, depth+1)
	made.Switch = true
	if made.Type == "map" && made.Keys != nil {
		made.Keys["enabled"] = &Value{Type: "bool"}
	}
	return made
}

// configopaque.MapList and its like: written as a map of names and values, or as a list of pairs.
func pairsOf(t reflect.Type) *Value {
	if t.PkgPath() == "" || t.Elem().Kind() != reflect.Struct || t.Name() != "MapList" {
		return nil
	}
	return &Value{Type: "map", Item: &Value{Type: "secret"}}
}

func wordsOf(t reflect.Type) []string {
	takes := func(text string) (ok bool) {
		defer func() {
			if recover() != nil {
				ok = false
			}
		}()
		return reflect.New(t).Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(text)) == nil
	}
	if takes("no-such-word-anywhere") {
		return nil
	}
	var words []string
	for _, word := range candidates {
		if takes(word) {
			words = append(words, word)
		}
	}
	return words
}

func withDefault(made *Value, v reflect.Value) *Value {
	if !v.IsValid() || v.IsZero() {
		return made
	}
	if text, ok := v.Interface().(encoding.TextMarshaler); ok {
		if bytes, err := text.MarshalText(); err == nil {
			made.Default = string(bytes)
		}
		return made
	}
	made.Default = fmt.Sprint(v.Interface())
	return made
}
