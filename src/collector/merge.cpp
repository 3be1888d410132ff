// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/merge.h"

#include <QSet>

#include <algorithm>

namespace flowgate::collector {

namespace {

/// Where in a config values are merged, as far as it matters.
enum class Place { Root, Service, Extensions, Elsewhere };

Place below(Place place, const QByteArray &key)
{
    if (place == Place::Root && key == "service")
        return Place::Service;
    return place == Place::Service && key == "extensions" ? Place::Extensions : Place::Elsewhere;
}

/// Any other list is nothing that a Collector takes there, and is replaced as lists are.
bool isListOfIds(const Node &node)
{
    return node.isList() && std::ranges::all_of(node.items, &Node::isScalar);
}

/// Whether @p over goes into @p base; else it replaces it.
bool combine(const Node &base, const Node &over, Place place)
{
    return (base.isMap() && over.isMap()) || (place == Place::Extensions && isListOfIds(base) && isListOfIds(over));
}

class Merger
{
public:
    explicit Merger(Work *work)
        : m_work(work)
    {
    }

    /// @param maps  one at least
    Node merged(std::vector<Node> maps, Place place)
    {
        Node result = std::move(maps.front());
        if (maps.size() == 1)
            return result;
        std::vector<std::vector<NodeEntry>> byKey;
        QHash<QByteArray, size_t> places;
        const auto take = [&](std::vector<NodeEntry> entries) {
            if (m_work)
                m_work->step(static_cast<qint64>(entries.size()));
            for (NodeEntry &entry : entries) {
                const auto found = places.constFind(entry.key);
                if (found == places.constEnd()) {
                    places.insert(entry.key, byKey.size());
                    byKey.emplace_back();
                    byKey.back().push_back(std::move(entry));
                } else {
                    byKey[*found].push_back(std::move(entry));
                }
            }
        };
        take(std::exchange(result.entries, {}));
        for (size_t i = 1; i < maps.size(); ++i)
            take(std::move(maps[i].entries));
        result.entries.reserve(byKey.size());
        for (std::vector<NodeEntry> &layers : byKey) {
            const Place inner = below(place, layers.front().key);
            result.entries.push_back(entry(std::move(layers), inner));
        }
        return result;
    }

private:
    /// What one key comes to. @param layers  its entries, the weakest first
    NodeEntry entry(std::vector<NodeEntry> layers, Place place)
    {
        // Each value that does not combine with the one before it replaces all before it.
        size_t from = layers.size() - 1;
        while (from > 0 && combine(layers[from - 1].value, layers[from].value, place))
            --from;
        const bool areLists = layers[from].value.isList();
        if (from + 1 == layers.size())
            return std::move(layers.back());
        std::vector<Node> values;
        for (size_t i = from; i < layers.size(); ++i)
            values.push_back(std::move(layers[i].value));
        NodeEntry result = std::move(areLists ? layers.back() : layers[from]);
        result.value = areLists ? joined(std::move(values)) : merged(std::move(values), place);
        return result;
    }

    Node joined(std::vector<Node> lists)
    {
        std::vector<Node> items;
        QSet<QByteArray> seen;
        for (Node &list : lists) {
            for (Node &item : list.items) {
                if (m_work)
                    m_work->step();
                if (seen.contains(item.text))
                    continue;
                seen.insert(item.text);
                items.push_back(std::move(item));
            }
        }
        Node result = std::move(lists.back());
        result.items = std::move(items);
        return result;
    }

    Work *m_work;
};

} // namespace

Node mergeLayers(std::vector<Node> layers, Work *work)
{
    std::erase_if(layers, [](const Node &layer) { return !layer.isMap(); });
    return layers.empty() ? Node() : Merger(work).merged(std::move(layers), Place::Root);
}

void mergeConfig(Node &base, Node over)
{
    if (!over.isMap())
        return; // an empty file adds nothing
    std::vector<Node> layers;
    layers.push_back(std::move(base));
    layers.push_back(std::move(over));
    base = mergeLayers(std::move(layers));
}

} // namespace flowgate::collector
