// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/outline.h"

#include <QSet>

namespace flowgate::collector {

struct SchemaKey;

/// What may stand at one place of a config.
struct SchemaValue
{
    enum class Type { Map, List, String, Bool, Int, UInt, Float, Duration, Secret, Component, Any };

    Type type = Type::Any;
    bool open = false;             ///< a map that takes keys which are not listed
    bool optional = false;         ///< a section that may be left out
    std::vector<SchemaKey> keys;   ///< of a map with fixed keys, by name
    std::vector<SchemaValue> item; ///< at most one: of a list, or of a map of any keys
    QStringList words;             ///< the only ones that a String may be; empty: any
    QString byDefault;             ///< empty: the zero of its type, or nothing

    /// The value under @p key; null where the map has no such key (a map of any keys has each).
    [[nodiscard]] const SchemaValue *find(QByteArrayView key) const;
};

struct SchemaKey
{
    QByteArray name;
    SchemaValue value;
};

/// A component type of one kind.
struct SchemaComponent
{
    ComponentKind kind = ComponentKind::Receiver;
    QString type;
    QStringList signalTypes; ///< "logs"; of a connector pairs: "logs-to-metrics"; of an extension none
    QString stability;       ///< "beta"; empty: not said
    QString aliasOf;         ///< the newer name of this type; empty: this is its name
    SchemaValue config;
};

/// What the Collector's components can be configured with, and which further ones there are in the world.
/// Immutable once read. @thread any
class Schema
{
public:
    /// Reads what tools/make-schema wrote, and the table of well-known types beside it.
    /// @param components  JSON; broken or empty gives a schema without components
    /// @param wellKnown   JSON: lists of types by section
    [[nodiscard]] static Schema read(const QByteArray &components, const QByteArray &wellKnown);

    [[nodiscard]] const QString &collectorVersion() const { return m_version; }
    [[nodiscard]] const SchemaComponent *find(ComponentKind kind, const QString &type) const;
    /// Some Collector has it, be its keys known here or not.
    [[nodiscard]] bool isKnown(ComponentKind kind, const QString &type) const;
    /// All types of a kind, those with known keys first, each part by name.
    [[nodiscard]] QStringList types(ComponentKind kind) const;
    /// Of service::telemetry.
    [[nodiscard]] const SchemaValue &telemetry() const { return m_telemetry; }
    [[nodiscard]] bool isEmpty() const { return m_components.empty(); }

private:
    QString m_version;
    std::vector<SchemaComponent> m_components;
    std::array<QHash<QString, size_t>, allComponentKinds.size()> m_byType; ///< indices into m_components
    std::array<QSet<QString>, allComponentKinds.size()> m_wellKnown;
    SchemaValue m_telemetry;
};

/// The one that comes with the program: the Collector that the end-to-end tests run.
[[nodiscard]] const Schema &shippedSchema();

} // namespace flowgate::collector
