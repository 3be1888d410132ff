// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/adopt.h"

#include "collector/effectiveconfig.h"
#include "collector/scalar.h"
#include "collector/yamlwriter.h"

#include <algorithm>

namespace flowgate::collector {

namespace {

constexpr QByteArrayView hiddenByCollector = "[REDACTED]";

bool isOpamp(QByteArrayView id)
{
    return id == "opamp" || id.startsWith("opamp/");
}

/// Where the supervisor's own things stand beside an operator's: what of service::telemetry people set.
bool isKept(const QByteArray &part, const QByteArray &key)
{
    return (part == "logs" && (key == "level" || key == "encoding")) || (part == "metrics" && key == "level") ||
           (part == "traces" && key == "level");
}

QString variableFor(const QString &path)
{
    QString name;
    for (const QChar c : path.toUpper())
        name += c.isLetterOrNumber() && c.unicode() < 128 ? c : QChar(u'_');
    while (name.contains(QLatin1String("__")))
        name.replace(QLatin1String("__"), QLatin1String("_"));
    return name;
}

class Adopter
{
public:
    Adopter(const Schema &schema, const QHash<QString, QString> &given)
        : m_schema(schema)
        , m_given(given)
    {
    }

    AdoptedConfig run(ConfigTree tree)
    {
        m_result.problems = tree.problems;
        if (!tree.isReadable())
            return std::move(m_result);
        service(tree.root);
        for (const ComponentKind kind : allComponentKinds)
            components(kind, tree.root);
        std::erase_if(tree.root.entries, [](const NodeEntry &section) { return section.value.isEmpty(); });
        secrets(tree.root, {});
        m_result.text = writeYaml(tree.root);
        return std::move(m_result);
    }

private:
    static Node *section(Node &root, QByteArrayView name)
    {
        for (NodeEntry &entry : root.entries) {
            if (entry.key == name)
                return &entry.value;
        }
        return nullptr;
    }

    void service(Node &root)
    {
        Node *service = section(root, "service");
        if (!service)
            return;
        if (Node *extensions = section(*service, "extensions"))
            std::erase_if(extensions->items, [](const Node &item) { return isOpamp(item.text); });
        if (Node *telemetry = section(*service, "telemetry")) {
            for (NodeEntry &part : telemetry->entries)
                std::erase_if(part.value.entries, [&part](const NodeEntry &entry) {
                    return !isKept(part.key, entry.key) || entry.value.isEmpty();
                });
            std::erase_if(telemetry->entries, [](const NodeEntry &part) { return part.value.entries.empty(); });
            defaults(m_schema.telemetry(), *telemetry);
        }
        if (Node *pipelines = section(*service, "pipelines")) {
            for (NodeEntry &pipeline : pipelines->entries)
                std::erase_if(pipeline.value.entries, [](const NodeEntry &list) { return list.value.isEmpty(); });
        }
        std::erase_if(service->entries, [](const NodeEntry &entry) { return entry.value.isEmpty(); });
    }

    void components(ComponentKind kind, Node &root)
    {
        Node *all = section(root, sectionName(kind).toUtf8());
        if (!all)
            return;
        if (kind == ComponentKind::Extension)
            std::erase_if(all->entries, [](const NodeEntry &entry) { return isOpamp(entry.key); });
        for (NodeEntry &entry : all->entries) {
            const SchemaComponent *known = m_schema.find(kind, componentType(QString::fromUtf8(entry.key)));
            if (known)
                defaults(known->config, entry.value);
            else
                absent(entry.value);
        }
    }

    /// Null is how what is not there is reported.
    void absent(Node &map)
    {
        std::erase_if(map.entries, [](const NodeEntry &entry) { return entry.value.isNull(); });
        for (NodeEntry &entry : map.entries)
            absent(entry.value);
        for (Node &item : map.items)
            absent(item);
    }

    void defaults(const SchemaValue &schema, Node &map)
    {
        if (!map.isMap())
            return;
        std::erase_if(map.entries, [&](NodeEntry &entry) {
            const SchemaValue *known = schema.find(entry.key);
            if (entry.value.isNull())
                return true;
            if (!known) {
                absent(entry.value);
                return false;
            }
            if (known->type == SchemaValue::Type::Map) {
                if (known->keys.empty())
                    return entry.value.isEmpty();
                defaults(*known, entry.value);
                // An optional section switches something on by being there.
                return entry.value.isEmpty() && !known->optional;
            }
            return isDefault(*known, entry.value);
        });
    }

    static bool isDefault(const SchemaValue &schema, const Node &value)
    {
        if (!value.isScalar())
            return value.isEmpty();
        if (schema.byDefault.isEmpty())
            return isZero(resolveScalar(value));
        const QByteArray fallback = schema.byDefault.toUtf8();
        if (schema.type == SchemaValue::Type::Duration)
            return goDuration(value.text) && goDuration(value.text) == goDuration(fallback);
        return value.text.compare(fallback, schema.words.isEmpty() ? Qt::CaseSensitive : Qt::CaseInsensitive) == 0;
    }

    void secrets(Node &node, const QString &path)
    {
        if (node.isScalar() && node.text == hiddenByCollector) {
            const QString variable = variableFor(path);
            const auto given = m_given.constFind(path);
            node.text = given != m_given.constEnd() ? given->toUtf8() : "${env:" + variable.toUtf8() + '}';
            node.plain = false;
            m_result.secrets.push_back({path, variable});
            return;
        }
        for (NodeEntry &entry : node.entries)
            secrets(entry.value,
                    (path.isEmpty() ? QString() : path + QLatin1String("::")) + QString::fromUtf8(entry.key));
        for (size_t i = 0; i < node.items.size(); ++i) {
            const NodeEntry *name = node.items[i].find("name"); // of a pair, such as a header
            const QString step =
                name && name->value.isScalar() ? QString::fromUtf8(name->value.text) : QString::number(i);
            secrets(node.items[i], path + QLatin1String("::") + step);
        }
    }

    const Schema &m_schema;
    const QHash<QString, QString> &m_given;
    AdoptedConfig m_result;
};

} // namespace

AdoptedConfig adopt(const Schema &schema, const domain::ConfigSet &effective, const QHash<QString, QString> &given)
{
    return Adopter(schema, given).run(readEffective(effective).tree);
}

} // namespace flowgate::collector
