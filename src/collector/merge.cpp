// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/merge.h"

#include <QSet>

#include <algorithm>

namespace flowgate::collector {

namespace {

Node *valueAt(Node &root, std::initializer_list<QByteArrayView> keys)
{
    return const_cast<Node *>(root.at(keys)); // root is not const
}

/// Any other list is nothing that a Collector takes there, and is replaced as lists are.
bool isListOfIds(const Node &node)
{
    return node.isList() && std::ranges::all_of(node.items, &Node::isScalar);
}

void mergeMaps(Node &base, Node &&over)
{
    QHash<QByteArray, size_t> positions;
    positions.reserve(static_cast<qsizetype>(base.entries.size()));
    for (size_t i = 0; i < base.entries.size(); ++i)
        positions.insert(base.entries[i].key, i);
    for (NodeEntry &entry : over.entries) {
        const auto found = positions.constFind(entry.key);
        if (found == positions.constEnd()) {
            base.entries.push_back(std::move(entry)); // keys of over are unique, so positions may stay as they are
            continue;
        }
        NodeEntry &target = base.entries[*found];
        if (target.value.isMap() && entry.value.isMap())
            mergeMaps(target.value, std::move(entry.value));
        else
            target = std::move(entry);
    }
}

} // namespace

void mergeConfig(Node &base, Node over)
{
    if (!over.isMap())
        return; // an empty file adds nothing
    if (!base.isMap()) {
        base = std::move(over);
        return;
    }
    std::vector<Node> extensions;
    const Node *theirs = over.at({"service", "extensions"});
    const Node *ours = base.at({"service", "extensions"});
    const bool joined = ours && theirs && isListOfIds(*ours) && isListOfIds(*theirs);
    if (joined) {
        QSet<QByteArray> seen;
        for (const Node *list : {ours, theirs}) {
            for (const Node &item : list->items) {
                if (seen.contains(item.text))
                    continue;
                seen.insert(item.text);
                extensions.push_back(item);
            }
        }
    }
    mergeMaps(base, std::move(over));
    if (joined)
        valueAt(base, {"service", "extensions"})->items = std::move(extensions);
}

} // namespace flowgate::collector
