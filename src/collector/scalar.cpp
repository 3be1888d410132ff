// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/scalar.h"

#include "collector/goscalar.h"

#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>

namespace flowgate::collector {

namespace {

using Type = Scalar::Type;

/// "!!int" for "tag:yaml.org,2002:int".
QByteArray shortTag(const QByteArray &tag)
{
    static const QByteArray prefix = "tag:yaml.org,2002:";
    return tag.startsWith(prefix) ? "!!" + tag.mid(prefix.size()) : tag;
}

Scalar stringScalar(const QByteArray &text)
{
    Scalar scalar;
    scalar.type = Type::String;
    scalar.text = text;
    return scalar;
}

Scalar floatScalar(double number)
{
    Scalar scalar;
    scalar.type = Type::Float;
    scalar.number = number;
    return scalar;
}

/// The words that stand for a value.
std::optional<Scalar> wordScalar(const QByteArray &text)
{
    const auto isOneOf = [&](std::initializer_list<QByteArrayView> words) {
        return std::ranges::any_of(words, [&](QByteArrayView word) { return text == word; });
    };
    if (isOneOf({"", "~", "null", "Null", "NULL"}))
        return Scalar{};
    const bool isTrue = isOneOf({"true", "True", "TRUE"});
    if (isTrue || isOneOf({"false", "False", "FALSE"})) {
        Scalar scalar;
        scalar.type = Type::Bool;
        scalar.boolean = isTrue;
        return scalar;
    }
    if (isOneOf({".nan", ".NaN", ".NAN"}))
        return floatScalar(std::nan(""));
    if (isOneOf({".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"}))
        return floatScalar(HUGE_VAL);
    if (isOneOf({"-.inf", "-.Inf", "-.INF"}))
        return floatScalar(-HUGE_VAL);
    return {};
}

/// The type that plain text has by itself. @p timestamps: dates count.
Scalar resolvePlain(const QByteArray &text, bool timestamps)
{
    if (text.size() > 64) // longer than any number or date worth the name; Go would round it to a float
        return stringScalar(text);
    if (const auto word = wordScalar(text))
        return *word;
    const char first = text.front();
    if (first == '.') {
        if (const auto number = goFloat(text))
            return floatScalar(*number);
        return stringScalar(text);
    }
    if (first != '+' && first != '-' && (first < '0' || first > '9'))
        return stringScalar(text);
    if (timestamps) {
        if (const auto time = yamlTimestamp(text)) {
            Scalar scalar;
            scalar.type = Type::Timestamp;
            scalar.seconds = time->seconds;
            scalar.nanoseconds = time->nanoseconds;
            return scalar;
        }
    }
    QByteArray digits = text;
    digits.replace("_", "");
    if (const auto integer = goInteger(digits)) {
        Scalar scalar;
        scalar.type = Type::Int;
        scalar.negative = integer->negative;
        scalar.magnitude = integer->magnitude;
        return scalar;
    }
    if (const auto number = goFloat(digits))
        return floatScalar(*number);
    return stringScalar(text);
}

bool sameNumber(const Scalar &a, const Scalar &b)
{
    if (a.type == Type::Int && b.type == Type::Int)
        return a.magnitude == b.magnitude && (a.negative == b.negative || a.magnitude == 0);
    const auto value = [](const Scalar &s) {
        if (s.type == Type::Float)
            return s.number;
        return s.negative ? -static_cast<double>(s.magnitude) : static_cast<double>(s.magnitude);
    };
    return value(a) == value(b) || (std::isnan(value(a)) && std::isnan(value(b)));
}

bool isNumber(const Scalar &s)
{
    return s.type == Type::Int || s.type == Type::Float;
}

/// A length of time as a string says it, or as the count of nanoseconds that Go takes for one.
std::optional<std::chrono::nanoseconds> durationOf(const Scalar &s)
{
    if (s.type == Type::String)
        return goDuration(s.text);
    if (s.type != Type::Int || s.magnitude > static_cast<quint64>(INT64_MAX))
        return {};
    const auto count = static_cast<qint64>(s.magnitude);
    return std::chrono::nanoseconds(s.negative ? -count : count);
}

/// $$ stands for one $ (the Collector undoes it, the supervisor's copy still has it).
QByteArray unescaped(QByteArray text)
{
    return text.replace("$$", "$");
}

bool sameValue(const Scalar &a, const Scalar &b, QByteArrayView key)
{
    if (isNumber(a) && isNumber(b))
        return sameNumber(a, b);
    if (a.type == Type::String || b.type == Type::String) {
        const auto first = durationOf(a);
        if (first && first == durationOf(b))
            return true;
    }
    if (a.type != b.type)
        return false;
    switch (a.type) {
    case Type::Null:
        return true;
    case Type::Bool:
        return a.boolean == b.boolean;
    case Type::Timestamp:
        return a.seconds == b.seconds && a.nanoseconds == b.nanoseconds;
    case Type::String:
        return a.text == b.text || (a.text.contains("$$") && unescaped(a.text) == b.text) ||
               (isEnumKey(key) && a.text.compare(b.text, Qt::CaseInsensitive) == 0);
    case Type::Int:
    case Type::Float:
        break; // done above
    }
    return false;
}

/// A text and a plain scalar that is written as that text.
bool sameText(const Node &first, const Scalar &a, const Node &second, const Scalar &b)
{
    const auto isText = [](const Scalar &text, const Node &plain, const Scalar &other) {
        return text.type == Type::String && other.type != Type::String && plain.plain && plain.tag.isEmpty() &&
               plain.text == text.text;
    };
    return isText(a, second, b) || isText(b, first, a);
}

} // namespace

Scalar resolveScalar(const Node &node)
{
    const QByteArray tag = node.tag.isEmpty() ? QByteArray() : shortTag(node.tag);
    if (tag == "!!str")
        return stringScalar(node.text);
    if (tag == "!!binary") {
        const auto decoded = QByteArray::fromBase64Encoding(node.text.simplified().replace(' ', ""),
                                                            QByteArray::AbortOnBase64DecodingErrors);
        Scalar scalar = stringScalar(decoded ? *decoded : node.text);
        scalar.valid = static_cast<bool>(decoded);
        return scalar;
    }
    if (tag.isEmpty() || tag == "!")
        return node.plain ? resolvePlain(node.text, tag.isEmpty()) : stringScalar(node.text);

    static constexpr std::array<std::pair<QByteArrayView, Type>, 5> types{{{"!!null", Type::Null},
                                                                           {"!!bool", Type::Bool},
                                                                           {"!!int", Type::Int},
                                                                           {"!!float", Type::Float},
                                                                           {"!!timestamp", Type::Timestamp}}};
    const auto wanted = std::ranges::find_if(types, [&](const auto &t) { return tag == t.first; });
    if (wanted == types.end())
        return stringScalar(node.text); // a tag of somebody's own: yaml.v3 takes the text
    Scalar scalar = resolvePlain(node.text, wanted->second == Type::Timestamp);
    if (wanted->second == Type::Float && scalar.type == Type::Int)
        return floatScalar(scalar.negative ? -static_cast<double>(scalar.magnitude)
                                           : static_cast<double>(scalar.magnitude));
    scalar.valid = scalar.type == wanted->second;
    return scalar;
}

QByteArray keyText(const Node &node)
{
    const Scalar scalar = resolveScalar(node);
    switch (scalar.type) {
    case Type::Null:
        return "<nil>";
    case Type::Bool:
        return scalar.boolean ? "true" : "false";
    case Type::Int:
        return (scalar.negative && scalar.magnitude != 0 ? QByteArray("-") : QByteArray()) +
               QByteArray::number(scalar.magnitude);
    case Type::Float:
        return QByteArray::number(scalar.number, 'g', QLocale::FloatingPointShortest);
    case Type::Timestamp:
        return node.text;
    case Type::String:
        break;
    }
    return scalar.text;
}

bool hasReference(QByteArrayView text)
{
    for (qsizetype i = 0; i + 1 < text.size(); ++i) {
        if (text[i] != '$')
            continue;
        if (text[i + 1] == '{')
            return text.indexOf('}', i + 2) >= 0; // where none closes this one, none closes a later one
        if (text[i + 1] == '$')
            ++i;
    }
    return false;
}

bool hasReference(const Node &node)
{
    return node.isScalar() && hasReference(node.text);
}

bool isReference(QByteArrayView text)
{
    if (!text.startsWith("${"))
        return false;
    int open = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == '}' && --open == 0)
            return i + 1 == text.size();
        if (text[i] == '$' && i + 1 < text.size() && (text[i + 1] == '{' || text[i + 1] == '$'))
            open += text[++i] == '{' ? 1 : 0;
    }
    return false;
}

bool isReference(const Node &node)
{
    return node.isScalar() && isReference(node.text);
}

bool isEnumKey(QByteArrayView key)
{
    static constexpr std::array<QByteArrayView, 6> keys{"verbosity",   "level",     "encoding",
                                                        "compression", "transport", "protocol"};
    return std::ranges::find(keys, key) != keys.end();
}

bool isZero(const Scalar &scalar)
{
    switch (scalar.type) {
    case Type::Null:
        return true;
    case Type::Bool:
        return !scalar.boolean;
    case Type::Int:
        return scalar.magnitude == 0;
    case Type::Float:
        return scalar.number == 0;
    case Type::Timestamp:
        return false;
    case Type::String:
        return scalar.text.isEmpty() || goDuration(scalar.text) == std::chrono::nanoseconds(0);
    }
    return false;
}

ScalarMatch matchScalar(const Node &wanted, const Node &effective, QByteArrayView key)
{
    if (wanted.plain == effective.plain && wanted.text == effective.text && wanted.tag == effective.tag)
        return ScalarMatch::Same;
    const Scalar a = resolveScalar(wanted);
    const Scalar b = resolveScalar(effective);
    if (sameValue(a, b, key) || sameText(wanted, a, effective, b))
        return ScalarMatch::Same;
    if (effective.text == "[REDACTED]")
        return ScalarMatch::Masked;
    if (a.type == Type::String && hasReference(a.text))
        return ScalarMatch::Reference;
    return ScalarMatch::Different;
}

} // namespace flowgate::collector
