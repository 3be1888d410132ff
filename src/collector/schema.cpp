// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/schema.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

// Outside every namespace, as Qt wants it: a static library's resources are not registered by themselves.
static void registerSchemaResources()
{
    Q_INIT_RESOURCE(schema);
}

namespace flowgate::collector {

namespace {

SchemaValue::Type typeOf(const QString &word)
{
    using Type = SchemaValue::Type;
    static const QHash<QString, Type> types{
        {QStringLiteral("map"), Type::Map},       {QStringLiteral("list"), Type::List},
        {QStringLiteral("string"), Type::String}, {QStringLiteral("bool"), Type::Bool},
        {QStringLiteral("int"), Type::Int},       {QStringLiteral("uint"), Type::UInt},
        {QStringLiteral("float"), Type::Float},   {QStringLiteral("duration"), Type::Duration},
        {QStringLiteral("secret"), Type::Secret}, {QStringLiteral("component"), Type::Component},
    };
    return types.value(word, Type::Any);
}

QStringList texts(const QJsonArray &array)
{
    QStringList list;
    for (const QJsonValue &value : array)
        list.append(value.toString());
    return list;
}

SchemaValue readValue(const QJsonObject &json)
{
    SchemaValue value;
    value.type = typeOf(json[QLatin1String("type")].toString());
    value.open = json[QLatin1String("open")].toBool();
    value.optional = json[QLatin1String("optional")].toBool();
    value.words = texts(json[QLatin1String("words")].toArray());
    value.byDefault = json[QLatin1String("default")].toString();
    if (json.contains(QLatin1String("item")))
        value.item.push_back(readValue(json[QLatin1String("item")].toObject()));
    const QJsonObject keys = json[QLatin1String("keys")].toObject();
    for (auto key = keys.begin(); key != keys.end(); ++key)
        value.keys.push_back({key.key().toUtf8(), readValue(key.value().toObject())});
    std::ranges::sort(value.keys, {}, &SchemaKey::name);
    return value;
}

QByteArray resource(const QString &name)
{
    registerSchemaResources();
    QFile file(QStringLiteral(":/flowgate/schema/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

const SchemaValue *SchemaValue::find(QByteArrayView key) const
{
    const auto found = std::ranges::lower_bound(
        keys, key, [](QByteArrayView a, QByteArrayView b) { return a < b; },
        [](const SchemaKey &one) { return QByteArrayView(one.name); });
    if (found != keys.end() && QByteArrayView(found->name) == key)
        return &found->value;
    return keys.empty() && !item.empty() ? &item.front() : nullptr;
}

Schema Schema::read(const QByteArray &components, const QByteArray &wellKnown)
{
    Schema schema;
    const QJsonObject json = QJsonDocument::fromJson(components).object();
    const QJsonObject known = QJsonDocument::fromJson(wellKnown).object();
    schema.m_version = json[QLatin1String("collector")].toString();
    schema.m_telemetry = readValue(json[QLatin1String("telemetry")].toObject());
    for (const ComponentKind kind : allComponentKinds) {
        const QJsonObject section = json[sectionName(kind)].toObject();
        for (auto it = section.begin(); it != section.end(); ++it) {
            const QJsonObject one = it.value().toObject();
            schema.m_byType[static_cast<size_t>(kind)].insert(it.key(), schema.m_components.size());
            schema.m_components.push_back({.kind = kind,
                                           .type = it.key(),
                                           .signalTypes = texts(one[QLatin1String("signals")].toArray()),
                                           .stability = one[QLatin1String("stability")].toString(),
                                           .aliasOf = one[QLatin1String("alias_of")].toString(),
                                           .config = readValue(one[QLatin1String("config")].toObject())});
        }
        const QStringList list = texts(known[sectionName(kind)].toArray());
        schema.m_wellKnown[static_cast<size_t>(kind)] = QSet<QString>(list.cbegin(), list.cend());
    }
    return schema;
}

const SchemaComponent *Schema::find(ComponentKind kind, const QString &type) const
{
    const auto &byType = m_byType[static_cast<size_t>(kind)];
    const auto found = byType.constFind(type);
    return found == byType.constEnd() ? nullptr : &m_components[*found];
}

bool Schema::isKnown(ComponentKind kind, const QString &type) const
{
    return find(kind, type) || m_wellKnown[static_cast<size_t>(kind)].contains(type);
}

QStringList Schema::types(ComponentKind kind) const
{
    QStringList own;
    for (const SchemaComponent &one : m_components) {
        if (one.kind == kind)
            own.append(one.type);
    }
    own.sort();
    QStringList others;
    for (const QString &type : m_wellKnown[static_cast<size_t>(kind)]) {
        if (!own.contains(type))
            others.append(type);
    }
    others.sort();
    return own + others;
}

const Schema &shippedSchema()
{
    static const Schema schema =
        Schema::read(resource(QStringLiteral("collector.json")), resource(QStringLiteral("wellknown.json")));
    return schema;
}

} // namespace flowgate::collector
