// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/attributes.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>

namespace flowgate::domain {

namespace {

QJsonValue toJson(const AttributeValue &value)
{
    struct Visitor
    {
        QJsonValue operator()(std::monostate) const { return QJsonValue::Null; }
        QJsonValue operator()(const QString &v) const { return v; }
        QJsonValue operator()(bool v) const { return v; }
        QJsonValue operator()(qint64 v) const { return v; }
        QJsonValue operator()(double v) const { return v; }
        QJsonValue operator()(const QByteArray &v) const { return QString::fromLatin1(v.toHex()); }
        QJsonValue operator()(const AttributeValue::List &v) const
        {
            QJsonArray array;
            for (const AttributeValue &item : v)
                array.append(toJson(item));
            return array;
        }
        QJsonValue operator()(const AttributeValue::Map &v) const
        {
            QJsonObject object;
            for (const Attribute &item : v)
                object.insert(item.key, toJson(item.value));
            return object;
        }
    };
    return std::visit(Visitor{}, value.data);
}

} // namespace

QString attributeText(const AttributeValue &value)
{
    const QJsonValue json = toJson(value);
    switch (json.type()) {
    case QJsonValue::Null:
        return QStringLiteral("");
    case QJsonValue::String:
        return json.toString().isEmpty() ? QStringLiteral("") : json.toString();
    case QJsonValue::Bool:
        return json.toBool() ? QStringLiteral("true") : QStringLiteral("false");
    case QJsonValue::Double:
        return std::holds_alternative<qint64>(value.data)
                   ? QString::number(std::get<qint64>(value.data))
                   : QString::number(json.toDouble(), 'g', QLocale::FloatingPointShortest);
    case QJsonValue::Array:
        return QString::fromUtf8(QJsonDocument(json.toArray()).toJson(QJsonDocument::Compact));
    default:
        return QString::fromUtf8(QJsonDocument(json.toObject()).toJson(QJsonDocument::Compact));
    }
}

QString attributeText(const AgentDescription &description, QStringView key)
{
    for (const Attributes *list : {&description.identifying, &description.nonIdentifying}) {
        for (const Attribute &attribute : *list) {
            if (attribute.key == key)
                return attributeText(attribute.value);
        }
    }
    return {};
}

} // namespace flowgate::domain
