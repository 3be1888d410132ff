// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/secretset.h"

#include <QCryptographicHash>

#include <algorithm>

namespace flowgate::domain {

namespace {

constexpr qsizetype searchedOneByOne = 32; ///< up to so many values, memory for nodes would be wasted

/// Whether @p utf8 has SecretSet::shortest characters or more.
bool isLongEnough(const QByteArray &utf8)
{
    const auto isBegin = [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; };
    return std::ranges::count_if(utf8, isBegin) >= SecretSet::shortest;
}

/// Sorted, without duplicates, within the limits. @return false where some had to be left out
bool prepare(QByteArrayList &values)
{
    values.removeIf([](const QByteArray &value) { return !isLongEnough(value); });
    std::ranges::sort(values);
    values.erase(std::unique(values.begin(), values.end()), values.end());
    qsizetype bytes = 0;
    for (qsizetype i = 0; i < values.size(); ++i) {
        bytes += values[i].size();
        if (i >= SecretSet::mostValues || bytes > SecretSet::mostBytes) {
            values.resize(i);
            return false;
        }
    }
    return true;
}

std::vector<ByteRange> merged(std::vector<ByteRange> ranges)
{
    std::ranges::sort(ranges, {}, &ByteRange::begin);
    std::vector<ByteRange> result;
    for (const ByteRange &range : ranges) {
        if (!result.empty() && range.begin <= result.back().end)
            result.back().end = std::max(result.back().end, range.end);
        else
            result.push_back(range);
    }
    return result;
}

} // namespace

SecretSet::SecretSet(QByteArrayList values, bool complete)
{
    m_complete = prepare(values) && complete;
    m_values = std::move(values);
    m_values.squeeze();
    if (m_values.size() > searchedOneByOne) {
        build();
        link();
    }
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(m_complete ? "complete" : "incomplete");
    for (const QByteArray &value : m_values)
        hash.addData(QByteArray::number(value.size()) + ':' + value);
    m_digest = hash.result();
}

qsizetype SecretSet::bytes() const
{
    constexpr qsizetype overhead = 48; ///< of one value: its place in the list and its allocation
    qsizetype sum = static_cast<qsizetype>(m_nodes.capacity() * sizeof(Node) + sizeof(SecretSet)) + m_digest.size();
    for (const QByteArray &value : m_values)
        sum += value.size() + overhead;
    return sum;
}

/// Makes the nodes level by level, so that those of one parent stand together.
void SecretSet::build()
{
    struct Open ///< a node whose children are to be made: those values begin with its prefix
    {
        quint32 node;
        qsizetype from;
        qsizetype to;
        qsizetype depth;
    };
    const QByteArrayList &sorted = m_values;
    m_nodes.emplace_back();
    std::vector<Open> level{{0, 0, sorted.size(), 0}};
    std::vector<Open> next;
    for (; !level.empty(); level.swap(next), next.clear()) {
        for (Open open : level) {
            if (open.from < open.to && open.depth > 0 && sorted[open.from].size() == open.depth) {
                m_nodes[open.node].longest = static_cast<quint32>(open.depth);
                ++open.from; // the shortest of those with this prefix is the prefix itself, and comes first
            }
            m_nodes[open.node].firstChild = static_cast<quint32>(m_nodes.size());
            while (open.from < open.to) {
                const char label = sorted[open.from][open.depth];
                qsizetype to = open.from + 1;
                while (to < open.to && sorted[to][open.depth] == label)
                    ++to;
                next.push_back({static_cast<quint32>(m_nodes.size()), open.from, to, open.depth + 1});
                m_nodes.push_back({.label = static_cast<unsigned char>(label)});
                ++m_nodes[open.node].children;
                open.from = to;
            }
        }
    }
    m_nodes.shrink_to_fit();
}

/// Parents come before their children, and shorter prefixes before longer ones: one pass does it.
void SecretSet::link()
{
    for (quint32 parent = 0; parent < m_nodes.size(); ++parent) {
        const Node &above = m_nodes[parent];
        for (quint32 i = above.firstChild; i < above.firstChild + above.children; ++i) {
            Node &node = m_nodes[i];
            if (parent != 0) {
                quint32 shorter = above.shorter;
                quint32 step = childOf(shorter, node.label);
                while (step == 0 && shorter != 0) {
                    shorter = m_nodes[shorter].shorter;
                    step = childOf(shorter, node.label);
                }
                node.shorter = step;
            }
            if (node.longest == 0)
                node.longest = m_nodes[node.shorter].longest;
        }
    }
}

/// 0 where there is none: nothing leads back to the root.
quint32 SecretSet::childOf(quint32 node, unsigned char label) const
{
    const Node &parent = m_nodes[node];
    const auto begin = m_nodes.begin() + parent.firstChild;
    const auto end = begin + parent.children;
    const auto found = std::lower_bound(begin, end, label,
                                        [](const Node &child, unsigned char wanted) { return child.label < wanted; });
    return found != end && found->label == label ? static_cast<quint32>(found - m_nodes.begin()) : 0;
}

void SecretSet::find(QByteArrayView utf8, std::vector<ByteRange> &found) const
{
    if (m_nodes.empty()) {
        for (const QByteArray &value : m_values) {
            // Begins one byte on, not behind the value: it may overlap itself.
            for (qsizetype at = utf8.indexOf(value); at >= 0; at = utf8.indexOf(value, at + 1))
                found.push_back({at, at + value.size()});
        }
        return;
    }
    quint32 node = 0;
    for (qsizetype i = 0; i < utf8.size(); ++i) {
        const auto label = static_cast<unsigned char>(utf8[i]);
        quint32 step = childOf(node, label);
        while (step == 0 && node != 0) {
            node = m_nodes[node].shorter;
            step = childOf(node, label);
        }
        node = step;
        if (const qsizetype length = m_nodes[node].longest; length > 0)
            found.push_back({i + 1 - length, i + 1});
    }
}

QString maskSecrets(const QString &text, const Secrets &secrets)
{
    if (text.isEmpty())
        return text;
    if (std::ranges::any_of(secrets, [](const auto &set) { return !set->isComplete(); }))
        return QString::fromLatin1(hiddenValue);
    const QByteArray utf8 = text.toUtf8();
    std::vector<ByteRange> found;
    for (const auto &set : secrets)
        set->find(utf8, found);
    if (found.empty())
        return text;
    QByteArray masked;
    qsizetype from = 0;
    for (const ByteRange &range : merged(std::move(found))) {
        masked += utf8.sliced(from, range.begin - from) + hiddenValue;
        from = range.end;
    }
    return QString::fromUtf8(masked + utf8.sliced(from));
}

} // namespace flowgate::domain
