// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/schemacheck.h"

#include "collector/nearest.h"
#include "collector/scalar.h"

#include <algorithm>

namespace flowgate::collector {

namespace {

using Type = SchemaValue::Type;

QString shortened(QByteArrayView text)
{
    return QString::fromUtf8(text.first(std::min<qsizetype>(text.size(), 100)));
}

QString wanted(Type type)
{
    switch (type) {
    case Type::Map:
        return QStringLiteral("a map (key: value)");
    case Type::List:
        return QStringLiteral("a list");
    case Type::Bool:
        return QStringLiteral("true or false");
    case Type::Int:
        return QStringLiteral("a whole number");
    case Type::UInt:
        return QStringLiteral("a whole number, 0 or more");
    case Type::Float:
        return QStringLiteral("a number");
    case Type::Duration:
        return QStringLiteral("a length of time with its unit, such as 5s, 500ms or 1h30m");
    case Type::Component:
        return QStringLiteral("the name of a component");
    case Type::String:
    case Type::Secret:
    case Type::Any:
        break;
    }
    return QStringLiteral("a text");
}

/// Written where it stands, in one piece: it can be replaced there.
bool isPlain(const Node &node)
{
    return node.plain && !node.viaAlias && node.tag.isEmpty() && node.mark.line == node.lastLine;
}

/// Headers and the like, a map for people, are reported as pairs of name and value, and taken so.
bool isPairs(const SchemaValue &schema, const Node &node)
{
    return node.isList() && schema.keys.empty() &&
           std::ranges::all_of(node.items, [](const Node &item) { return item.isMap() && item.find("name"); });
}

Fix instead(const Node &node, const QString &replacement)
{
    return replaceOnLine(node.mark.line, node.mark.column, QString::fromUtf8(node.text), replacement);
}

class Walker
{
public:
    Walker(const Schema &schema, const ConfigTree &tree, const YamlLimits &limits, Work *work)
        : m_schema(schema)
        , m_tree(tree)
        , m_work(work ? *work : m_own)
        , m_problems(limits.problems)
    {
    }

    Problems run()
    {
        for (const ComponentKind kind : allComponentKinds) {
            const NodeEntry *section = m_tree.root.find(sectionName(kind).toUtf8());
            if (section && section->value.isMap())
                components(kind, section->value);
        }
        if (const Node *telemetry = m_tree.root.at({"service", "telemetry"})) {
            m_of = QStringLiteral("service::telemetry");
            value(m_schema.telemetry(), *telemetry, QStringLiteral("service::telemetry"), telemetry->mark);
        }
        return m_problems.take();
    }

private:
    void components(ComponentKind kind, const Node &section)
    {
        for (const NodeEntry &entry : section.entries) {
            if (!m_work.step())
                return;
            const QString id = QString::fromUtf8(entry.key);
            const QString type = componentType(id);
            const QString path = sectionName(kind) + QLatin1String("::") + id.left(100);
            if (!isType(type))
                continue; // said of the name
            if (const SchemaComponent *known = m_schema.find(kind, type)) {
                if (!entry.value.isMap())
                    continue; // nothing written, or said of the component
                m_of = QStringLiteral("%1 of the %2").arg(type, sectionName(kind));
                value(known->config, entry.value, path, entry.mark);
            } else if (!m_schema.isKnown(kind, type)) {
                unknownType(kind, type, entry, path);
            }
        }
    }

    /// Somebody may have built a Collector with a component of their own, so this is no error.
    void unknownType(ComponentKind kind, const QString &type, const NodeEntry &entry, const QString &path)
    {
        if (!m_problems.hasRoom(Severity::Warning))
            return;
        QByteArrayList words;
        for (const QString &one : m_schema.types(kind))
            words.append(one.toUtf8());
        const QByteArray near = nearestWord(type.toUtf8(), words);
        QString text =
            QStringLiteral("No Collector known here has '%1' among its %2.").arg(type.left(100), sectionName(kind));
        Problem problem{Severity::Warning, entry.mark.line, entry.mark.column, path, text, fileOf(entry.value)};
        if (!near.isEmpty()) {
            problem.text += QStringLiteral(" Did you mean '%1'?").arg(QString::fromUtf8(near));
            problem.fix = replaceOnLine(entry.mark.line, entry.mark.column, type, QString::fromUtf8(near));
        }
        add(std::move(problem));
    }

    void value(const SchemaValue &schema, const Node &node, const QString &path, Mark key)
    {
        // What stands for nothing takes the default; what an alias brought was judged, or is wrong, where it stands.
        if (!m_work.step() || schema.type == Type::Any || node.isNull() || hasReference(node))
            return;
        switch (schema.type) {
        case Type::Map:
            if (node.isMap())
                return keys(schema, node, path);
            return isPairs(schema, node) ? void() : wrong(schema, node, path, key);
        case Type::List:
            return list(schema, node, path, key);
        default:
            // A type of words that nobody set is reported as {}, and taken so.
            if (!node.isScalar() && !schema.words.isEmpty() && node.isEmpty())
                return;
            return node.isScalar() ? scalar(schema, node, path, key) : wrong(schema, node, path, key);
        }
    }

    void keys(const SchemaValue &schema, const Node &node, const QString &path)
    {
        for (const NodeEntry &entry : node.entries) {
            const QString here = path + QLatin1String("::") + shortened(entry.key);
            if (const SchemaValue *known = schema.find(entry.key))
                value(*known, entry.value, here, entry.mark);
            else if (!schema.open)
                unknownKey(schema, entry, here);
        }
    }

    void unknownKey(const SchemaValue &schema, const NodeEntry &entry, const QString &path)
    {
        if (!m_problems.hasRoom(Severity::Error))
            return;
        QByteArrayList words;
        for (const SchemaKey &key : schema.keys)
            words.append(key.name);
        const QByteArray near = nearestWord(entry.key, words);
        QString text = QStringLiteral("%1 has no key '%2' here (Collector %3).")
                           .arg(m_of, shortened(entry.key), m_schema.collectorVersion());
        Problem problem{Severity::Error, entry.mark.line, entry.mark.column, path, text, fileOf(entry.value)};
        if (!near.isEmpty()) {
            problem.text += QStringLiteral(" Did you mean '%1'?").arg(QString::fromUtf8(near));
            problem.fix = replaceOnLine(entry.mark.line, entry.mark.column, QString::fromUtf8(entry.key),
                                        QString::fromUtf8(near));
        } else if (!words.isEmpty() && words.size() <= 12) {
            problem.text += QStringLiteral(" It takes: %1.").arg(QString::fromUtf8(words.join(", ")));
        }
        add(std::move(problem));
    }

    void list(const SchemaValue &schema, const Node &node, const QString &path, Mark key)
    {
        if (node.isMap())
            return wrong(schema, node, path, key);
        // One text where a list of texts is meant is taken apart at its commas.
        if (node.isScalar() || schema.item.empty())
            return;
        for (size_t i = 0; i < node.items.size(); ++i)
            value(schema.item.front(), node.items[i], QStringLiteral("%1[%2]").arg(path).arg(i), node.items[i].mark);
    }

    void scalar(const SchemaValue &schema, const Node &node, const QString &path, Mark key)
    {
        const Scalar is = resolveScalar(node);
        using Is = Scalar::Type;
        bool fits = true;
        switch (schema.type) {
        case Type::Bool:
            fits = is.type == Is::Bool;
            break;
        case Type::Int:
        case Type::Float:
            fits = is.type == Is::Int || is.type == Is::Float;
            break;
        case Type::UInt:
            fits = (is.type == Is::Int && !is.negative) || (is.type == Is::Float && is.number >= 0);
            break;
        case Type::Duration:
            return duration(is, node, path, key, schema);
        case Type::String:
        case Type::Secret:
        case Type::Component:
            fits = is.type == Is::String || is.type == Is::Timestamp;
            break;
        case Type::Map:
        case Type::List:
        case Type::Any:
            break;
        }
        if (!fits)
            return wrong(schema, node, path, key);
        if (!schema.words.isEmpty() && !schema.words.contains(QString::fromUtf8(node.text), Qt::CaseInsensitive))
            unknownWord(schema, node, path);
    }

    void duration(const Scalar &is, const Node &node, const QString &path, Mark key, const SchemaValue &schema)
    {
        if (is.type == Scalar::Type::Int && is.magnitude != 0) {
            Problem problem{Severity::Warning,
                            node.mark.line,
                            node.mark.column,
                            path,
                            QStringLiteral("A length of time without a unit is taken for nanoseconds. Write %1s for "
                                           "seconds.")
                                .arg(shortened(node.text)),
                            fileOf(node)};
            if (isPlain(node))
                problem.fix = instead(node, QString::fromUtf8(node.text) + u's');
            return add(std::move(problem));
        }
        const bool fits = is.type == Scalar::Type::Int || (is.type == Scalar::Type::String && goDuration(node.text));
        if (!fits)
            wrong(schema, node, path, key);
    }

    void unknownWord(const SchemaValue &schema, const Node &node, const QString &path)
    {
        if (!m_problems.hasRoom(Severity::Error))
            return;
        QByteArrayList words;
        for (const QString &word : schema.words)
            words.append(word.toUtf8());
        Problem problem{Severity::Error,
                        node.mark.line,
                        node.mark.column,
                        path,
                        QStringLiteral("'%1' is none of the words that may stand here: %2.")
                            .arg(shortened(node.text), schema.words.join(QStringLiteral(", "))),
                        fileOf(node)};
        if (const QByteArray near = nearestWord(node.text, words); !near.isEmpty() && isPlain(node))
            problem.fix = instead(node, QString::fromUtf8(near));
        add(std::move(problem));
    }

    void wrong(const SchemaValue &schema, const Node &node, const QString &path, Mark key)
    {
        const Mark place = node.mark.line > 0 ? node.mark : key;
        const QString found = node.isMap()    ? QStringLiteral("a map")
                              : node.isList() ? QStringLiteral("a list")
                                              : QStringLiteral("'%1'").arg(shortened(node.text));
        Problem problem{Severity::Error,
                        place.line,
                        place.column,
                        path,
                        QStringLiteral("%1 is expected here, not %2.").arg(wanted(schema.type), found),
                        fileOf(node)};
        problem.text.front() = problem.text.front().toUpper();
        const bool isText = schema.type == Type::String || schema.type == Type::Secret;
        if (isText && node.isScalar() && isPlain(node))
            problem.fix = instead(node, u'"' + QString::fromUtf8(node.text) + u'"');
        else if (schema.type == Type::Bool && node.isScalar() && isPlain(node)) {
            const QByteArray text = node.text.toLower();
            if (text == "yes" || text == "on" || text == "no" || text == "off")
                problem.fix =
                    instead(node, text == "yes" || text == "on" ? QStringLiteral("true") : QStringLiteral("false"));
        }
        add(std::move(problem));
    }

    void add(Problem problem) { m_problems.add(std::move(problem)); }

    [[nodiscard]] QString fileOf(const Node &node) const { return m_tree.files.value(node.file); }

    const Schema &m_schema;
    const ConfigTree &m_tree;
    Work m_own;
    Work &m_work;
    QString m_of; ///< whose keys are walked: "debug of the exporters"
    ProblemList m_problems;
};

} // namespace

Problems checkAgainst(const Schema &schema, const ConfigTree &tree, const YamlLimits &limits, Work *work)
{
    return schema.isEmpty() ? Problems() : Walker(schema, tree, limits, work).run();
}

} // namespace flowgate::collector
