// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/language/completion.h"

#include <QSet>

#include <algorithm>

namespace flowgate::collector {

namespace {

constexpr qsizetype mostTexts = 300;

const QStringList signalTypes{QStringLiteral("logs"), QStringLiteral("metrics"), QStringLiteral("traces")};

std::optional<ComponentKind> kindOf(const QString &section)
{
    for (const ComponentKind kind : allComponentKinds) {
        if (sectionName(kind) == section)
            return kind;
    }
    return {};
}

QStringList asKeys(const QStringList &names)
{
    QStringList keys;
    for (const QString &name : names)
        keys.append(name + QStringLiteral(": "));
    return keys;
}

QStringList keysOf(const SchemaValue &value)
{
    QStringList names;
    for (const SchemaKey &key : value.keys)
        names.append(QString::fromUtf8(key.name));
    return asKeys(names);
}

class Completer
{
public:
    Completer(const Schema &schema, const QStringList &lines, const Place &place,
              const QHash<QString, QStringList> &reported)
        : m_schema(schema)
        , m_lines(lines)
        , m_place(place)
        , m_reported(reported)
    {
    }

    [[nodiscard]] QStringList run() const { return m_place.inValue ? values() : keys(); }

private:
    [[nodiscard]] QStringList keys() const
    {
        const QStringList &path = m_place.path;
        if (path.isEmpty())
            return asKeys({QStringLiteral("receivers"), QStringLiteral("processors"), QStringLiteral("exporters"),
                           QStringLiteral("connectors"), QStringLiteral("extensions"), QStringLiteral("service")});
        if (path[0] == QLatin1String("service"))
            return serviceKeys();
        const auto kind = kindOf(path[0]);
        if (kind && path.size() == 1)
            return types(*kind);
        return schemaKeys();
    }

    [[nodiscard]] QStringList serviceKeys() const
    {
        const QStringList &path = m_place.path;
        if (path.size() == 1)
            return asKeys({QStringLiteral("extensions"), QStringLiteral("pipelines"), QStringLiteral("telemetry")});
        if (path[1] != QLatin1String("pipelines"))
            return schemaKeys();
        if (path.size() == 2)
            return asKeys(signalTypes);
        return path.size() == 3
                   ? asKeys({QStringLiteral("receivers"), QStringLiteral("processors"), QStringLiteral("exporters")})
                   : QStringList();
    }

    [[nodiscard]] QStringList schemaKeys() const
    {
        const SchemaValue *value = schemaAt(m_schema, m_place.path);
        if (value && value->type == SchemaValue::Type::List && !value->item.empty())
            value = &value->item.front();
        return value ? keysOf(*value) : QStringList();
    }

    /// Those that the gateways have come first.
    [[nodiscard]] QStringList types(ComponentKind kind) const
    {
        QStringList list = m_reported.value(sectionName(kind));
        list.sort();
        for (const QString &type : m_schema.types(kind)) {
            if (!list.contains(type))
                list.append(type);
        }
        return asKeys(list);
    }

    [[nodiscard]] QStringList values() const
    {
        const QStringList whole = m_place.path + QStringList(m_place.key);
        if (whole.size() == 4 && whole[0] == QLatin1String("service") && whole[1] == QLatin1String("pipelines"))
            return references(whole[3], componentType(whole[2]));
        if (whole == QStringList({QStringLiteral("service"), QStringLiteral("extensions")}))
            return definedIds(m_lines, ComponentKind::Extension);
        const SchemaValue *value = schemaAt(m_schema, whole);
        if (!value)
            return {};
        switch (value->type) {
        case SchemaValue::Type::Bool:
            return {QStringLiteral("false"), QStringLiteral("true")};
        case SchemaValue::Type::Component:
            return definedIds(m_lines, ComponentKind::Extension);
        case SchemaValue::Type::List:
            return value->item.empty() ? QStringList() : value->item.front().words;
        default:
            return !value->words.isEmpty()      ? value->words
                   : value->byDefault.isEmpty() ? QStringList()
                                                : QStringList(value->byDefault);
        }
    }

    [[nodiscard]] QStringList references(const QString &part, const QString &signal) const
    {
        const auto kind = kindOf(part);
        if (!kind)
            return {};
        QStringList ids;
        for (const QString &id : definedIds(m_lines, *kind)) {
            const SchemaComponent *known = m_schema.find(*kind, componentType(id));
            if (!known || known->signalTypes.isEmpty() || known->signalTypes.contains(signal))
                ids.append(id);
        }
        if (*kind != ComponentKind::Processor)
            ids += definedIds(m_lines, ComponentKind::Connector);
        return ids;
    }

    const Schema &m_schema;
    const QStringList &m_lines;
    const Place &m_place;
    const QHash<QString, QStringList> &m_reported;
};

/// Pipelines in whose lists the id stands, in flow or in block style.
QStringList usersOf(const QStringList &lines, const QString &id)
{
    std::vector<int> naming;
    for (int line = 0; line < lines.size(); ++line) {
        if (lines[line].contains(id))
            naming.push_back(line);
    }
    const std::vector<Place> places = placesOfLines(lines, naming);
    QStringList pipelines;
    QSet<QString> seen;
    for (size_t i = 0; i < places.size(); ++i) {
        const Place &place = places[i];
        const QString &text = lines[naming[i]];
        const QStringList whole = place.path + QStringList(place.key);
        const bool inList = place.inValue && whole.size() == 4 && whole[1] == QLatin1String("pipelines");
        if (!inList || seen.contains(whole[2]))
            continue;
        const QString list = text.section(QLatin1Char(':'), text.contains(u':') ? 1 : 0);
        for (QString item : list.split(u',')) {
            item.remove(u'[').remove(u']');
            item = item.trimmed();
            while (item.startsWith(u'-'))
                item = item.mid(1).trimmed();
            if (item == id && !seen.contains(whole[2])) {
                seen.insert(whole[2]);
                pipelines.append(whole[2]);
            }
        }
    }
    return pipelines;
}

} // namespace

Completions complete(const Schema &schema, const QStringList &lines, int line, int column,
                     const QHash<QString, QStringList> &reported)
{
    const Place place = placeAt(lines, line, column);
    Completions found{place.typed, {}};
    if (place.inComment)
        return found;
    for (const QString &text : Completer(schema, lines, place, reported).run()) {
        const bool fits = text.startsWith(place.typed, Qt::CaseInsensitive) && text != place.typed;
        if (fits && found.texts.size() < mostTexts)
            found.texts.append(text);
    }
    return found;
}

std::optional<Explanation> explain(const Schema &schema, const QStringList &lines, int line, int column)
{
    if (line < 0 || line >= lines.size())
        return {};
    // The whole word that the cursor is in.
    qsizetype end = std::clamp<qsizetype>(column, 0, lines[line].size());
    const auto isWord = [](QChar c) {
        return c.isLetterOrNumber() || c == u'_' || c == u'-' || c == u'.' || c == u'/';
    };
    while (end < lines[line].size() && isWord(lines[line][end]))
        ++end;
    const Place place = placeAt(lines, line, static_cast<int>(end));
    if (place.typed.isEmpty() || place.inComment)
        return {};
    Explanation said{place.typed, nullptr, nullptr, {}};
    if (place.inValue) {
        const QStringList whole = place.path + QStringList(place.key);
        const auto kind = whole.size() == 4 && whole[1] == QLatin1String("pipelines") ? kindOf(whole[3]) : std::nullopt;
        said.component = kind ? schema.find(*kind, componentType(place.typed)) : nullptr;
        if (kind && !said.component)
            said.component = schema.find(ComponentKind::Connector, componentType(place.typed));
        if (!said.component)
            said.value = schemaAt(schema, whole);
    } else if (place.path.size() == 1 && kindOf(place.path[0])) {
        said.component = schema.find(*kindOf(place.path[0]), componentType(place.typed));
    } else {
        said.value = schemaAt(schema, place.path + QStringList(place.typed));
    }
    if (!said.value && !said.component)
        return {};
    if (said.component)
        said.pipelines = usersOf(lines, place.typed);
    return said;
}

} // namespace flowgate::collector
