// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/outline.h"
#include "collector/work.h"

namespace flowgate::collector {

/// How pipelines hand on to each other through connectors.
class PipelineLinks
{
public:
    /// @param outline  must outlive this and stay as it is
    PipelineLinks(const Outline &outline, const OutlineIndex &index, Work &work);

    /// Indices of the pipelines that have the connector among their receivers, or their exporters; each once.
    [[nodiscard]] const std::vector<size_t> &readers(const QString &connector) const;
    [[nodiscard]] const std::vector<size_t> &writers(const QString &connector) const;

    struct Circle
    {
        std::vector<size_t> pipelines; ///< indices, each hands on to the next, the last one to the first
        Reference closing;             ///< the exporter of the last one that leads back
    };
    /// One circle of each group of pipelines that feed each other: the shortest through the group's first pipeline.
    /// Linear in pipelines and their ends.
    [[nodiscard]] std::vector<Circle> circles() const;

private:
    struct Connector
    {
        std::vector<size_t> readers;
        std::vector<size_t> writers;
    };
    [[nodiscard]] std::vector<int> groups() const;
    [[nodiscard]] std::optional<Circle> circleFrom(size_t start, const std::vector<int> &groups) const;

    const Outline &m_outline;
    Work &m_work;
    std::vector<Connector> m_connectors;
    std::vector<QString> m_ids;    ///< of the connectors
    QHash<QString, size_t> m_byId; ///< indices into m_connectors
    /// A graph whose nodes are first the pipelines, then the connectors: each with the nodes it hands on to.
    std::vector<std::vector<size_t>> m_next;
};

} // namespace flowgate::collector
