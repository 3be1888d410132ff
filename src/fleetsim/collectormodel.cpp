// SPDX-License-Identifier: GPL-3.0-or-later
#include "fleetsim/collectormodel.h"

#include <QCryptographicHash>

#include <algorithm>
#include <array>

namespace flowgate::fleetsim {

namespace {

/// "otlp/in" is of type "otlp".
QByteArray typeOf(const QByteArray &id)
{
    return id.left(id.indexOf('/') < 0 ? id.size() : id.indexOf('/'));
}

/// The ids that a list such as service.extensions names.
std::vector<QByteArray> idsOf(const YamlNode *list)
{
    std::vector<QByteArray> ids;
    if (list && list->kind == YamlNode::Kind::List) {
        for (const YamlNode &item : list->list)
            ids.push_back(item.text);
    }
    return ids;
}

const YamlNode *find(const YamlNode &root, std::initializer_list<QByteArrayView> path)
{
    const YamlNode *node = &root;
    for (const QByteArrayView key : path)
        node = node ? node->find(key) : nullptr;
    return node;
}

QString text(const QByteArray &utf8)
{
    return QString::fromUtf8(utf8);
}

std::optional<QString> unknownType(const YamlNode &config, const BuiltIn &parts)
{
    for (const auto &[section, content] : config.map) {
        const auto known = parts.find(section);
        if (known == parts.end()) {
            if (section == "service")
                continue;
            return QStringLiteral("'' has invalid keys: %1").arg(text(section));
        }
        for (const auto &[id, body] : content.map) {
            const auto &types = known->second;
            if (std::find(types.begin(), types.end(), typeOf(id)) != types.end())
                continue;
            const QByteArrayList names(types.begin(), types.end());
            return QStringLiteral("'%1' unknown type: \"%2\" for id: \"%3\" (valid values: [%4])")
                .arg(text(section), text(typeOf(id)), text(id), text(names.join(' ')));
        }
    }
    return {};
}

/// The first id of @p ids that neither section has.
std::optional<QByteArray> missing(const YamlNode &config, const std::vector<QByteArray> &ids,
                                  std::initializer_list<QByteArrayView> sections)
{
    for (const QByteArray &id : ids) {
        const auto has = [&](QByteArrayView section) { return find(config, {section, id}) != nullptr; };
        if (std::none_of(sections.begin(), sections.end(), has))
            return id;
    }
    return {};
}

std::optional<QString> brokenPipeline(const YamlNode &config)
{
    const YamlNode *pipelines = find(config, {"service", "pipelines"});
    if (!pipelines)
        return {};
    for (const auto &[id, pipeline] : pipelines->map) {
        const QString where = QStringLiteral("service::pipelines::%1: ").arg(text(id));
        struct Role
        {
            const char *key, *word;
            bool needed;
        };
        for (const Role role : {Role{"receivers", "receiver", true}, Role{"processors", "processor", false},
                                Role{"exporters", "exporter", true}}) {
            const auto ids = idsOf(pipeline.find(role.key));
            if (role.needed && ids.empty())
                return where + QStringLiteral("must have at least one %1").arg(QLatin1String(role.word));
            const auto gone = role.needed ? missing(config, ids, {role.key, "connectors"})
                                          : missing(config, ids, {QByteArrayView(role.key)});
            if (gone) {
                return where + QStringLiteral("references %1 \"%2\" which is not configured")
                                   .arg(QLatin1String(role.word), text(*gone));
            }
        }
    }
    return {};
}

domain::ComponentHealth node(CollectorPhase phase, quint64 nano)
{
    static constexpr std::array words{"StatusStarting", "StatusOK", "StatusStopping", "StatusStopped"};
    domain::ComponentHealth health;
    health.healthy = phase == CollectorPhase::Running;
    health.status = QLatin1String(words.at(static_cast<size_t>(phase)));
    health.statusTimeUnixNano = nano;
    return health;
}

} // namespace

const BuiltIn &builtIn(bool contrib)
{
    static const BuiltIn small{
        {"receivers", {"nop", "otlp"}},
        {"processors", {"batch", "memory_limiter"}},
        {"exporters", {"debug", "nop", "otlp", "otlphttp"}},
        {"extensions", {"health_check", "opamp"}},
        {"connectors", {"forward"}},
    };
    static const BuiltIn large{
        {"receivers",
         {"filelog", "fluentforward", "hostmetrics", "jaeger", "journald", "k8s_cluster", "kafka", "kubeletstats",
          "nop", "otlp", "prometheus", "statsd", "syslog", "zipkin"}},
        {"processors",
         {"attributes", "batch", "cumulativetodelta", "filter", "k8sattributes", "memory_limiter",
          "probabilistic_sampler", "redaction", "resource", "resourcedetection", "tail_sampling", "transform"}},
        {"exporters",
         {"debug", "elasticsearch", "file", "kafka", "loadbalancing", "loki", "nop", "otlp", "otlphttp", "prometheus",
          "prometheusremotewrite"}},
        {"extensions",
         {"basicauth", "bearertokenauth", "file_storage", "health_check", "oauth2client", "opamp", "pprof", "zpages"}},
        {"connectors", {"count", "forward", "routing", "servicegraph", "spanmetrics"}},
    };
    return contrib ? large : small;
}

domain::AvailableComponents listed(const BuiltIn &parts, const QString &version)
{
    domain::AvailableComponents result;
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(version.toUtf8());
    for (const auto &[section, types] : parts) {
        auto &list = result.components[text(section)].components;
        for (const QByteArray &type : types) {
            const QByteArray kind = section.chopped(1); // "receivers": one is a receiver
            const QString module =
                QStringLiteral("github.com/open-telemetry/opentelemetry-collector-contrib/%1/%2%1 v%3")
                    .arg(text(kind), text(QByteArray(type).replace('_', "")), version);
            list[text(type)].metadata = {{QStringLiteral("code.namespace"), {module}}};
            hash.addData(section + '/' + type + '\n');
        }
    }
    result.hash = domain::ComponentsHash(hash.result());
    return result;
}

std::optional<QString> objection(const YamlNode &config, const BuiltIn &parts)
{
    const QString head = QStringLiteral("configuration validation failed: configuration validation failed: config "
                                        "validation failed: exit status 1, output: Error: ");
    if (const auto reason = unknownType(config, parts)) {
        return head +
               QStringLiteral("failed to get config: cannot unmarshal the configuration: decoding failed due to "
                              "the following error(s):\n\n") +
               *reason + u'\n';
    }
    if (const auto reason = brokenPipeline(config))
        return head + QStringLiteral("invalid configuration: ") + *reason + u'\n';
    if (const auto gone = missing(config, idsOf(find(config, {"service", "extensions"})), {"extensions"})) {
        return head + QStringLiteral("invalid configuration: service::extensions: references extension \"%1\" which "
                                     "is not configured\n")
                          .arg(text(*gone));
    }
    return {};
}

domain::ComponentHealth healthTree(const YamlNode &config, CollectorPhase phase, quint64 started, quint64 nano)
{
    domain::ComponentHealth root = node(phase, nano);
    root.startTimeUnixNano = phase == CollectorPhase::Running ? started : 0;
    domain::ComponentHealth &extensions = root.components[QStringLiteral("extensions")] = node(phase, nano);
    for (const QByteArray &id : idsOf(find(config, {"service", "extensions"})))
        extensions.components[QStringLiteral("extension:") + text(id)] = node(phase, nano);
    const YamlNode *pipelines = find(config, {"service", "pipelines"});
    if (!pipelines)
        return root;
    for (const auto &[name, pipeline] : pipelines->map) {
        domain::ComponentHealth &tree = root.components[QStringLiteral("pipeline:") + text(name)] = node(phase, nano);
        for (const auto &[list, item] : pipeline.map) {
            for (const QByteArray &id : idsOf(&item))
                tree.components[text(list.chopped(1)) + u':' + text(id)] = node(phase, nano);
        }
    }
    return root;
}

bool failExporter(domain::ComponentHealth &tree, const QString &error)
{
    const auto fail = [](domain::ComponentHealth &health) {
        health.healthy = false;
        health.status = QStringLiteral("StatusRecoverableError");
    };
    for (auto &[name, pipeline] : tree.components) {
        for (auto &[id, component] : pipeline.components) {
            if (!id.startsWith(QStringLiteral("exporter:")))
                continue;
            component.lastError = error;
            fail(component);
            fail(pipeline);
            fail(tree);
            return true;
        }
    }
    return false;
}

} // namespace flowgate::fleetsim
