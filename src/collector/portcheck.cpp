// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/portcheck.h"

#include "collector/scalar.h"

#include <QSet>

#include <algorithm>

namespace flowgate::collector {

namespace {

/// Where something listens.
struct Listener
{
    QString host; ///< "" and "*": all addresses
    int port = 0;
    bool datagrams = false;
    QString path;
    QString file;
    Mark mark;
    bool written = true; ///< else it is the default of a section that is there
};

/// Types whose endpoint is one that they listen on; others call it that which they connect to.
bool listens(ComponentKind kind, const QString &type)
{
    static const QSet<QString> receivers{QStringLiteral("otlp"),
                                         QStringLiteral("jaeger"),
                                         QStringLiteral("zipkin"),
                                         QStringLiteral("opencensus"),
                                         QStringLiteral("fluentforward"),
                                         QStringLiteral("statsd"),
                                         QStringLiteral("carbon"),
                                         QStringLiteral("collectd"),
                                         QStringLiteral("influxdb"),
                                         QStringLiteral("signalfx"),
                                         QStringLiteral("splunk_hec"),
                                         QStringLiteral("webhookevent"),
                                         QStringLiteral("skywalking"),
                                         QStringLiteral("datadog"),
                                         QStringLiteral("loki"),
                                         QStringLiteral("otelarrow"),
                                         QStringLiteral("awsxray"),
                                         QStringLiteral("wavefront"),
                                         QStringLiteral("prometheusremotewrite")};
    static const QSet<QString> extensions{QStringLiteral("zpages"), QStringLiteral("health_check"),
                                          QStringLiteral("pprof"), QStringLiteral("healthcheckv2")};
    return kind == ComponentKind::Receiver ? receivers.contains(type)
                                           : kind == ComponentKind::Extension && extensions.contains(type);
}

/// "host:port" apart; nothing for a path of a socket, a reference or half an address.
std::optional<std::pair<QString, int>> addressOf(QByteArrayView text)
{
    if (hasReference(text) || text.startsWith("/") || text.startsWith("@"))
        return {};
    const QString address = QString::fromUtf8(text.toByteArray());
    const qsizetype colon = address.lastIndexOf(u':');
    bool isNumber = false;
    const int port = address.mid(colon + 1).toInt(&isNumber);
    if (colon < 0 || !isNumber || port <= 0 || port > 65535)
        return {};
    QString host = address.left(colon);
    if (host.startsWith(u'[') && host.endsWith(u']'))
        host = host.mid(1, host.size() - 2);
    if (host == QLatin1String("0.0.0.0") || host == QLatin1String("::"))
        host.clear();
    else if (host == QLatin1String("localhost"))
        host = QStringLiteral("127.0.0.1");
    return std::pair{host, port};
}

class PortChecker
{
public:
    PortChecker(const Schema &schema, const ConfigTree &tree, const Outline &outline)
        : m_schema(schema)
        , m_tree(tree)
        , m_outline(outline)
    {
    }

    Problems run()
    {
        QSet<QString> used;
        for (const Pipeline &pipeline : m_outline.pipelines) {
            for (const Reference &reference : pipeline.receivers)
                used.insert(reference.id);
        }
        section(ComponentKind::Receiver, used);
        used.clear();
        for (const Reference &reference : m_outline.extensions)
            used.insert(reference.id);
        section(ComponentKind::Extension, used);
        telemetry();
        std::ranges::stable_sort(m_listeners, {}, [](const Listener &one) { return one.mark.line; });
        return clashes();
    }

private:
    void section(ComponentKind kind, const QSet<QString> &used)
    {
        const NodeEntry *section = m_tree.root.find(sectionName(kind).toUtf8());
        if (!section)
            return;
        for (const NodeEntry &entry : section->value.entries) {
            const QString id = QString::fromUtf8(entry.key);
            const QString type = componentType(id);
            if (!used.contains(id) || !listens(kind, type))
                continue;
            const SchemaComponent *known = m_schema.find(kind, type);
            m_datagrams = type == QLatin1String("statsd");
            walk(entry.value, known ? &known->config : nullptr, sectionName(kind) + QLatin1String("::") + id.left(100),
                 entry.mark, 0);
        }
    }

    void walk(const Node &node, const SchemaValue *schema, const QString &path, Mark key, int depth)
    {
        if (depth > 6 || (!node.isMap() && !node.isNull()))
            return;
        const Node *enabled = node.at({"enabled"});
        if (enabled && enabled->text == "false")
            return;
        const NodeEntry *endpoint = node.isMap() ? node.find("endpoint") : nullptr;
        const SchemaValue *known = schema ? schema->find("endpoint") : nullptr;
        if (endpoint && endpoint->value.isScalar() && !endpoint->value.isNull())
            add(endpoint->value.text, path + QLatin1String("::endpoint"), endpoint->value, endpoint->value.mark);
        else if (known && !known->byDefault.isEmpty())
            add(known->byDefault.toUtf8(), path, node, key, false);
        for (const NodeEntry &entry : node.entries) {
            if (entry.value.isMap() || entry.value.isNull())
                walk(entry.value, schema ? schema->find(entry.key) : nullptr,
                     path + QLatin1String("::") + QString::fromUtf8(entry.key.left(60)), entry.mark, depth + 1);
        }
    }

    /// The Collector's own metrics, where they are to be fetched.
    void telemetry()
    {
        const Node *readers = m_tree.root.at({"service", "telemetry", "metrics", "readers"});
        if (!readers)
            return;
        for (const Node &reader : readers->items) {
            const Node *prometheus = reader.at({"pull", "exporter", "prometheus"});
            const Node *port = prometheus ? prometheus->at({"port"}) : nullptr;
            const Node *host = prometheus ? prometheus->at({"host"}) : nullptr;
            m_datagrams = false;
            if (port && port->isScalar())
                add((host && host->isScalar() ? host->text : QByteArray("localhost")) + ':' + port->text,
                    QStringLiteral("service::telemetry::metrics::readers"), *port, port->mark);
        }
    }

    void add(QByteArrayView text, const QString &path, const Node &node, Mark mark, bool written = true)
    {
        if (const auto address = addressOf(text))
            m_listeners.push_back({address->first, address->second, m_datagrams || path.contains(QLatin1String("udp")),
                                   path, m_tree.files.value(node.file), mark, written});
    }

    Problems clashes() const
    {
        Problems problems;
        for (size_t i = 1; i < m_listeners.size(); ++i) {
            const Listener &one = m_listeners[i];
            const auto before = m_listeners.begin() + static_cast<qsizetype>(i);
            const auto other = std::find_if(m_listeners.begin(), before, [&](const Listener &first) {
                const bool meets = first.host.isEmpty() || one.host.isEmpty() || first.host == one.host;
                return first.port == one.port && first.datagrams == one.datagrams && meets;
            });
            if (other == before)
                continue;
            // What a Collector reports has "http: null" for a section that is not there; written by people it is one.
            const Severity severity = one.written && other->written ? Severity::Error : Severity::Warning;
            problems.push_back({severity, one.mark.line, one.mark.column, one.path,
                                QStringLiteral("Port %1 is taken already by %2 (line %3): only one of them can "
                                               "listen there.")
                                    .arg(one.port)
                                    .arg(other->path)
                                    .arg(other->mark.line),
                                one.file});
        }
        return problems;
    }

    const Schema &m_schema;
    const ConfigTree &m_tree;
    const Outline &m_outline;
    bool m_datagrams = false;
    std::vector<Listener> m_listeners;
};

} // namespace

Problems checkPorts(const Schema &schema, const ConfigTree &tree, const Outline &outline)
{
    return PortChecker(schema, tree, outline).run();
}

} // namespace flowgate::collector
