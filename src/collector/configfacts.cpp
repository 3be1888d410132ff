// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/configfacts.h"

#include "collector/secretvalues.h"
#include "collector/yamlparser.h"

namespace flowgate::collector {

namespace {

constexpr char idKey[] = "service.instance.id";
constexpr qsizetype largestFile = 1024 * 1024;
constexpr qsizetype longestId = 255;

const Node *idIn(const Node &resource)
{
    if (const NodeEntry *entry = resource.find(idKey))
        return &entry->value;
    const NodeEntry *attributes = resource.find("attributes");
    if (!attributes)
        return nullptr;
    for (const Node &attribute : attributes->value.items) {
        const NodeEntry *name = attribute.find("name");
        const NodeEntry *value = attribute.find("value");
        if (name && value && name->value.text == idKey)
            return &value->value;
    }
    return nullptr;
}

QString instanceIdIn(const QByteArray &body)
{
    if (body.size() > largestFile || !body.contains(idKey))
        return {};
    const YamlDocument document = parseYaml(body);
    const Node *resource = document.root.at({"service", "telemetry", "resource"});
    const Node *id = resource ? idIn(*resource) : nullptr;
    if (!id || !id->isScalar() || id->isNull() || id->text.contains("${") || id->text.size() > longestId)
        return {};
    return QString::fromUtf8(id->text);
}

} // namespace

QString telemetryInstanceId(const domain::ConfigSet &config)
{
    if (const auto whole = config.files.find(QString()); whole != config.files.end())
        return instanceIdIn(whole->second.body);
    QString only;
    for (const auto &[name, file] : config.files) {
        const QString id = name == u"raw" ? QString() : instanceIdIn(file.body);
        if (!only.isEmpty() && !id.isEmpty() && id != only)
            return {};
        if (!id.isEmpty())
            only = id;
    }
    return only;
}

domain::ConfigFacts factsOf(const domain::ConfigSet &config, const QByteArrayList &known)
{
    return {std::make_shared<const domain::SecretSet>(secretsOf(config, known)), telemetryInstanceId(config)};
}

} // namespace flowgate::collector
