// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/outline.h"

#include "collector/scalar.h"

#include <algorithm>

namespace flowgate::collector {

namespace {

std::vector<Reference> references(const ConfigTree &tree, const Node *list)
{
    std::vector<Reference> result;
    const auto add = [&](const Node &item) {
        if (item.isScalar() && !item.isNull())
            result.push_back({QString::fromUtf8(item.text), tree.files.value(item.file), item.mark});
    };
    if (list && hasReference(*list))
        add(*list);
    else if (list && list->isList())
        std::ranges::for_each(list->items, add);
    return result;
}

/// Whether a reference stands for a list of ids, or for one of them.
bool hidesIds(const Node *list)
{
    return list && (hasReference(*list) ||
                    std::ranges::any_of(list->items, [](const Node &item) { return hasReference(item); }));
}

bool hidesUses(const ConfigTree &tree)
{
    const Node *service = tree.root.at({"service"});
    const Node *pipelines = tree.root.at({"service", "pipelines"});
    if ((service && hasReference(*service)) || (pipelines && hasReference(*pipelines)) ||
        hidesIds(tree.root.at({"service", "extensions"})))
        return true;
    return pipelines && std::ranges::any_of(pipelines->entries, [](const NodeEntry &pipeline) {
               const Node &value = pipeline.value;
               return hasReference(value) || hidesIds(value.at({"receivers"})) || hidesIds(value.at({"processors"})) ||
                      hidesIds(value.at({"exporters"}));
           });
}

} // namespace

QString sectionName(ComponentKind kind)
{
    switch (kind) {
    case ComponentKind::Receiver:
        return QStringLiteral("receivers");
    case ComponentKind::Processor:
        return QStringLiteral("processors");
    case ComponentKind::Exporter:
        return QStringLiteral("exporters");
    case ComponentKind::Connector:
        return QStringLiteral("connectors");
    case ComponentKind::Extension:
        return QStringLiteral("extensions");
    }
    return {};
}

QString componentType(const QString &id)
{
    return id.section(QLatin1Char('/'), 0, 0).trimmed();
}

bool isType(const QString &type)
{
    const auto isLetter = [](QChar c) { return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z'); };
    return !type.isEmpty() && type.size() <= 63 && isLetter(type.front()) &&
           std::ranges::all_of(type, [&](QChar c) { return isLetter(c) || (c >= u'0' && c <= u'9') || c == u'_'; });
}

const Component *Outline::find(ComponentKind kind, const QString &id) const
{
    const auto it = std::ranges::find_if(components, [&](const Component &c) { return c.kind == kind && c.id == id; });
    return it == components.end() ? nullptr : &*it;
}

OutlineIndex::OutlineIndex(const Outline &outline)
{
    for (const Component &component : outline.components) {
        auto &known = m_byId[static_cast<size_t>(component.kind)];
        if (!known.contains(component.id))
            known.insert(component.id, &component);
    }
}

Outline outline(const ConfigTree &tree)
{
    Outline result;
    result.complete = tree.isReadable();
    result.files = static_cast<int>(tree.files.size());
    result.hidesUses = hidesUses(tree);
    for (const NodeEntry &section : tree.root.entries) {
        const auto kind = std::ranges::find_if(
            allComponentKinds, [&](ComponentKind k) { return sectionName(k) == QString::fromUtf8(section.key); });
        if (kind == allComponentKinds.end())
            continue;
        result.hidden[static_cast<size_t>(*kind)] = hasReference(section.value);
        for (const NodeEntry &entry : section.value.entries)
            result.components.push_back({.kind = *kind,
                                         .id = QString::fromUtf8(entry.key),
                                         .file = tree.files.value(entry.value.file),
                                         .mark = entry.mark,
                                         .lastLine = std::max(entry.mark.line, entry.value.lastLine)});
    }
    result.extensions = references(tree, tree.root.at({"service", "extensions"}));
    const Node *pipelines = tree.root.at({"service", "pipelines"});
    if (!pipelines)
        return result;
    for (const NodeEntry &entry : pipelines->entries) {
        const QString id = QString::fromUtf8(entry.key);
        result.pipelines.push_back({.id = id,
                                    .signal = componentType(id),
                                    .file = tree.files.value(entry.value.file),
                                    .mark = entry.mark,
                                    .receivers = references(tree, entry.value.at({"receivers"})),
                                    .processors = references(tree, entry.value.at({"processors"})),
                                    .exporters = references(tree, entry.value.at({"exporters"}))});
    }
    return result;
}

Outline outline(const domain::ConfigSet &config, const YamlLimits &limits)
{
    return outline(readConfig(config, limits));
}

Outline outline(const QByteArray &text, const YamlLimits &limits)
{
    return outline(readConfig(text, limits));
}

std::optional<std::vector<MissingComponent>> missingComponents(const Outline &outline,
                                                               const domain::AvailableComponents &available)
{
    if (available.components.empty())
        return {};
    std::vector<MissingComponent> missing;
    QHash<QString, size_t> byType; // "section/type"
    for (const Component &component : outline.components) {
        const QString type = componentType(component.id);
        const auto section = available.components.find(sectionName(component.kind));
        if (section != available.components.end() && section->second.components.contains(type))
            continue;
        const QString key = sectionName(component.kind) + QLatin1Char('/') + type;
        if (const auto known = byType.constFind(key); known != byType.constEnd()) {
            missing[*known].ids.append(component.id);
            continue;
        }
        byType.insert(key, missing.size());
        missing.push_back({.kind = component.kind,
                           .type = type,
                           .ids = {component.id},
                           .file = component.file,
                           .line = component.mark.line});
    }
    return missing;
}

Problems problemsOf(const std::vector<MissingComponent> &missing, const QString &gateway)
{
    Problems problems;
    for (const MissingComponent &component : missing) {
        const QString section = sectionName(component.kind);
        problems.push_back({.line = component.line,
                            .column = 1,
                            .path = section + QLatin1String("::") + component.ids.constFirst().left(100),
                            .text = QStringLiteral("The Collector of %1 is built without '%2' in its %3, so it refuses "
                                                   "this config.")
                                        .arg(gateway, component.type.left(100), section),
                            .file = component.file});
    }
    return problems;
}

} // namespace flowgate::collector
