// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/failingparts.h"

#include <algorithm>

namespace flowgate::domain {

namespace {

constexpr int deepest = 16;
constexpr qsizetype longestPath = 500;
constexpr qsizetype longestReason = 2000;

/// The collector's words for a part that is on its way, which is no trouble.
bool isOnItsWay(const ComponentHealth &node)
{
    return node.lastError.isEmpty() && (node.status == u"StatusStarting" || node.status == u"StatusStopping" ||
                                        node.status == u"StatusStopped" || node.status == u"StatusNone");
}

QString reasonOf(const ComponentHealth &node)
{
    if (node.status.isEmpty() || node.lastError.isEmpty())
        return (node.status + node.lastError).left(longestReason);
    return QStringLiteral("%1: %2").arg(node.status, node.lastError).left(longestReason);
}

/// @return whether there was one at @p node or below
bool collect(const ComponentHealth &node, const QString &path, int depth, FailingParts &found)
{
    bool below = false;
    for (const auto &[name, child] : node.components) {
        if (depth < deepest && found.size() < mostFailingParts && !child.healthy)
            below = collect(child, path.isEmpty() ? name : path + u'/' + name, depth + 1, found) || below;
    }
    if (below || path.isEmpty() || isOnItsWay(node))
        return below;
    found.emplace(path.left(longestPath), reasonOf(node));
    return true;
}

} // namespace

FailingParts failingParts(const ComponentHealth &health)
{
    FailingParts found;
    if (!health.healthy)
        collect(health, {}, 0, found);
    return found;
}

std::vector<SpanStep> advanceParts(OpenParts &open, const FailingParts &failing, WallTime at)
{
    std::vector<SpanStep> steps;
    std::erase_if(open, [&](const auto &entry) {
        if (failing.contains(entry.first))
            return false;
        Span closed = entry.second;
        closed.to = std::max(at, closed.from);
        steps.push_back({closed, {}, false});
        return true;
    });
    for (const auto &[path, reason] : failing) {
        const auto known = open.find(path);
        SpanStep step = advanceSpan(known == open.end() ? std::nullopt : std::optional(known->second),
                                    SpanKind::Component, QStringLiteral("unhealthy"), reason, at);
        if (!step.opened)
            continue;
        step.opened->part = path;
        open[path] = *step.opened;
        steps.push_back(std::move(step));
    }
    return steps;
}

} // namespace flowgate::domain
