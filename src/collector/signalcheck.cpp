// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/signalcheck.h"

#include <QSet>

#include <algorithm>

namespace flowgate::collector {

namespace {

bool isConnector(const Outline &outline, const QString &id)
{
    return outline.find(ComponentKind::Connector, id) != nullptr;
}

class SignalChecker
{
public:
    SignalChecker(const Schema &schema, const Outline &outline)
        : m_schema(schema)
        , m_outline(outline)
    {
    }

    Problems run()
    {
        for (const Pipeline &pipeline : m_outline.pipelines) {
            takes(pipeline, pipeline.receivers, ComponentKind::Receiver);
            takes(pipeline, pipeline.processors, ComponentKind::Processor);
            takes(pipeline, pipeline.exporters, ComponentKind::Exporter);
            turns(pipeline, pipeline.exporters, true);
            turns(pipeline, pipeline.receivers, false);
        }
        for (size_t i = 0; i < m_outline.pipelines.size(); ++i)
            circle(i);
        return std::move(m_problems);
    }

private:
    void add(const Reference &at, const Pipeline &pipeline, ComponentKind part, const QString &text)
    {
        m_problems.push_back(
            {Severity::Error, at.mark.line, at.mark.column,
             QStringLiteral("service::pipelines::%1::%2").arg(pipeline.id.left(100), sectionName(part)), text,
             at.file});
    }

    void takes(const Pipeline &pipeline, const std::vector<Reference> &references, ComponentKind kind)
    {
        static const QSet<QString> signalTypes{QStringLiteral("traces"), QStringLiteral("metrics"),
                                               QStringLiteral("logs"), QStringLiteral("profiles")};
        if (!signalTypes.contains(pipeline.signal))
            return; // said of the pipeline's name
        for (const Reference &reference : references) {
            if (isConnector(m_outline, reference.id))
                continue;
            const SchemaComponent *known = m_schema.find(kind, componentType(reference.id));
            if (known && !known->signalTypes.isEmpty() && !known->signalTypes.contains(pipeline.signal))
                add(reference, pipeline, kind,
                    QStringLiteral("'%1' does not know %2: it takes %3.")
                        .arg(reference.id.left(100), pipeline.signal.left(20),
                             known->signalTypes.join(QStringLiteral(", "))));
        }
    }

    /// A connector at one end of a pipeline needs a pipeline at its other end whose signal it can give or take.
    void turns(const Pipeline &pipeline, const std::vector<Reference> &references, bool out)
    {
        for (const Reference &reference : references) {
            const SchemaComponent *known = isConnector(m_outline, reference.id)
                                               ? m_schema.find(ComponentKind::Connector, componentType(reference.id))
                                               : nullptr;
            if (!known)
                continue;
            QStringList others;
            bool fits = false;
            for (const Pipeline &other : m_outline.pipelines) {
                const auto &ends = out ? other.receivers : other.exporters;
                if (std::ranges::find(ends, reference.id, &Reference::id) == ends.end())
                    continue;
                others.append(other.id.left(100));
                const QString pair = out ? QStringLiteral("%1-to-%2").arg(pipeline.signal, other.signal)
                                         : QStringLiteral("%1-to-%2").arg(other.signal, pipeline.signal);
                fits = fits || known->signalTypes.contains(pair);
            }
            if (fits || others.isEmpty()) // without another end: said of the connector itself
                continue;
            add(reference, pipeline, out ? ComponentKind::Exporter : ComponentKind::Receiver,
                QStringLiteral("The connector '%1' cannot join %2 and %3; it turns %4.")
                    .arg(reference.id.left(100), pipeline.id.left(100), others.join(QStringLiteral(", ")),
                         known->signalTypes.join(QStringLiteral(", "))));
        }
    }

    /// The pipelines that @p pipeline hands on to.
    [[nodiscard]] std::vector<std::pair<size_t, const Reference *>> following(size_t pipeline) const
    {
        std::vector<std::pair<size_t, const Reference *>> next;
        for (const Reference &reference : m_outline.pipelines[pipeline].exporters) {
            if (!isConnector(m_outline, reference.id))
                continue;
            for (size_t other = 0; other < m_outline.pipelines.size(); ++other) {
                const auto &receivers = m_outline.pipelines[other].receivers;
                if (std::ranges::find(receivers, reference.id, &Reference::id) != receivers.end())
                    next.emplace_back(other, &reference);
            }
        }
        return next;
    }

    /// Each circle is told once, at its first pipeline.
    void circle(size_t start)
    {
        std::vector<size_t> from(m_outline.pipelines.size(), none);
        std::vector<size_t> queue{start};
        for (size_t at = 0; at < queue.size(); ++at) {
            for (const auto &[next, reference] : following(queue[at])) {
                if (next == start)
                    return report(start, queue[at], from, *reference);
                if (next < start || from[next] != none)
                    continue; // a circle through an earlier one was told there
                from[next] = queue[at];
                queue.push_back(next);
            }
        }
    }

    void report(size_t start, size_t last, const std::vector<size_t> &from, const Reference &closing)
    {
        QStringList names{m_outline.pipelines[start].id.left(60)};
        for (size_t at = last; at != start; at = from[at])
            names.insert(1, m_outline.pipelines[at].id.left(60));
        names.append(names.front());
        add(closing, m_outline.pipelines[last], ComponentKind::Exporter,
            QStringLiteral("The pipelines feed themselves: %1. The Collector refuses such a circle.")
                .arg(names.join(QStringLiteral(" \u2192 "))));
    }

    static constexpr size_t none = ~size_t(0);

    const Schema &m_schema;
    const Outline &m_outline;
    Problems m_problems;
};

} // namespace

Problems checkSignals(const Schema &schema, const Outline &outline)
{
    return SignalChecker(schema, outline).run();
}

} // namespace flowgate::collector
