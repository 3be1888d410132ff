// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/schema.h"

namespace flowgate::collector {

/// Where in a config a cursor stands, told from indentation alone, so that a text that is being typed will do.
struct Place
{
    QStringList path;     ///< keys from the outside in, that of the cursor's line left out
    QString key;          ///< of the cursor's line, where there is one and the cursor is behind it
    QString typed;        ///< the word that ends at the cursor
    bool inValue = false; ///< behind "key:", in [a, b] or behind "- ": a value is typed; else a key
    bool inComment = false;
};

/// @param line    from 0
/// @param column  from 0, in UTF-16 units: the cursor is before that character
/// @thread any; pure; one pass over the lines above
[[nodiscard]] Place placeAt(const QStringList &lines, int line, int column);

/// placeAt() the end of several lines, in one pass over the text.
/// @param wanted  from 0, ascending
[[nodiscard]] std::vector<Place> placesOfLines(const QStringList &lines, const std::vector<int> &wanted);

/// How far in the line after @p line begins, in spaces: a level deeper behind "key:" and "- key:", else as this one.
[[nodiscard]] int indentAfter(const QString &line);

/// Ids that are defined in a section, by the keys at its first level of indentation.
[[nodiscard]] QStringList definedIds(const QStringList &lines, ComponentKind kind);

/// What the schema says of the value at @p path; null where it says nothing. The path of a component's own value has
/// two steps: the section and the id.
[[nodiscard]] const SchemaValue *schemaAt(const Schema &schema, const QStringList &path);

} // namespace flowgate::collector
