// SPDX-License-Identifier: GPL-3.0-or-later
#include "fleetsim/supervisorfiles.h"

#include <algorithm>

namespace flowgate::fleetsim {

const YamlNode &baseConfig()
{
    static const YamlNode base = parseYaml("receivers:\n"
                                           "  otlp:\n"
                                           "    protocols:\n"
                                           "      grpc:\n"
                                           "        endpoint: 0.0.0.0:4317\n"
                                           "      http:\n"
                                           "        endpoint: 0.0.0.0:4318\n"
                                           "processors:\n"
                                           "  batch: {}\n"
                                           "exporters:\n"
                                           "  debug:\n"
                                           "    verbosity: normal\n"
                                           "service:\n"
                                           "  pipelines:\n"
                                           "    metrics:\n"
                                           "      receivers: [otlp]\n"
                                           "      processors: [batch]\n"
                                           "      exporters: [debug]\n"
                                           "    logs:\n"
                                           "      receivers: [otlp]\n"
                                           "      processors: [batch]\n"
                                           "      exporters: [debug]\n")
                                     .value();
    return base;
}

domain::Result<YamlNode, QString> merged(YamlNode base, const domain::ConfigSet &files)
{
    std::vector<std::pair<QByteArray, const QByteArray *>> ordered;
    for (const auto &[name, file] : files.files)
        ordered.emplace_back(name.toUtf8(), &file.body);
    std::sort(ordered.begin(), ordered.end(), [](const auto &a, const auto &b) {
        return a.first.isEmpty() != b.first.isEmpty() ? b.first.isEmpty() : a.first < b.first;
    });
    for (const auto &[name, body] : ordered) {
        const auto file = parseYaml(*body);
        if (!file)
            return domain::unexpected(file.error());
        if (file->kind != YamlNode::Kind::Map)
            return domain::unexpected(QStringLiteral("retrieved value (type=string) cannot be used as a Conf"));
        mergeOver(base, *file);
    }
    return base;
}

} // namespace flowgate::fleetsim
