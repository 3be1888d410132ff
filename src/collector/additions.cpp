// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/additions.h"

namespace flowgate::collector {

namespace {

bool isSection(const NodePath &path)
{
    return path.is({"receivers"}) || path.is({"processors"}) || path.is({"exporters"}) || path.is({"connectors"}) ||
           path.is({"extensions"});
}

/// Places that hold both the supervisor's and other things: each part is judged by itself.
bool isMixed(const NodePath &path)
{
    return isSection(path) || path.is({"service"}) || path.is({"service", "pipelines"}) ||
           path.is({"service", "telemetry"}) || path.is({"service", "telemetry", "metrics"}) ||
           path.is({"service", "telemetry", "logs"}) || path.is({"service", "telemetry", "traces"});
}

} // namespace

bool AdditionCollector::isOwnTelemetryList(const NodePath &path)
{
    return path.is({"service", "telemetry", "metrics", "readers"}) ||
           path.is({"service", "telemetry", "logs", "processors"}) ||
           path.is({"service", "telemetry", "traces", "processors"});
}

Addition::Kind AdditionCollector::kindOf(const NodePath &path) const
{
    if (m_options.ownTelemetryOffered && isOwnTelemetryList(path))
        return Addition::Kind::OwnTelemetry;
    if (path.startsWith({"extensions", "opamp"}) || path.startsWith({"service", "telemetry"}))
        return Addition::Kind::Supervisor;
    const bool component = path.size() == 2 && (path.startsWith({"receivers"}) || path.startsWith({"processors"}) ||
                                                path.startsWith({"exporters"}) || path.startsWith({"connectors"}) ||
                                                path.startsWith({"extensions"}));
    if (component || (path.size() == 3 && path.startsWith({"service", "pipelines"})))
        return Addition::Kind::GatewayOwn;
    return Addition::Kind::Default;
}

void AdditionCollector::add(std::vector<Addition> &list, Addition addition)
{
    if (static_cast<int>(list.size()) >= m_options.maxReports) {
        m_result.truncated = true;
        return;
    }
    list.push_back(std::move(addition));
}

void AdditionCollector::byDesign(const NodePath &path, Addition::Kind kind, int line, int lastLine)
{
    add(m_result.byDesign, {.path = path.text(), .kind = kind, .line = line, .lastLine = lastLine});
}

void AdditionCollector::noteEntry(const NodeEntry &entry, NodePath &path)
{
    const Node &value = entry.value;
    if (value.isMap() && !value.entries.empty() && isMixed(path)) {
        for (const NodeEntry &child : value.entries) {
            path.push(child.key);
            noteEntry(child, path);
            path.pop();
        }
        return;
    }
    if (value.isList() && path.is({"service", "extensions"})) {
        noteExtensions({}, value, path);
        return;
    }
    const Addition::Kind kind = kindOf(path);
    const bool designed = kind == Addition::Kind::Supervisor || kind == Addition::Kind::OwnTelemetry;
    add(designed ? m_result.byDesign : m_result.others, {.path = path.text(),
                                                         .kind = kind,
                                                         .line = entry.mark.line,
                                                         .lastLine = std::max(entry.mark.line, value.lastLine)});
}

void AdditionCollector::note(const Node &wanted, const Node &effective, NodePath &path)
{
    const MapIndex asked(wanted);
    for (const NodeEntry &entry : effective.entries) {
        if (asked.find(entry.key))
            continue;
        path.push(entry.key);
        noteEntry(entry, path);
        path.pop();
    }
}

void AdditionCollector::noteExtensions(const QHash<QByteArray, bool> &asked, const Node &effective, NodePath &path)
{
    for (size_t i = 0; i < effective.items.size(); ++i) {
        const Node &item = effective.items[i];
        if (asked.contains(item.text))
            continue;
        path.push(static_cast<qsizetype>(i));
        const bool ours = item.isScalar() && item.text == "opamp";
        add(ours ? m_result.byDesign : m_result.others,
            {.path = path.text(),
             .kind = ours ? Addition::Kind::Supervisor : Addition::Kind::GatewayOwn,
             .line = item.mark.line,
             .lastLine = item.lastLine});
        path.pop();
    }
}

} // namespace flowgate::collector
