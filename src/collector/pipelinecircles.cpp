// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/pipelinecircles.h"

#include <algorithm>

namespace flowgate::collector {

namespace {

constexpr size_t none = ~size_t(0);

/// Numbers the strongly connected parts of a graph (Tarjan's algorithm, without recursion: chains may be long).
class Components
{
public:
    Components(const std::vector<std::vector<size_t>> &next, Work &work)
        : m_next(next)
        , m_work(work)
        , m_group(next.size(), -1)
        , m_order(next.size(), none)
        , m_low(next.size(), none)
    {
    }

    std::vector<int> run()
    {
        for (size_t node = 0; node < m_next.size(); ++node) {
            if (m_order[node] == none)
                visit(node);
        }
        return std::move(m_group);
    }

private:
    struct Visit
    {
        size_t node;
        size_t edge = 0; ///< the next one to look at
    };

    void enter(size_t node)
    {
        m_order[node] = m_low[node] = m_count++;
        m_open.push_back(node);
        m_visits.push_back({node});
    }

    void visit(size_t start)
    {
        enter(start);
        while (!m_visits.empty() && m_work.step()) {
            Visit &visit = m_visits.back();
            if (visit.edge == m_next[visit.node].size()) {
                leave();
                continue;
            }
            const size_t node = visit.node;
            const size_t next = m_next[node][visit.edge++];
            if (m_order[next] == none)
                enter(next);
            else if (m_group[next] < 0)
                m_low[node] = std::min(m_low[node], m_order[next]);
        }
    }

    void leave()
    {
        const size_t node = m_visits.back().node;
        m_visits.pop_back();
        if (!m_visits.empty())
            m_low[m_visits.back().node] = std::min(m_low[m_visits.back().node], m_low[node]);
        if (m_low[node] != m_order[node])
            return;
        for (bool isLast = false; !isLast; m_open.pop_back()) {
            m_group[m_open.back()] = m_groups;
            isLast = m_open.back() == node;
        }
        ++m_groups;
    }

    const std::vector<std::vector<size_t>> &m_next;
    Work &m_work;
    std::vector<int> m_group; ///< -1: not known yet
    std::vector<size_t> m_order;
    std::vector<size_t> m_low;
    std::vector<size_t> m_open;
    std::vector<Visit> m_visits;
    size_t m_count = 0;
    int m_groups = 0;
};

} // namespace

PipelineLinks::PipelineLinks(const Outline &outline, const OutlineIndex &index, Work &work)
    : m_outline(outline)
    , m_work(work)
    , m_next(outline.pipelines.size())
{
    const size_t pipelines = outline.pipelines.size();
    const auto connector = [&](const QString &id) -> size_t {
        if (!index.has(ComponentKind::Connector, id))
            return none;
        const auto known = m_byId.constFind(id);
        if (known != m_byId.constEnd())
            return *known;
        m_byId.insert(id, m_connectors.size());
        m_connectors.emplace_back();
        m_ids.push_back(id);
        m_next.emplace_back();
        return m_connectors.size() - 1;
    };
    const auto addOnce = [](std::vector<size_t> &list, size_t one) {
        if (list.empty() || list.back() != one)
            list.push_back(one);
    };
    for (size_t i = 0; i < pipelines; ++i) {
        for (const Reference &end : outline.pipelines[i].exporters) {
            if (const size_t at = connector(end.id); m_work.step() && at != none) {
                addOnce(m_connectors[at].writers, i);
                m_next[i].push_back(pipelines + at);
            }
        }
        for (const Reference &end : outline.pipelines[i].receivers) {
            if (const size_t at = connector(end.id); m_work.step() && at != none) {
                addOnce(m_connectors[at].readers, i);
                addOnce(m_next[pipelines + at], i);
            }
        }
    }
}

const std::vector<size_t> &PipelineLinks::readers(const QString &connector) const
{
    static const std::vector<size_t> nobody;
    const auto known = m_byId.constFind(connector);
    return known == m_byId.constEnd() ? nobody : m_connectors[*known].readers;
}

const std::vector<size_t> &PipelineLinks::writers(const QString &connector) const
{
    static const std::vector<size_t> nobody;
    const auto known = m_byId.constFind(connector);
    return known == m_byId.constEnd() ? nobody : m_connectors[*known].writers;
}

std::vector<PipelineLinks::Circle> PipelineLinks::circles() const
{
    const std::vector<int> groups = Components(m_next, m_work).run();
    std::vector<Circle> circles;
    std::vector<bool> isTold(m_next.size(), false); // by group
    for (size_t i = 0; i < m_outline.pipelines.size() && m_work.step(); ++i) {
        if (groups[i] < 0 || isTold[static_cast<size_t>(groups[i])])
            continue;
        isTold[static_cast<size_t>(groups[i])] = true;
        if (auto circle = circleFrom(i, groups))
            circles.push_back(std::move(*circle));
    }
    return circles;
}

/// Walks breadth first through the group of @p start until it is reached again.
std::optional<PipelineLinks::Circle> PipelineLinks::circleFrom(size_t start, const std::vector<int> &groups) const
{
    QHash<size_t, size_t> from;
    std::vector<size_t> queue{start};
    for (size_t at = 0; at < queue.size(); ++at) {
        for (const size_t next : m_next[queue[at]]) {
            if (!m_work.step())
                return {};
            if (next == start) {
                Circle circle;
                const size_t connector = queue[at];
                for (size_t node = connector; node != start; node = from.value(node)) {
                    if (node < m_outline.pipelines.size())
                        circle.pipelines.push_back(node);
                }
                circle.pipelines.push_back(start);
                std::ranges::reverse(circle.pipelines);
                const QString &id = m_ids[connector - m_outline.pipelines.size()];
                const auto &ends = m_outline.pipelines[circle.pipelines.back()].exporters;
                circle.closing = *std::ranges::find(ends, id, &Reference::id);
                return circle;
            }
            if (groups[next] != groups[start] || from.contains(next))
                continue;
            from.insert(next, queue[at]);
            queue.push_back(next);
        }
    }
    return {};
}

} // namespace flowgate::collector
