// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/yamlnode.h"

#include "collector/scalar.h"
#include "collector/secrets.h"

#include <algorithm>

namespace flowgate::collector {

namespace {

constexpr size_t smallMap = 16;

/// Appends flow style to @p out until it is longer than @p limit bytes.
void render(const Node &node, qsizetype limit, QByteArray &out)
{
    if (out.size() > limit)
        return;
    switch (node.kind) {
    case Node::Kind::Scalar: {
        const bool quoted = !node.plain && resolveScalar(node).type == Scalar::Type::String;
        if (quoted)
            out += '"';
        // One character more than fits, so that the cut shows.
        constexpr qsizetype longestRead = 64 * 1024;
        QByteArray piece = withoutPasswords(node.text.left(longestRead)).left(limit + 1 - out.size());
        piece.replace('\n', "\\n").replace('\t', "\\t");
        out += node.isNull() && piece.isEmpty() ? QByteArray("null") : piece;
        if (quoted)
            out += '"';
        break;
    }
    case Node::Kind::List:
        out += '[';
        for (const Node &item : node.items) {
            if (&item != &node.items.front())
                out += ", ";
            render(item, limit, out);
            if (out.size() > limit)
                return;
        }
        out += ']';
        break;
    case Node::Kind::Map:
        out += '{';
        for (const NodeEntry &entry : node.entries) {
            if (&entry != &node.entries.front())
                out += ", ";
            out += entry.key.left(limit) + ": ";
            if (isSecretKey(entry.key))
                out += hiddenValue;
            else
                render(entry.value, limit, out);
            if (out.size() > limit)
                return;
        }
        out += '}';
        break;
    }
}

} // namespace

bool Node::isNull() const
{
    return isScalar() && resolveScalar(*this).type == Scalar::Type::Null;
}

bool Node::isEmpty() const
{
    return isScalar() ? isNull() : items.empty() && entries.empty();
}

const NodeEntry *Node::find(QByteArrayView key) const
{
    const auto it = std::ranges::find_if(entries, [&](const NodeEntry &entry) { return entry.key == key; });
    return it == entries.end() ? nullptr : &*it;
}

const Node *Node::at(std::initializer_list<QByteArrayView> keys) const
{
    const Node *node = this;
    for (const QByteArrayView key : keys) {
        const NodeEntry *entry = node->find(key);
        if (!entry)
            return nullptr;
        node = &entry->value;
    }
    return node;
}

MapIndex::MapIndex(const Node &map)
    : m_map(map)
{
    if (map.entries.size() <= smallMap)
        return;
    m_byKey.reserve(static_cast<qsizetype>(map.entries.size()));
    for (const NodeEntry &entry : map.entries)
        m_byKey.insert(entry.key, &entry);
}

const NodeEntry *MapIndex::find(const QByteArray &key) const
{
    return m_byKey.isEmpty() ? m_map.find(key) : m_byKey.value(key);
}

int nodeCount(const Node &node)
{
    int count = 1;
    for (const Node &item : node.items)
        count += nodeCount(item);
    for (const NodeEntry &entry : node.entries)
        count += nodeCount(entry.value);
    return count;
}

int nodeHeight(const Node &node)
{
    int below = 0;
    for (const Node &item : node.items)
        below = std::max(below, nodeHeight(item));
    for (const NodeEntry &entry : node.entries)
        below = std::max(below, nodeHeight(entry.value));
    return below + 1;
}

QString nodeText(const Node &node, int limit)
{
    QByteArray out;
    render(node, limit, out);
    QString text = QString::fromUtf8(out);
    if (text.size() > limit) {
        text.truncate(limit);
        if (!text.isEmpty() && text.back().isHighSurrogate())
            text.chop(1);
        text += QChar(0x2026);
    }
    return text;
}

bool NodePath::startsWith(std::initializer_list<QByteArrayView> keys) const
{
    return m_steps.size() >= keys.size() &&
           std::equal(keys.begin(), keys.end(), m_steps.begin(),
                      [](QByteArrayView key, const Step &step) { return step.index < 0 && step.key == key; });
}

bool NodePath::is(std::initializer_list<QByteArrayView> keys) const
{
    return m_steps.size() == keys.size() && startsWith(keys);
}

QString NodePath::text() const
{
    QString text;
    for (const Step &step : m_steps) {
        if (step.index >= 0) {
            text += QLatin1Char('[') + QString::number(step.index) + QLatin1Char(']');
            continue;
        }
        if (!text.isEmpty())
            text += QLatin1String("::");
        // A key of megabytes is legal; a path is for people.
        text += QString::fromUtf8(step.key.first(std::min<qsizetype>(step.key.size(), 200)));
    }
    return text;
}

} // namespace flowgate::collector
