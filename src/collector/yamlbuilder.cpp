// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/yamlbuilder.h"

#include "collector/scalar.h"

#include <algorithm>

namespace flowgate::collector {

namespace {

QString tooDeep(const YamlLimits &limits)
{
    return QStringLiteral("more than %1 levels").arg(grouped(limits.depth));
}

} // namespace

void YamlBuilder::report(Severity severity, Mark mark, const QString &text)
{
    if (!isFull())
        m_problems.push_back(
            {.severity = severity, .line = mark.line, .column = mark.column, .path = path(), .text = text});
}

QString YamlBuilder::path() const
{
    NodePath path;
    for (const Frame &frame : m_stack) {
        if (frame.node.isList())
            path.push(static_cast<qsizetype>(frame.node.items.size()));
        else if (frame.haveKey)
            path.push(frame.entry.key);
    }
    return path.text();
}

bool YamlBuilder::spend(int nodes, Mark mark)
{
    if (isSpent())
        return false;
    m_used += nodes;
    if (m_used <= m_limits.nodes)
        return true;
    m_beyond = QStringLiteral("more than %1 values").arg(grouped(m_limits.nodes));
    report(Severity::Error, mark,
           QStringLiteral("The config has more than %1 values, those that aliases (*name) stand for counted each time. "
                          "It is not read further.")
               .arg(m_limits.nodes));
    return false;
}

bool YamlBuilder::beginCollection(Node::Kind kind, Mark mark, const QByteArray &anchor, const QByteArray &tag)
{
    if (static_cast<int>(m_stack.size()) >= m_limits.depth) {
        report(Severity::Error, mark,
               QStringLiteral("The config is nested more than %1 levels deep. It is not read further.")
                   .arg(m_limits.depth));
        m_beyond = tooDeep(m_limits);
        return false;
    }
    if (!spend(1, mark))
        return false;
    Frame frame;
    frame.node.kind = kind;
    frame.node.mark = mark;
    frame.node.lastLine = mark.line;
    frame.node.tag = tag;
    frame.anchor = anchor;
    if (!anchor.isEmpty())
        m_anchors[anchor].open = true;
    m_stack.push_back(std::move(frame));
    return true;
}

bool YamlBuilder::remember(const QByteArray &name, const Node &node)
{
    if (name.isEmpty())
        return true;
    Anchor anchor;
    anchor.count = nodeCount(node);
    anchor.height = nodeHeight(node);
    if (!spend(anchor.count, node.mark)) // the copy is paid for, else nested anchors multiply memory
        return false;
    anchor.node = node;
    m_anchors.insert(name, std::move(anchor));
    return true;
}

void YamlBuilder::closeTop()
{
    Frame frame = std::move(m_stack.back());
    m_stack.pop_back();
    if (frame.haveKey) { // after an error: a key without its value
        if (!frame.keyIsMerge)
            frame.node.entries.push_back(std::move(frame.entry));
    }
    if (frame.node.isMap()) {
        dropEqualKeys(frame.node);
        resolveMerges(frame);
    }
    remember(frame.anchor, frame.node);
    add(std::move(frame.node));
}

bool YamlBuilder::endCollection()
{
    closeTop();
    return !isSpent();
}

bool YamlBuilder::scalar(Node node, const QByteArray &anchor)
{
    if (!spend(1, node.mark) || !remember(anchor, node))
        return false;
    if (!resolveScalar(node).valid)
        report(Severity::Error, node.mark,
               QStringLiteral("The value is not what its tag %1 says.").arg(QString::fromUtf8(node.tag.left(60))));
    return add(std::move(node));
}

bool YamlBuilder::alias(const QByteArray &name, Mark mark, int lastLine)
{
    const auto it = m_anchors.constFind(name);
    const QString shown = QString::fromUtf8(name.left(100));
    Node node;
    node.mark = mark;
    node.lastLine = lastLine;
    if (it == m_anchors.constEnd()) {
        report(Severity::Error, mark,
               QStringLiteral("*%1 refers to an anchor &%1 that is not defined above.").arg(shown));
    } else if (it->open) {
        report(Severity::Error, mark, QStringLiteral("The anchor &%1 contains itself.").arg(shown));
    } else if (static_cast<int>(m_stack.size()) + it->height > m_limits.depth) {
        report(Severity::Error, mark,
               QStringLiteral("With *%1 the config is nested more than %2 levels deep. It is not read further.")
                   .arg(shown)
                   .arg(m_limits.depth));
        m_beyond = tooDeep(m_limits);
        return false;
    } else {
        if (!spend(it->count, mark))
            return false;
        node = it->node;
    }
    node.viaAlias = true;
    return add(std::move(node));
}

void YamlBuilder::takeKey(Frame &frame, const Node &node)
{
    frame.haveKey = true;
    frame.entry = {};
    frame.entry.mark = node.mark;
    frame.entry.value.mark = node.mark;
    frame.entry.value.lastLine = node.mark.line;
    frame.keyIsMerge = false;
    if (!node.isScalar()) {
        frame.entry.key = "?";
        report(Severity::Error, node.mark, QStringLiteral("A key must be a single word, not a map or a list."));
        return;
    }
    frame.keyIsMerge = node.text == "<<" && !node.viaAlias &&
                       ((node.plain && node.tag.isEmpty()) || node.tag == "!" || node.tag == "tag:yaml.org,2002:merge");
    frame.entry.key = frame.keyIsMerge ? QByteArray("<<") : keyText(node);
}

bool YamlBuilder::add(Node node)
{
    if (m_stack.empty()) {
        if (m_haveRoot && m_root.isMap() && node.isMap()) {
            m_root.lastLine = std::max(m_root.lastLine, node.lastLine);
            std::ranges::move(node.entries, std::back_inserter(m_root.entries));
            dropEqualKeys(m_root);
        } else if (!m_haveRoot) {
            m_root = std::move(node);
            m_haveRoot = true;
        }
        return !isSpent();
    }
    Frame &frame = m_stack.back();
    if (!node.viaAlias)
        frame.node.lastLine = std::max(frame.node.lastLine, node.lastLine);
    if (frame.node.isList()) {
        frame.node.items.push_back(std::move(node));
    } else if (!frame.haveKey) {
        takeKey(frame, node);
        frame.node.lastLine = std::max(frame.node.lastLine, node.mark.line);
    } else if (frame.keyIsMerge) {
        frame.merges.push_back(std::move(node));
        frame.mergeMarks.push_back(frame.entry.mark);
        frame.haveKey = false;
    } else {
        frame.entry.value = std::move(node);
        frame.node.entries.push_back(std::move(frame.entry));
        frame.haveKey = false;
    }
    return !isSpent();
}

void YamlBuilder::dropEqualKeys(Node &map)
{
    QHash<QByteArray, int> firstLine;
    firstLine.reserve(static_cast<qsizetype>(map.entries.size()));
    std::erase_if(map.entries, [&](const NodeEntry &entry) {
        const auto it = firstLine.constFind(entry.key);
        if (it == firstLine.constEnd()) {
            firstLine.insert(entry.key, entry.mark.line);
            return false;
        }
        report(Severity::Error, entry.mark,
               QStringLiteral("The key '%1' is already on line %2; a map has each key once.")
                   .arg(QString::fromUtf8(entry.key.left(100)))
                   .arg(*it));
        return true;
    });
}

void YamlBuilder::mergeOne(Frame &frame, const Node &source, QHash<QByteArray, bool> &have)
{
    for (const NodeEntry &entry : source.entries) {
        if (have.contains(entry.key))
            continue;
        have.insert(entry.key, true);
        NodeEntry copy = entry;
        copy.merged = true;
        frame.node.entries.push_back(std::move(copy));
    }
}

void YamlBuilder::resolveMerges(Frame &frame)
{
    if (frame.merges.empty())
        return;
    if (frame.merges.size() > 1)
        report(Severity::Error, frame.mergeMarks[1],
               QStringLiteral("The key '<<' is already on line %1; list the maps in one: <<: [*a, *b].")
                   .arg(frame.mergeMarks[0].line));
    QHash<QByteArray, bool> have;
    for (const NodeEntry &entry : frame.node.entries)
        have.insert(entry.key, true);
    const auto refuse = [&](const Node &node) {
        report(Severity::Error, node.viaAlias ? frame.mergeMarks.front() : node.mark,
               QStringLiteral("<< takes a map or a list of maps."));
    };
    const Node &source = frame.merges.front();
    if (source.isMap()) {
        mergeOne(frame, source, have);
    } else if (source.isList() && !source.viaAlias) {
        for (const Node &item : source.items) {
            if (item.isMap())
                mergeOne(frame, item, have);
            else
                refuse(item);
        }
    } else {
        refuse(source);
    }
}

void YamlBuilder::finishPart()
{
    while (!m_stack.empty())
        closeTop();
}

bool YamlBuilder::canGoOn() const
{
    return !isSpent() && !isFull() && (!m_haveRoot || (m_root.isMap() && m_root.mark.column == 1));
}

YamlDocument YamlBuilder::take()
{
    YamlDocument document;
    document.root = std::move(m_root);
    document.problems = std::move(m_problems);
    document.nodesUsed = m_used - m_limits.nodesUsed;
    document.beyond = std::move(m_beyond);
    return document;
}

} // namespace flowgate::collector
