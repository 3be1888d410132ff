// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/configtree.h"
#include "domain/components.h"

#include <QHash>

#include <array>
#include <optional>

namespace flowgate::collector {

enum class ComponentKind { Receiver, Processor, Exporter, Connector, Extension };
inline constexpr std::array allComponentKinds{ComponentKind::Receiver, ComponentKind::Processor,
                                              ComponentKind::Exporter, ComponentKind::Connector,
                                              ComponentKind::Extension};

/// The top-level key: "receivers".
[[nodiscard]] QString sectionName(ComponentKind kind);
/// "otlp/2" -> "otlp".
[[nodiscard]] QString componentType(const QString &id);
/// A component's type as the Collector takes it: a letter, then letters, digits and _, 63 at most.
[[nodiscard]] bool isType(const QString &type);

/// A component as it is defined.
struct Component
{
    ComponentKind kind = ComponentKind::Receiver;
    QString id{};
    QString file{};
    Mark mark{};
    int lastLine = 0;

    friend bool operator==(const Component &, const Component &) = default;
};

/// An id named by a pipeline or by service::extensions; a reference (${…}) that stands for one, or for all of them.
struct Reference
{
    QString id{};
    QString file{};
    Mark mark{};

    friend bool operator==(const Reference &, const Reference &) = default;
};

struct Pipeline
{
    QString id{};     ///< "logs/audit"
    QString signal{}; ///< "logs"
    QString file{};
    Mark mark{};
    std::vector<Reference> receivers{};
    std::vector<Reference> processors{};
    std::vector<Reference> exporters{};

    friend bool operator==(const Pipeline &, const Pipeline &) = default;
};

/// What a config is made of, as far as it can be read: half-typed texts give what is there.
struct Outline
{
    std::vector<Component> components; ///< in the order of the text
    std::vector<Pipeline> pipelines;
    std::vector<Reference> extensions{}; ///< service::extensions
    bool complete = false;               ///< the text had no errors
    int files = 0;                       ///< that it consists of
    /// By kind: a reference (${…}) stands for the section, so what it defines is not known.
    std::array<bool, allComponentKinds.size()> hidden{};
    /// A reference stands where pipelines, or ids of components, are named: which are used is not known.
    bool hidesUses = false;

    [[nodiscard]] bool isHidden(ComponentKind kind) const { return hidden[static_cast<size_t>(kind)]; }
    /// Linear: see OutlineIndex.
    [[nodiscard]] const Component *find(ComponentKind kind, const QString &id) const;
};

/// Finds the components of an outline fast. The outline must outlive it and stay as it is.
class OutlineIndex
{
public:
    explicit OutlineIndex(const Outline &outline);
    [[nodiscard]] const Component *find(ComponentKind kind, const QString &id) const
    {
        return m_byId[static_cast<size_t>(kind)].value(id);
    }
    [[nodiscard]] bool has(ComponentKind kind, const QString &id) const { return find(kind, id) != nullptr; }

private:
    std::array<QHash<QString, const Component *>, allComponentKinds.size()> m_byId;
};

[[nodiscard]] Outline outline(const ConfigTree &tree);
[[nodiscard]] Outline outline(const domain::ConfigSet &config, const YamlLimits &limits = {});
[[nodiscard]] Outline outline(const QByteArray &text, const YamlLimits &limits = {});

/// A component that a gateway's Collector is not built with. The Collector refuses such a config even if no pipeline
/// uses the component.
struct MissingComponent
{
    ComponentKind kind = ComponentKind::Receiver;
    QString type{};
    QStringList ids{}; ///< of this type in the config
    QString file{};
    int line = 0; ///< of the first

    friend bool operator==(const MissingComponent &, const MissingComponent &) = default;
};

/// What the gateway lacks, each type once. Nothing at all (nullopt) where it never listed what it has.
[[nodiscard]] std::optional<std::vector<MissingComponent>>
missingComponents(const Outline &outline, const domain::AvailableComponents &available);
/// The same in words, an error each. @param gateway  its name, for the text
[[nodiscard]] Problems problemsOf(const std::vector<MissingComponent> &missing, const QString &gateway);

} // namespace flowgate::collector
