// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/codec.h"

#include "store/cborreader.h"
#include "store/cborwriter.h"

namespace flowgate::store::codec {

using namespace domain;

namespace {

constexpr int form = 1;
// First element of an array that stands for a list or for a map of an AnyValue.
constexpr int listMark = 0;
constexpr int mapMark = 1;

// Writing and reading of each value side by side, so that they stay the same.

void write(Writer &out, const AttributeValue &value, int level);
void write(Writer &out, const Attributes &list, int level)
{
    for (const Attribute &attribute : list) {
        out.put(attribute.key);
        write(out, attribute.value, level);
    }
}

void write(Writer &out, const AttributeValue &value, int level)
{
    const bool nested = std::holds_alternative<AttributeValue::List>(value.data) ||
                        std::holds_alternative<AttributeValue::Map>(value.data);
    if (nested && level >= deepest) {
        out.put(std::monostate{});
    } else if (const auto *list = std::get_if<AttributeValue::List>(&value.data)) {
        out.open();
        out.put(listMark);
        for (const AttributeValue &item : *list)
            write(out, item, level + 1);
        out.close();
    } else if (const auto *map = std::get_if<AttributeValue::Map>(&value.data)) {
        out.open();
        out.put(mapMark);
        write(out, *map, level + 1);
        out.close();
    } else if (const auto *string = std::get_if<QString>(&value.data)) {
        out.put(string->isNull() ? QStringLiteral("") : *string); // null means "no value" here
    } else {
        std::visit(
            [&out](const auto &scalar) {
                if constexpr (requires { out.put(scalar); })
                    out.put(scalar);
            },
            value.data);
    }
}

void read(Reader &in, AttributeValue &value);
void read(Reader &in, Attributes &list)
{
    while (in.more()) {
        Attribute &attribute = list.emplace_back();
        attribute.key = in.text();
        read(in, attribute.value);
    }
}

void read(Reader &in, AttributeValue &value)
{
    const Reader::Level level(in);
    if (in.isNull())
        in.null();
    else if (in.isText())
        value.data = in.text();
    else if (in.isBytes())
        value.data = in.bytes();
    else if (in.isInteger())
        value.data = in.integer();
    else if (in.isDouble())
        value.data = in.real();
    else if (in.isArray()) {
        in.enter();
        const int mark = in.small();
        if (mark == mapMark) {
            read(in, value.data.emplace<AttributeValue::Map>());
        } else if (mark == listMark) {
            auto &list = value.data.emplace<AttributeValue::List>();
            while (in.more())
                read(in, list.emplace_back());
        } else {
            in.fail(DecodeError::WrongShape);
        }
        in.leave();
    } else
        value.data = in.flag();
}

void write(Writer &out, const AgentDescription &value)
{
    for (const Attributes *list : {&value.identifying, &value.nonIdentifying}) {
        out.open();
        write(out, *list, 1);
        out.close();
    }
}

void read(Reader &in, AgentDescription &value)
{
    for (Attributes *list : {&value.identifying, &value.nonIdentifying}) {
        in.enter();
        read(in, *list);
        in.leave();
    }
}

void write(Writer &out, const ComponentHealth &node, int level = 1)
{
    out.put(node.healthy);
    out.put(node.startTimeUnixNano);
    out.put(node.lastError);
    out.put(node.status);
    out.put(node.statusTimeUnixNano);
    if (level == deepest)
        return;
    for (const auto &[name, child] : node.components) {
        out.put(name);
        out.open();
        write(out, child, level + 1);
        out.close();
    }
}

void read(Reader &in, ComponentHealth &node)
{
    const Reader::Level level(in);
    node.healthy = in.flag();
    node.startTimeUnixNano = in.natural();
    node.lastError = in.text();
    node.status = in.text();
    node.statusTimeUnixNano = in.natural();
    while (in.more()) {
        ComponentHealth &child = node.components[in.text()];
        in.enter();
        read(in, child);
        in.leave();
    }
}

void write(Writer &out, const ComponentMap &components, int level = 1)
{
    for (const auto &[name, details] : components) {
        out.put(name);
        out.open();
        if (level < deepest)
            write(out, details.metadata, level + 1);
        out.close();
        out.open();
        if (level < deepest)
            write(out, details.components, level + 1);
        out.close();
    }
}

void read(Reader &in, ComponentMap &components)
{
    if (!in.more())
        return;
    const Reader::Level level(in);
    while (in.more()) {
        ComponentDetails &details = components[in.text()];
        in.enter();
        read(in, details.metadata);
        in.leave();
        in.enter();
        read(in, details.components);
        in.leave();
    }
}

void write(Writer &out, const QString &text)
{
    out.put(text);
}

void read(Reader &in, QString &text)
{
    text = in.text();
}

void write(Writer &out, const Sighting &value)
{
    out.put(static_cast<qint64>(value.at.time_since_epoch().count()));
    out.put(value.what);
}

void read(Reader &in, Sighting &value)
{
    value.at = WallTime(milliseconds(in.integer()));
    value.what = in.text();
}

void write(Writer &out, const WaveSize &value)
{
    out.put(value.amount);
    out.put(value.percent);
}

void read(Reader &in, WaveSize &value)
{
    value.amount = in.small();
    value.percent = in.flag();
}

void write(Writer &out, const std::pair<QString, QString> &value)
{
    out.put(value.first);
    out.put(value.second);
}

void read(Reader &in, std::pair<QString, QString> &value)
{
    value.first = in.text();
    value.second = in.text();
}

template<typename Items>
void writeItems(Writer &out, const Items &items)
{
    for (const auto &item : items)
        write(out, item);
}

template<typename Items>
void readItems(Reader &in, Items &items)
{
    while (in.more())
        read(in, items.emplace_back());
}

void write(Writer &out, const QStringList &list)
{
    writeItems(out, list);
}

void read(Reader &in, QStringList &list)
{
    readItems(in, list);
}

template<typename Item>
void write(Writer &out, const std::vector<Item> &list)
{
    writeItems(out, list);
}

template<typename Item>
void read(Reader &in, std::vector<Item> &list)
{
    readItems(in, list);
}

void write(Writer &out, const RolloutOptions &value)
{
    out.open();
    write(out, value.waves);
    out.close();
    out.put(static_cast<qint64>(value.soak.count()));
    out.put(static_cast<qint64>(value.timeout.count()));
    out.put(value.putBack);
    out.put(value.force);
}

void read(Reader &in, RolloutOptions &value)
{
    value.waves.clear();
    in.enter();
    read(in, value.waves);
    in.leave();
    value.soak = milliseconds(in.integer());
    value.timeout = milliseconds(in.integer());
    value.putBack = in.flag();
    value.force = in.flag();
}

void write(Writer &out, const ConfigSet &value)
{
    for (const auto &[name, file] : value.files) {
        out.put(name);
        out.put(file.contentType);
        out.put(file.body);
    }
}

void read(Reader &in, ConfigSet &value)
{
    while (in.more()) {
        ConfigFile &file = value.files[in.text()];
        file.contentType = in.text();
        file.body = in.bytes();
    }
}

template<typename T>
QByteArray encoded(const T &value)
{
    QByteArray bytes;
    Writer out(&bytes);
    out.open();
    out.put(form);
    write(out, value);
    out.close();
    return bytes;
}

} // namespace

template<typename T>
Decoded<T> decode(const QByteArray &bytes)
{
    Reader in(bytes);
    in.enter();
    if (const int found = in.small(); in.good() && found != form)
        in.fail(DecodeError::UnknownForm);
    T value;
    read(in, value);
    in.leave();
    if (const auto error = in.finish())
        return unexpected(*error);
    return value;
}

// clang-format off
QByteArray encode(const AgentDescription &value) { return encoded(value); }
QByteArray encode(const ComponentHealth &value) { return encoded(value); }
QByteArray encode(const ComponentMap &value) { return encoded(value); }
QByteArray encode(const QStringList &value) { return encoded(value); }
QByteArray encode(const RolloutOptions &value) { return encoded(value); }
QByteArray encode(const std::vector<Sighting> &value) { return encoded(value); }
QByteArray encode(const ConfigSet &value) { return encoded(value); }
QByteArray encode(const FileNames &value) { return encoded(value); }

template Decoded<AgentDescription> decode(const QByteArray &);
template Decoded<ComponentHealth> decode(const QByteArray &);
template Decoded<ComponentMap> decode(const QByteArray &);
template Decoded<QStringList> decode(const QByteArray &);
template Decoded<RolloutOptions> decode(const QByteArray &);
template Decoded<std::vector<Sighting>> decode(const QByteArray &);
template Decoded<ConfigSet> decode(const QByteArray &);
template Decoded<FileNames> decode(const QByteArray &);
// clang-format on

const char *text(DecodeError error)
{
    switch (error) {
    case DecodeError::Malformed:
        return "malformed";
    case DecodeError::WrongShape:
        return "wrong shape";
    case DecodeError::UnknownForm:
        return "written by a newer version";
    case DecodeError::TooDeep:
        return "nested too deep";
    }
    return "";
}

} // namespace flowgate::store::codec
