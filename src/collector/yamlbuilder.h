// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/yamlparser.h"

namespace flowgate::collector {

/// Puts a tree together from the events of a YAML parser: resolves aliases, merges <<, refuses equal keys and keeps
/// to the limits. Without a parser of its own, so that text after a mistake can go into the same tree.
class YamlBuilder
{
public:
    explicit YamlBuilder(const YamlLimits &limits)
        : m_limits(limits)
        , m_used(limits.nodesUsed)
    {
    }

    /// Each returns false when a limit is reached: nothing more may come.
    bool beginCollection(Node::Kind kind, Mark mark, const QByteArray &anchor, const QByteArray &tag);
    bool endCollection();
    bool scalar(Node node, const QByteArray &anchor);
    bool alias(const QByteArray &name, Mark mark, int lastLine);

    /// Closes what is open, after an error or at the end of a document. What came since goes into the root.
    void finishPart();
    void report(Severity severity, Mark mark, const QString &text);
    [[nodiscard]] bool isFull() const { return static_cast<int>(m_problems.size()) >= m_limits.problems; }
    /// Whether the root is a map with its keys in the first column, or nothing at all yet.
    [[nodiscard]] bool canGoOn() const;
    [[nodiscard]] YamlDocument take();

private:
    struct Frame
    {
        Node node;
        QByteArray anchor;
        bool haveKey = false;
        NodeEntry entry; // the key whose value is awaited
        bool keyIsMerge = false;
        std::vector<Node> merges; // values of <<
        std::vector<Mark> mergeMarks;
    };
    struct Anchor
    {
        Node node;
        int count = 0;
        int height = 0;
        bool open = false; // its collection has not ended
    };

    bool add(Node node);
    void closeTop();
    void takeKey(Frame &frame, const Node &node);
    void resolveMerges(Frame &frame);
    void mergeOne(Frame &frame, const Node &source, QHash<QByteArray, bool> &have);
    void dropEqualKeys(Node &map);
    bool spend(int nodes, Mark mark);
    [[nodiscard]] bool isSpent() const { return !m_beyond.isEmpty(); }
    bool remember(const QByteArray &name, const Node &node);
    [[nodiscard]] QString path() const;

    YamlLimits m_limits;
    std::vector<Frame> m_stack;
    QHash<QByteArray, Anchor> m_anchors;
    Node m_root;
    bool m_haveRoot = false;
    int m_used;
    QString m_beyond; ///< the limit that ended the reading
    Problems m_problems;
};

} // namespace flowgate::collector
