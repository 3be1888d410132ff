// SPDX-License-Identifier: GPL-3.0-or-later
#include "fleetsim/collectormodel.h"

#include <QRegularExpression>

#include <algorithm>

namespace flowgate::fleetsim {

namespace {

/// Defaults of a component, under its section and type. They go beneath what is configured.
struct Defaults
{
    const char *section;
    const char *type;
    const char *yaml;
};
constexpr Defaults defaults[] = {
    {"exporters", "debug",
     "{output_paths: [], sampling_initial: 2, sampling_thereafter: 1, sending_queue: null, use_internal_logger: true, "
     "verbosity: Basic}"},
    {"exporters", "otlp",
     "{balancer_name: round_robin, compression: gzip, timeout: 5s, write_buffer_size: 524288, "
     "retry_on_failure: {enabled: true, initial_interval: 5s, max_elapsed_time: 5m0s, max_interval: 30s, "
     "multiplier: 1.5, randomization_factor: 0.5}}"},
    {"exporters", "otlphttp",
     "{compression: gzip, encoding: proto, timeout: 30s, retry_on_failure: {enabled: true, initial_interval: 5s, "
     "max_elapsed_time: 5m0s, max_interval: 30s, multiplier: 1.5, randomization_factor: 0.5}}"},
    {"processors", "batch",
     "{metadata_cardinality_limit: 1000, metadata_keys: [], send_batch_max_size: 0, send_batch_size: 8192, "
     "timeout: 200ms}"},
    {"processors", "memory_limiter",
     "{check_interval: 0s, limit_mib: 0, limit_percentage: 0, spike_limit_mib: 0, spike_limit_percentage: 0}"},
};
constexpr char grpcDefaults[] =
    "{endpoint: localhost:4317, keepalive: {enforcement_policy: {}, server_parameters: {}}, read_buffer_size: 524288, "
    "transport: tcp}";
constexpr char httpDefaults[] =
    "{cors: null, endpoint: localhost:4318, idle_timeout: 0s, keep_alives_enabled: true, logs_url_path: /v1/logs, "
    "metrics_url_path: /v1/metrics, read_header_timeout: 0s, tls: null, traces_url_path: /v1/traces, transport: tcp, "
    "write_timeout: 0s}";
constexpr char telemetryDefaults[] =
    "{logs: {level: info, sampling: {enabled: true, initial: 10, thereafter: 100, tick: 10s}}, "
    "metrics: {level: Normal, readers: [{pull: {exporter: {prometheus: {host: localhost, port: 8888, "
    "without_scope_info: true, without_type_suffix: true, without_units: true}}}}]}}";

/// A text of our own, known to be right.
YamlNode own(const char *yaml)
{
    return parseYaml(yaml).value();
}

void putBeneath(YamlNode &configured, YamlNode base)
{
    if (configured.kind == YamlNode::Kind::Map)
        mergeOver(base, configured);
    configured = std::move(base);
}

void fillComponent(const QByteArray &section, const QByteArray &type, YamlNode &body)
{
    if (body.kind != YamlNode::Kind::Map)
        body = YamlNode::emptyMap();
    for (const Defaults &entry : defaults) {
        if (section == entry.section && type == entry.type)
            putBeneath(body, own(entry.yaml));
    }
    if (section == "receivers" && type == "otlp" && body.find("protocols")) {
        YamlNode &protocols = body.child("protocols");
        for (const auto &[name, yaml] : {std::pair("grpc", grpcDefaults), std::pair("http", httpDefaults)}) {
            if (protocols.find(name))
                putBeneath(protocols.child(name), own(yaml));
            else
                protocols.child(name) = YamlNode::scalar("null");
        }
    }
}

/// "5000ms" as Go writes it, "5s"; "90s" is "1m30s". Nothing for what is no duration of whole milliseconds.
std::optional<QByteArray> goDuration(const QByteArray &text)
{
    static const QRegularExpression whole(QStringLiteral("^(?:\\d{1,9}(?:ms|s|m|h))+$"));
    static const QRegularExpression part(QStringLiteral("(\\d+)(ms|s|m|h)"));
    const QString input = QString::fromUtf8(text);
    if (!whole.match(input).hasMatch())
        return {};
    qint64 total = 0;
    for (auto it = part.globalMatch(input); it.hasNext();) {
        const auto match = it.next();
        const QStringView unit = match.capturedView(2);
        const qint64 factor = unit == u"ms" ? 1 : unit == u"s" ? 1000 : unit == u"m" ? 60'000 : 3'600'000;
        total += match.capturedView(1).toLongLong() * factor;
    }
    if (total < 1000)
        return total == 0 ? QByteArray("0s") : QByteArray::number(total) + "ms";
    const auto hours = total / 3'600'000;
    const auto minutes = total / 60'000 % 60;
    QByteArray result;
    if (hours > 0)
        result += QByteArray::number(hours) + 'h';
    if (hours > 0 || minutes > 0)
        result += QByteArray::number(minutes) + 'm';
    result += QByteArray::number(total / 1000 % 60);
    if (const auto rest = total % 1000; rest > 0) {
        QByteArray fraction = QByteArray::number(rest).rightJustified(3, '0');
        while (fraction.endsWith('0'))
            fraction.chop(1);
        result += '.' + fraction;
    }
    return result + 's';
}

/// Spells scalars as the collector does, masks headers, sorts keys.
void normalise(YamlNode &node, const QByteArray &key)
{
    switch (node.kind) {
    case YamlNode::Kind::Scalar:
        if (node.text.contains("${"))
            node = {YamlNode::Kind::Scalar, {}, true, {}, {}};
        else if (key == "verbosity")
            node.text = node.text.left(1).toUpper() + node.text.mid(1).toLower();
        else if (const auto duration = node.quoted ? std::nullopt : goDuration(node.text))
            node.text = *duration;
        return;
    case YamlNode::Kind::List:
        for (YamlNode &item : node.list)
            normalise(item, {});
        return;
    case YamlNode::Kind::Map:
        for (auto &[name, value] : node.map) {
            if (key == "headers" && value.kind == YamlNode::Kind::Scalar)
                value = {YamlNode::Kind::Scalar, "[REDACTED]", true, {}, {}};
            else
                normalise(value, name);
        }
        std::sort(node.map.begin(), node.map.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
        return;
    }
}

} // namespace

YamlNode composed(YamlNode config, const SupervisorFacts &facts)
{
    YamlNode &opamp = config.child("extensions").child("opamp");
    opamp = own("{capabilities: {reports_available_components: true}, ppid_poll_interval: 5s}");
    opamp.child("instance_uid") = YamlNode::scalar(facts.instanceUid);
    opamp.child("ppid") = YamlNode::scalar(QByteArray::number(facts.pid));
    YamlNode &server = opamp.child("server").child("ws");
    server.child("endpoint") = YamlNode::scalar("ws://127.0.0.1:" + QByteArray::number(facts.serverPort) + "/v1/opamp");
    server.child("tls").child("insecure") = YamlNode::scalar("true");

    YamlNode &service = config.child("service");
    YamlNode &extensions = service.child("extensions");
    extensions.kind = YamlNode::Kind::List;
    extensions.list.push_back(YamlNode::scalar("opamp"));
    YamlNode telemetry = own("{logs: {encoding: json, error_output_paths: [stderr], output_paths: [stdout]}}");
    for (const auto &[key, value] : facts.resource)
        telemetry.child("resource").child(key) = YamlNode::scalar(value);
    putBeneath(service.child("telemetry"), std::move(telemetry));
    return config;
}

YamlNode asReported(const YamlNode &composed)
{
    YamlNode result = composed;
    for (const char *section : {"receivers", "processors", "exporters", "extensions", "connectors"}) {
        for (auto &[id, body] : result.child(section).map)
            fillComponent(section, id.left(id.indexOf('/') < 0 ? id.size() : id.indexOf('/')), body);
    }
    putBeneath(result.child("service").child("telemetry"), own(telemetryDefaults));
    if (result.child("service").find("pipelines")) {
        for (auto &[id, pipeline] : result.child("service").child("pipelines").map) {
            if (!pipeline.find("processors"))
                pipeline.child("processors").kind = YamlNode::Kind::List;
        }
    }
    normalise(result, {});
    return result;
}

} // namespace flowgate::fleetsim
