// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/signalcheck.h"

#include "collector/pipelinecircles.h"

#include <QSet>

#include <algorithm>

namespace flowgate::collector {

namespace {

constexpr size_t mostNames = 8; ///< of pipelines in one text

/// "a, b and 3,990 more"
QString listed(const Outline &outline, const std::vector<size_t> &pipelines)
{
    QStringList names;
    for (size_t i = 0; i < pipelines.size() && i < mostNames; ++i)
        names.append(outline.pipelines[pipelines[i]].id.left(100));
    const QString text = names.join(QStringLiteral(", "));
    return pipelines.size() <= mostNames
               ? text
               : QStringLiteral("%1 and %2 more").arg(text, grouped(static_cast<qint64>(pipelines.size() - mostNames)));
}

class SignalChecker
{
public:
    SignalChecker(const Schema &schema, const Outline &outline, int most, Work *work)
        : m_schema(schema)
        , m_outline(outline)
        , m_index(outline)
        , m_work(work ? *work : m_own)
        , m_links(outline, m_index, m_work)
        , m_problems(most)
    {
    }

    Problems run()
    {
        for (const Pipeline &pipeline : m_outline.pipelines) {
            takes(pipeline, pipeline.receivers, ComponentKind::Receiver);
            takes(pipeline, pipeline.processors, ComponentKind::Processor);
            takes(pipeline, pipeline.exporters, ComponentKind::Exporter);
            if (m_outline.hidesUses)
                continue;
            turns(pipeline, pipeline.exporters, true);
            turns(pipeline, pipeline.receivers, false);
        }
        for (const PipelineLinks::Circle &circle : m_links.circles())
            report(circle);
        return m_problems.take();
    }

private:
    void add(const Reference &at, const Pipeline &pipeline, ComponentKind part, const QString &text)
    {
        m_problems.add({Severity::Error, at.mark.line, at.mark.column,
                        QStringLiteral("service::pipelines::%1::%2").arg(pipeline.id.left(100), sectionName(part)),
                        text, at.file});
    }

    void takes(const Pipeline &pipeline, const std::vector<Reference> &references, ComponentKind kind)
    {
        static const QSet<QString> signalTypes{QStringLiteral("traces"), QStringLiteral("metrics"),
                                               QStringLiteral("logs"), QStringLiteral("profiles")};
        if (!signalTypes.contains(pipeline.signal))
            return; // said of the pipeline's name
        for (const Reference &reference : references) {
            if (!m_work.step())
                return;
            if (mayBeConnector(reference.id, kind))
                continue;
            const SchemaComponent *known = m_schema.find(kind, componentType(reference.id));
            if (known && !known->signalTypes.isEmpty() && !known->signalTypes.contains(pipeline.signal))
                add(reference, pipeline, kind,
                    QStringLiteral("'%1' does not know %2: it takes %3.")
                        .arg(reference.id.left(100), pipeline.signal.left(20),
                             known->signalTypes.join(QStringLiteral(", "))));
        }
    }

    /// Behind a reference to their section every name may be that of a connector.
    [[nodiscard]] bool mayBeConnector(const QString &id, ComponentKind kind) const
    {
        return m_index.has(ComponentKind::Connector, id) ||
               (kind != ComponentKind::Processor && m_outline.isHidden(ComponentKind::Connector) &&
                !m_index.has(kind, id));
    }

    /// The signals of these pipelines, found once for each connector and end.
    const QSet<QString> &signalsOf(const QString &connector, bool ofReaders, const std::vector<size_t> &pipelines)
    {
        const auto key = std::pair(connector, ofReaders);
        const auto known = m_signals.constFind(key);
        if (known != m_signals.constEnd())
            return *known;
        QSet<QString> found;
        for (const size_t pipeline : pipelines) {
            m_work.step();
            found.insert(m_outline.pipelines[pipeline].signal);
        }
        return *m_signals.insert(key, found);
    }

    /// A connector at one end of a pipeline needs a pipeline at its other end whose signal it can give or take.
    void turns(const Pipeline &pipeline, const std::vector<Reference> &references, bool out)
    {
        for (const Reference &reference : references) {
            if (!m_work.step())
                return;
            const SchemaComponent *known = m_index.has(ComponentKind::Connector, reference.id)
                                               ? m_schema.find(ComponentKind::Connector, componentType(reference.id))
                                               : nullptr;
            if (!known)
                continue;
            const std::vector<size_t> &others = out ? m_links.readers(reference.id) : m_links.writers(reference.id);
            if (others.empty()) // said of the connector itself
                continue;
            const QSet<QString> &signalTypes = signalsOf(reference.id, out, others);
            const bool fits = std::ranges::any_of(known->signalTypes, [&](const QString &pair) {
                const qsizetype to = pair.indexOf(QLatin1String("-to-"));
                const QString from = pair.left(to);
                const QString into = pair.mid(to + 4);
                return (out ? from : into) == pipeline.signal && signalTypes.contains(out ? into : from);
            });
            if (fits || !m_problems.hasRoom(Severity::Error))
                continue;
            add(reference, pipeline, out ? ComponentKind::Exporter : ComponentKind::Receiver,
                QStringLiteral("The connector '%1' cannot join %2 and %3; it turns %4.")
                    .arg(reference.id.left(100), pipeline.id.left(100), listed(m_outline, others),
                         known->signalTypes.join(QStringLiteral(", "))));
        }
    }

    void report(const PipelineLinks::Circle &circle)
    {
        const auto count = static_cast<qsizetype>(circle.pipelines.size());
        constexpr qsizetype shownBefore = 5;
        constexpr qsizetype shownAfter = 2;
        QStringList names;
        for (qsizetype i = 0; i < count; ++i) {
            if (count > shownBefore + shownAfter + 1 && i == shownBefore) {
                i = count - shownAfter;
                names.append(QStringLiteral("… (%1 more)").arg(grouped(i - shownBefore)));
            }
            names.append(m_outline.pipelines[circle.pipelines[size_t(i)]].id.left(60));
        }
        names.append(names.front());
        add(circle.closing, m_outline.pipelines[circle.pipelines.back()], ComponentKind::Exporter,
            QStringLiteral("The pipelines feed themselves: %1. The Collector refuses such a circle.")
                .arg(names.join(QStringLiteral(" \u2192 "))));
    }

    const Schema &m_schema;
    const Outline &m_outline;
    OutlineIndex m_index;
    Work m_own;
    Work &m_work;
    PipelineLinks m_links;
    QHash<std::pair<QString, bool>, QSet<QString>> m_signals;
    ProblemList m_problems;
};

} // namespace

Problems checkSignals(const Schema &schema, const Outline &outline, const YamlLimits &limits, Work *work)
{
    return SignalChecker(schema, outline, limits.problems, work).run();
}

} // namespace flowgate::collector
