// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <variant>
#include <vector>

namespace flowgate::domain {

struct Attribute;

/// One OpenTelemetry AnyValue. monostate is the value that was sent with nothing in it ("null", ST1).
struct AttributeValue
{
    using List = std::vector<AttributeValue>;
    using Map = std::vector<Attribute>; // keys may repeat and keep their order, as on the wire

    std::variant<std::monostate, QString, bool, qint64, double, QByteArray, List, Map> data;

    friend bool operator==(const AttributeValue &a, const AttributeValue &b);
};

/// A key with its value.
struct Attribute
{
    QString key;
    AttributeValue value;

    friend bool operator==(const Attribute &, const Attribute &) = default;
};
using Attributes = std::vector<Attribute>;

inline bool operator==(const AttributeValue &a, const AttributeValue &b)
{
    return a.data == b.data;
}

/// What AgentDescription brings: who the agent is (ST1, ST2). Present but empty means "no attributes" (X1).
struct AgentDescription
{
    Attributes identifying;
    Attributes nonIdentifying;

    friend bool operator==(const AgentDescription &, const AgentDescription &) = default;
};

/// The value as one line of text: strings as they are, lists and maps in JSON, bytes as hex, null as "".
[[nodiscard]] QString attributeText(const AttributeValue &value);
/// The value under @p key as text: identifying first, then non-identifying, first of repeated keys (ST2). Null if none.
[[nodiscard]] QString attributeText(const AgentDescription &description, QStringView key);

} // namespace flowgate::domain
