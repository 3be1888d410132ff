// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QString>

#include <vector>

namespace flowgate::collector {

/// A place in a text, counted from 1.
struct Mark
{
    int line = 0;
    int column = 0;

    friend bool operator==(const Mark &, const Mark &) = default;
};

struct NodeEntry;

/// One value of a YAML document with the place it was written at. Aliases and merge keys are resolved: a value that
/// came in through one keeps the place where it was written.
struct Node
{
    enum class Kind : quint8 { Scalar, List, Map };

    Kind kind = Kind::Scalar;
    bool plain = true;     ///< a scalar without quotes, | or >
    bool viaAlias = false; ///< the root of what an alias stood for
    quint16 file = 0;      ///< index into ConfigTree::files
    Mark mark;
    int lastLine = 0;               ///< of the last character of the value, children included
    QByteArray tag;                 ///< as written: "!!str", "!custom"; mostly empty
    QByteArray text;                ///< of a scalar, UTF-8, quotes and escapes undone
    std::vector<Node> items;        ///< of a list
    std::vector<NodeEntry> entries; ///< of a map, in the order of the text, keys unique

    [[nodiscard]] bool isScalar() const { return kind == Kind::Scalar; }
    [[nodiscard]] bool isList() const { return kind == Kind::List; }
    [[nodiscard]] bool isMap() const { return kind == Kind::Map; }
    /// Nothing written, ~ or null. Not an empty map, which a Collector mostly takes for the same.
    [[nodiscard]] bool isNull() const;
    /// Nothing in it: null, an empty map or an empty list.
    [[nodiscard]] bool isEmpty() const;
    /// The entry under @p key of a map; null if there is none or this is no map. Linear: see MapIndex.
    [[nodiscard]] const NodeEntry *find(QByteArrayView key) const;
    /// The value down @p keys, null where a step is missing.
    [[nodiscard]] const Node *at(std::initializer_list<QByteArrayView> keys) const;
};

/// One key of a map with its value.
struct NodeEntry
{
    QByteArray key;      ///< as the Collector's string keys: 0x10 reads "16"
    Mark mark;           ///< of the key
    bool merged = false; ///< came in through <<
    Node value;
};

/// Finds keys of one map fast, whatever its size. The map must outlive it and stay as it is.
class MapIndex
{
public:
    explicit MapIndex(const Node &map);
    [[nodiscard]] const NodeEntry *find(const QByteArray &key) const;

private:
    const Node &m_map;
    QHash<QByteArray, const NodeEntry *> m_byKey; // filled for large maps only
};

/// Count of values in @p node, itself included.
[[nodiscard]] int nodeCount(const Node &node);
/// Levels in @p node, 1 for a scalar.
[[nodiscard]] int nodeHeight(const Node &node);
/// The value in one line of flow style, cut at about @p limit characters. Values under keys that name a
/// secret are hidden.
[[nodiscard]] QString nodeText(const Node &node, int limit = 200);

/// A path as it is walked: keys and list positions; text is made only where one is reported.
class NodePath
{
public:
    void push(QByteArrayView key) { m_steps.push_back({key, -1}); }
    void push(qsizetype index) { m_steps.push_back({{}, index}); }
    void pop() { m_steps.pop_back(); }
    [[nodiscard]] size_t size() const { return m_steps.size(); }
    [[nodiscard]] bool startsWith(std::initializer_list<QByteArrayView> keys) const;
    [[nodiscard]] bool is(std::initializer_list<QByteArrayView> keys) const;
    /// "exporters::otlp/2::endpoint", "service::extensions[0]".
    [[nodiscard]] QString text() const;

private:
    struct Step
    {
        QByteArrayView key;
        qsizetype index; ///< -1: a key
    };
    std::vector<Step> m_steps;
};

} // namespace flowgate::collector
