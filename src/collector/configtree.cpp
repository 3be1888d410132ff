// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/configtree.h"

#include "collector/configlayers.h"
#include "collector/merge.h"

#include <algorithm>

namespace flowgate::collector {

namespace {

void setFile(Node &node, quint16 file)
{
    node.file = file;
    for (Node &item : node.items)
        setFile(item, file);
    for (NodeEntry &entry : node.entries)
        setFile(entry.value, file);
}

QString kindText(const Node &node)
{
    return node.isList() ? QStringLiteral("a list") : QStringLiteral("a single value");
}

} // namespace

std::vector<QString> mergeOrder(const domain::ConfigSet &config)
{
    std::vector<std::pair<QByteArray, QString>> byName; // QString orders by UTF-16 units, the supervisor by bytes
    for (const auto &[name, file] : config.files)
        byName.emplace_back(name.toUtf8(), name);
    std::ranges::sort(byName);
    if (!byName.empty() && byName.front().first.isEmpty())
        std::rotate(byName.begin(), byName.begin() + 1, byName.end());
    std::vector<QString> order;
    for (auto &[bytes, name] : byName)
        order.push_back(std::move(name));
    return order;
}

ConfigTree treeOf(std::vector<ConfigLayer> layers, Work *work)
{
    ConfigTree tree;
    std::vector<Node> roots;
    for (ConfigLayer &layer : layers) {
        YamlDocument &document = layer.document;
        const auto index = static_cast<quint16>(tree.files.size());
        tree.files.append(layer.name);
        if (tree.beyond.isEmpty())
            tree.beyond = document.beyond;
        if (document.moreFollows)
            tree.moreFollows.append(layer.name);
        if (document.wasUtf16)
            tree.utf16.append(layer.name);
        for (Problem &problem : document.problems) {
            problem.file = layer.name;
            tree.problems.push_back(std::move(problem));
        }
        if (!layer.isConfig()) {
            tree.problems.push_back({.line = document.root.mark.line,
                                     .column = document.root.mark.column,
                                     .text = QStringLiteral("A Collector config is a map (receivers:, exporters:, "
                                                            "service: …); this text is %1.")
                                                 .arg(kindText(document.root)),
                                     .file = layer.name});
            continue;
        }
        if (index != 0)
            setFile(document.root, index);
        roots.push_back(std::move(document.root));
    }
    tree.root = mergeLayers(std::move(roots), work);
    return tree;
}

ConfigTree tooLarge(size_t files, qsizetype bytes, const YamlLimits &limits)
{
    ConfigTree tree;
    tree.problems.push_back({.text = QStringLiteral("The config has %1 files with %2 bytes in all; at most %3 files "
                                                    "and %4 bytes are read.")
                                         .arg(files)
                                         .arg(bytes)
                                         .arg(mostFiles)
                                         .arg(limits.bytes)});
    tree.beyond = files > mostFiles ? QStringLiteral("more than %1 files").arg(grouped(mostFiles))
                                    : QStringLiteral("more than %1 bytes").arg(grouped(limits.bytes));
    return tree;
}

ConfigTree readConfig(const domain::ConfigSet &config, const YamlLimits &limits, Work *work)
{
    if (config.files.size() > mostFiles || config.byteCount() > limits.bytes)
        return tooLarge(config.files.size(), config.byteCount(), limits);
    YamlLimits left = limits;
    std::vector<ConfigLayer> layers;
    for (const QString &name : mergeOrder(config)) {
        layers.push_back({name, parseYaml(config.files.at(name).body, left)});
        left.nodesUsed += layers.back().document.nodesUsed;
    }
    return treeOf(std::move(layers), work);
}

ConfigTree readConfig(const QByteArray &text, const YamlLimits &limits)
{
    domain::ConfigSet config;
    config.files.emplace(QString(), domain::ConfigFile{.body = text, .contentType = {}});
    return readConfig(config, limits);
}

} // namespace flowgate::collector
