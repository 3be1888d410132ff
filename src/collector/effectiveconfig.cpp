// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/effectiveconfig.h"

#include "collector/configlayers.h"

#include <algorithm>

namespace flowgate::collector {

namespace {

bool typeIsYaml(const domain::ConfigFile &file)
{
    return file.contentType.contains(QLatin1String("yaml"), Qt::CaseInsensitive) ||
           file.contentType.contains(QLatin1String("json"), Qt::CaseInsensitive);
}

/// Whether the gateway itself calls the entry YAML.
bool claimsYaml(const QString &name, const domain::ConfigFile &file)
{
    return typeIsYaml(file) || name.endsWith(QLatin1String(".yaml"), Qt::CaseInsensitive) ||
           name.endsWith(QLatin1String(".yml"), Qt::CaseInsensitive);
}

/// The entries that may be what runs. Those with another content type count only where there are no others.
domain::ConfigSet candidates(const domain::ConfigSet &effective)
{
    domain::ConfigSet chosen;
    if (const auto unnamed = effective.files.find(QString()); unnamed != effective.files.end()) {
        chosen.files.insert(*unnamed);
        return chosen;
    }
    domain::ConfigSet rest;
    for (const auto &[name, file] : effective.files) {
        if (name != QLatin1String("raw"))
            (file.contentType.isEmpty() || claimsYaml(name, file) ? chosen : rest).files.emplace(name, file);
    }
    return chosen.isEmpty() ? rest : chosen;
}

ConfigTree noConfig(const QStringList &names)
{
    ConfigTree tree;
    tree.problems.push_back({.text = QStringLiteral("None of the entries that are reported is a Collector config: %1.")
                                         .arg(names.mid(0, 10).join(QStringLiteral(", ")))});
    return tree;
}

} // namespace

EffectiveConfig readEffective(const domain::ConfigSet &effective, const YamlLimits &limits)
{
    EffectiveConfig read;
    for (const auto &[name, file] : effective.files)
        read.others.append(name);
    if (effective.isEmpty())
        return read;
    const domain::ConfigSet chosen = candidates(effective);
    if (chosen.files.size() > mostFiles || chosen.byteCount() > limits.bytes) {
        read.tree = tooLarge(chosen.files.size(), chosen.byteCount(), limits);
        return read;
    }
    YamlLimits left = limits;
    std::vector<ConfigLayer> layers;
    for (const QString &name : mergeOrder(chosen)) {
        const domain::ConfigFile &file = chosen.files.at(name);
        ConfigLayer layer{name, parseYaml(file.body, left)};
        left.nodesUsed += layer.document.nodesUsed;
        // A text beyond a limit may be a config: nobody knows.
        const bool isUnread = hasErrors(layer.document.problems);
        const bool isText = isUnread ? layer.document.beyond.isEmpty() && !claimsYaml(name, file) : !layer.isConfig();
        if (isText && chosen.files.size() > 1)
            continue;
        read.others.removeOne(name);
        layers.push_back(std::move(layer));
    }
    read.tree = layers.empty() ? noConfig(read.others) : treeOf(std::move(layers));
    return read;
}

} // namespace flowgate::collector
