// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/configtree.h"

#include "collector/merge.h"

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

/// The files in the order in which they are laid over each other.
std::vector<std::pair<QByteArray, const domain::ConfigFile *>> mergeOrder(const domain::ConfigSet &config)
{
    std::map<QByteArray, const domain::ConfigFile *> byName; // QString orders by UTF-16 units, the supervisor by bytes
    for (const auto &[name, file] : config.files)
        byName.emplace(name.toUtf8(), &file);
    std::vector<std::pair<QByteArray, const domain::ConfigFile *>> order(byName.begin(), byName.end());
    if (!order.empty() && order.front().first.isEmpty())
        std::rotate(order.begin(), order.begin() + 1, order.end());
    return order;
}

} // namespace

ConfigTree readConfig(const domain::ConfigSet &config, const YamlLimits &limits)
{
    ConfigTree tree;
    constexpr size_t mostFiles = 1000;
    if (config.files.size() > mostFiles || config.byteCount() > limits.bytes) {
        tree.problems.push_back(
            {.text = QStringLiteral("The config has %1 files with %2 bytes in all; at most %3 files "
                                    "and %4 bytes are read.")
                         .arg(config.files.size())
                         .arg(config.byteCount())
                         .arg(mostFiles)
                         .arg(limits.bytes)});
        return tree;
    }
    YamlLimits left = limits;
    for (const auto &[name, file] : mergeOrder(config)) {
        const auto index = static_cast<quint16>(tree.files.size());
        tree.files.append(QString::fromUtf8(name));
        YamlDocument document = parseYaml(file->body, left);
        left.nodes -= document.nodesUsed;
        for (Problem &problem : document.problems) {
            problem.file = tree.files.back();
            tree.problems.push_back(std::move(problem));
        }
        if (!document.root.isMap() && !document.root.isNull()) {
            tree.problems.push_back({.line = document.root.mark.line,
                                     .column = document.root.mark.column,
                                     .text = QStringLiteral("A Collector config is a map (receivers:, exporters:, "
                                                            "service: …); this text is %1.")
                                                 .arg(kindText(document.root)),
                                     .file = tree.files.back()});
            continue;
        }
        if (index != 0)
            setFile(document.root, index);
        mergeConfig(tree.root, std::move(document.root));
    }
    return tree;
}

ConfigTree readConfig(const QByteArray &text, const YamlLimits &limits)
{
    domain::ConfigSet config;
    config.files.emplace(QString(), domain::ConfigFile{.body = text, .contentType = {}});
    return readConfig(config, limits);
}

} // namespace flowgate::collector
