// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/portcheck.h"

#include "collector/scalar.h"

#include <QSet>

#include <algorithm>
#include <optional>

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

/// Who listens on one port, of those looked at so far: the first for each host, and of all.
struct Port
{
    size_t first = 0;
    std::optional<size_t> everywhere; ///< the first that listens on all addresses
    QHash<QString, size_t> byHost;
};

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
    PortChecker(const Schema &schema, const ConfigTree &tree, const Outline &outline, int most, Work *work)
        : m_schema(schema)
        , m_tree(tree)
        , m_outline(outline)
        , m_most(most)
        , m_work(work ? *work : m_own)
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
        if (!m_work.step() || depth > 6 || (!node.isMap() && !node.isNull()))
            return;
        const Node *enabled = node.at({"enabled"});
        if (enabled && (enabled->text == "false" || hasReference(*enabled)))
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

    /// The first of those looked at before that @p one cannot listen beside.
    static std::optional<size_t> clashOf(const Listener &one, const Port &port)
    {
        if (one.host.isEmpty())
            return port.first;
        const auto same = port.byHost.constFind(one.host);
        if (same == port.byHost.constEnd())
            return port.everywhere;
        return port.everywhere ? std::min(*port.everywhere, *same) : *same;
    }

    Problems clashes()
    {
        ProblemList problems(m_most);
        QHash<std::pair<int, bool>, Port> ports;
        for (size_t i = 0; i < m_listeners.size() && m_work.step(); ++i) {
            const Listener &one = m_listeners[i];
            const auto key = std::pair(one.port, one.datagrams);
            const auto known = ports.constFind(key);
            if (known != ports.constEnd()) {
                if (const auto other = clashOf(one, *known))
                    report(one, m_listeners[*other], problems);
            }
            Port &port = known == ports.constEnd() ? *ports.insert(key, {i, {}, {}}) : ports[key];
            if (one.host.isEmpty() && !port.everywhere)
                port.everywhere = i;
            if (!port.byHost.contains(one.host))
                port.byHost.insert(one.host, i);
        }
        return problems.take();
    }

    static void report(const Listener &one, const Listener &other, ProblemList &problems)
    {
        // What a Collector reports has "http: null" for a section that is not there; written by people it is one.
        const Severity severity = one.written && other.written ? Severity::Error : Severity::Warning;
        if (problems.hasRoom(severity))
            problems.add({severity, one.mark.line, one.mark.column, one.path,
                          QStringLiteral("Port %1 is taken already by %2 (line %3): only one of them can "
                                         "listen there.")
                              .arg(one.port)
                              .arg(other.path)
                              .arg(other.mark.line),
                          one.file});
    }

    const Schema &m_schema;
    const ConfigTree &m_tree;
    const Outline &m_outline;
    int m_most;
    Work m_own;
    Work &m_work;
    bool m_datagrams = false;
    std::vector<Listener> m_listeners;
};

} // namespace

Problems checkPorts(const Schema &schema, const ConfigTree &tree, const Outline &outline, const YamlLimits &limits,
                    Work *work)
{
    return PortChecker(schema, tree, outline, limits.problems, work).run();
}

} // namespace flowgate::collector
