// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/language/place.h"

namespace flowgate::collector {

/// What may be typed at a cursor.
struct Completions
{
    QString typed;     ///< what is there already of it, before the cursor
    QStringList texts; ///< each as it would stand there: "verbosity: ", "otlp"; best first, at most 300
};

/// Sections, types of components (those in @p reported before others), keys and words from the schema, ids that are
/// defined for pipelines and service::extensions: only those that fit the pipeline's signal.
/// @param line      from 0
/// @param column    from 0, in UTF-16 units
/// @param reported  types that gateways' Collectors have, by section; empty: not known
/// @thread any; pure
[[nodiscard]] Completions complete(const Schema &schema, const QStringList &lines, int line, int column,
                                   const QHash<QString, QStringList> &reported = {});

/// What a cursor stands on, for a tool tip.
struct Explanation
{
    QString name; ///< "verbosity", "otlp/2"
    const SchemaValue *value = nullptr;
    const SchemaComponent *component = nullptr; ///< where it is one
    QStringList pipelines;                      ///< that use the component
};
/// Nothing where the schema knows nothing of it.
[[nodiscard]] std::optional<Explanation> explain(const Schema &schema, const QStringList &lines, int line, int column);

} // namespace flowgate::collector
