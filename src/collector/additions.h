// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/contains.h"

namespace flowgate::collector {

/// Sorts what effective has beyond wanted into by design and the rest, for contains().
class AdditionCollector
{
public:
    AdditionCollector(const ContainOptions &options, ContainmentResult &result)
        : m_options(options)
        , m_result(result)
    {
    }

    /// Notes the entries of @p effective that @p wanted lacks; both are the maps at @p path.
    void note(const Node &wanted, const Node &effective, NodePath &path);
    /// Notes the items of service::extensions that are not in @p asked.
    void noteExtensions(const QHash<QByteArray, bool> &asked, const Node &effective, NodePath &path);
    void byDesign(const NodePath &path, Addition::Kind kind, int line, int lastLine);

    /// Whether own telemetry puts something of its own into the list at @p path.
    [[nodiscard]] static bool isOwnTelemetryList(const NodePath &path);

private:
    void noteEntry(const NodeEntry &entry, NodePath &path);
    void add(std::vector<Addition> &list, Addition addition);
    [[nodiscard]] Addition::Kind kindOf(const NodePath &path) const;

    const ContainOptions &m_options;
    ContainmentResult &m_result;
};

} // namespace flowgate::collector
