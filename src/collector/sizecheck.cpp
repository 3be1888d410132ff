// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/sizecheck.h"

#include <QHash>

namespace flowgate::collector {

namespace {

using Type = SchemaValue::Type;

class Counter
{
public:
    Counter(const Schema &schema, Work &work)
        : m_schema(schema)
        , m_work(work)
    {
    }

    qint64 count(const ConfigTree &tree)
    {
        qint64 values = 1;
        for (const NodeEntry &section : tree.root.entries) {
            const auto kind = std::ranges::find(allComponentKinds, QString::fromUtf8(section.key), sectionName);
            values += kind == allComponentKinds.end() ? nodes(section.value) : components(*kind, section.value);
        }
        return values;
    }

private:
    qint64 components(ComponentKind kind, const Node &section)
    {
        qint64 values = 1;
        for (const NodeEntry &entry : section.entries) {
            const SchemaComponent *known = m_schema.find(kind, componentType(QString::fromUtf8(entry.key)));
            values += known && !entry.value.isList() ? written(known->config, entry.value) : nodes(entry.value);
        }
        return values;
    }

    /// A value with the defaults that go into it.
    qint64 written(const SchemaValue &schema, const Node &node)
    {
        if (!m_work.step() || schema.type != Type::Map || schema.keys.empty() || !(node.isMap() || node.isNull()))
            return nodes(node);
        qint64 values = 1 + defaults(schema);
        for (const NodeEntry &entry : node.entries) {
            const SchemaValue *known = schema.find(entry.key);
            values += known ? written(*known, entry.value) - byDefault(*known) : nodes(entry.value);
        }
        return values;
    }

    /// What the Collector reports of a key that nobody wrote.
    qint64 byDefault(const SchemaValue &schema)
    {
        if (schema.optional)
            return 1; // null
        if (schema.type == Type::Map)
            return schema.keys.empty() ? 0 : 1 + defaults(schema);
        return schema.byDefault.isEmpty() ? 0 : 1;
    }

    qint64 defaults(const SchemaValue &schema)
    {
        const auto known = m_defaults.constFind(&schema);
        if (known != m_defaults.constEnd())
            return *known;
        qint64 values = 0;
        for (const SchemaKey &key : schema.keys)
            values += byDefault(key.value);
        m_defaults.insert(&schema, values);
        return values;
    }

    qint64 nodes(const Node &node)
    {
        const int count = nodeCount(node);
        m_work.step(count);
        return count;
    }

    const Schema &m_schema;
    Work &m_work;
    QHash<const SchemaValue *, qint64> m_defaults;
};

} // namespace

qint64 expectedValues(const Schema &schema, const ConfigTree &tree, Work *work)
{
    Work own;
    return Counter(schema, work ? *work : own).count(tree);
}

Problems checkSize(const Schema &schema, const ConfigTree &tree, const YamlLimits &limits, Work *work)
{
    const qint64 values = expectedValues(schema, tree, work);
    if (values <= limits.nodes)
        return {};
    return {
        {.severity = Severity::Warning,
         .text = QStringLiteral("With the defaults that a Collector fills in this config has about %1 values; at most "
                                "%2 are compared. It is too large to compare with what a gateway reports: a rollout "
                                "cannot prove it.")
                     .arg(grouped(values), grouped(limits.nodes))}};
}

} // namespace flowgate::collector
