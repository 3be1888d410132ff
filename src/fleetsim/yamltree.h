// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <utility>
#include <vector>

namespace flowgate::fleetsim {

/// YAML as a simulated collector needs it: plain values, keys in order, aliases resolved, no positions.
struct YamlNode
{
    enum class Kind { Scalar, Map, List };

    Kind kind = Kind::Scalar;
    QByteArray text;     ///< of a scalar, UTF-8
    bool quoted = false; ///< a scalar that was quoted is text, whatever it looks like
    std::vector<std::pair<QByteArray, YamlNode>> map;
    std::vector<YamlNode> list;

    [[nodiscard]] static YamlNode scalar(const QByteArray &text) { return {Kind::Scalar, text, false, {}, {}}; }
    [[nodiscard]] static YamlNode emptyMap() { return {Kind::Map, {}, false, {}, {}}; }
    /// Nothing, "~" or "null".
    [[nodiscard]] bool isNull() const;
    /// The value under @p key; null where there is none or this is no map.
    [[nodiscard]] const YamlNode *find(QByteArrayView key) const;
    /// The value under @p key, made as an empty map where there is none. A node that is no map becomes one.
    YamlNode &child(const QByteArray &key);

    friend bool operator==(const YamlNode &, const YamlNode &) = default;
};

/// Reads one document; an empty text is an empty map.
/// @errors the words of the Collector's own YAML package ("yaml: line 2: did not find expected node content"), or what
///         limit was passed: 64 levels, 20,000 nodes after resolving aliases
[[nodiscard]] domain::Result<YamlNode, QString> parseYaml(QByteArrayView text);
/// Block style, as the Collector writes it.
[[nodiscard]] QByteArray writeYaml(const YamlNode &node);
/// Puts @p over on top of @p base as the supervisor merges files: maps key by key, all else replaced.
void mergeOver(YamlNode &base, const YamlNode &over);

} // namespace flowgate::fleetsim
