// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/timelinemodel.h"

#include "ui/common/relativetime.h"
#include "ui/common/visibletext.h"
#include "ui/common/words.h"
#include "ui/models/sortfiltermodel.h"

#include <map>

namespace flowgate::models {

using domain::DrawnSpan;
using domain::SpanKind;

namespace {

/// How long each state lasted within the window, the longest first.
QString lengthsOf(const TimelineLane &lane, const domain::TimelineWindow &window)
{
    QHash<QString, domain::milliseconds> lengths;
    QStringList order;
    for (const auto &[drawn, state] : lane.spans) {
        const domain::WallTime from = std::max(drawn.span.from, window.from);
        const domain::WallTime to = std::min(drawn.span.to.value_or(window.to), window.to);
        if (to < from)
            continue;
        if (!lengths.contains(state.word))
            order.append(state.word);
        lengths[state.word] += to - from;
    }
    std::ranges::stable_sort(order, std::greater<>(), [&](const QString &word) { return lengths.value(word); });
    QStringList said;
    for (const QString &word : std::as_const(order))
        said.append(TimelineModel::tr("%1 for %2", "a state, a length of time")
                        .arg(word.toLower(), common::duration(lengths.value(word))));
    return said.join(QStringLiteral(", "));
}

QString laneName(const TimelineLane &lane)
{
    return lane.kind == SpanKind::Component ? common::oneLine(lane.part, 100) : common::kindWord(lane.kind);
}

} // namespace

common::Tone markTone(const domain::Event &event)
{
    using common::Tone;
    static const QHash<QString, Tone> tones{
        {QStringLiteral("config_failed"), Tone::Bad},        {QStringLiteral("config_unanswered"), Tone::Attention},
        {QStringLiteral("config_drifted"), Tone::Attention}, {QStringLiteral("config_in_sync"), Tone::Good},
        {QStringLiteral("config_offered"), Tone::UnderWay},  {QStringLiteral("collector_restarted"), Tone::Attention},
        {QStringLiteral("store_trouble"), Tone::Bad},        {QStringLiteral("store_recovered"), Tone::Good},
        {QStringLiteral("offer_too_large"), Tone::Bad},      {QStringLiteral("rollout_failed"), Tone::Bad},
        {QStringLiteral("rollout_halted"), Tone::Attention}, {QStringLiteral("rollout_succeeded"), Tone::Good},
        {QStringLiteral("target_failed"), Tone::Bad},        {QStringLiteral("target_unanswered"), Tone::Attention},
        {QStringLiteral("target_proven"), Tone::Good},       {QStringLiteral("not_observed"), Tone::Unknown},
    };
    return tones.value(event.kind, Tone::UnderWay);
}

QString spanWords(const DrawnSpan &drawn)
{
    const domain::Span &span = drawn.span;
    const QString kind = common::kindWord(span);
    QString text = drawn.count > 1 ? TimelineModel::tr("%1: %n changes, the worst of them: %2", "", drawn.count)
                                         .arg(kind, common::stateWord(span).word)
                                   : QStringLiteral("%1: %2").arg(kind, common::stateWord(span).word);
    text += u'\n' + TimelineModel::tr("from %1").arg(common::exactTime(span.from));
    if (span.to)
        text += u'\n' +
                TimelineModel::tr("to %1, %2").arg(common::exactTime(*span.to), common::duration(*span.to - span.from));
    if (!span.detail.isEmpty())
        text += u'\n' + span.detail;
    return text;
}

std::vector<TimelineLane> lanesOf(const domain::Timeline &timeline, const std::vector<SpanKind> &kinds)
{
    std::vector<TimelineLane> lanes;
    for (const SpanKind kind : kinds) {
        std::map<QString, std::vector<LaneSpan>> parts;
        if (kind != SpanKind::Component)
            parts[QString()]; // a fact has its lane also where nothing is known of it
        for (const DrawnSpan &drawn : timeline.spans) {
            if (drawn.span.kind == kind)
                parts[drawn.span.part].push_back({drawn, common::stateWord(drawn.span)});
        }
        for (auto &[part, spans] : parts)
            lanes.push_back({kind, part, std::move(spans)});
    }
    return lanes;
}

QString timelineWords(const TimelineRow &row, const domain::TimelineWindow &window)
{
    if (!row.isKnown)
        return {};
    QStringList sentences;
    for (const TimelineLane &lane : row.lanes) {
        const QString lengths = lengthsOf(lane, window);
        sentences.append(QStringLiteral("%1: %2.").arg(
            laneName(lane), lengths.isEmpty() ? TimelineModel::tr("nothing is known of that time") : lengths));
    }
    QMap<QString, int> marks;
    for (const domain::Event &event : row.marks)
        ++marks[common::eventKindWord(event.kind)];
    QStringList counted;
    for (auto mark = marks.cbegin(); mark != marks.cend(); ++mark)
        counted.append(mark.value() == 1 ? mark.key() : QStringLiteral("%1 (%2)").arg(mark.key()).arg(mark.value()));
    if (!counted.isEmpty())
        sentences.append(TimelineModel::tr("Marks: %1.").arg(counted.join(QStringLiteral(", "))));
    return sentences.join(u' ');
}

void TimelineModel::show(std::vector<TimelineRow> rows)
{
    reconcile(std::move(rows), [](const TimelineRow &row) { return row.key; });
}

void TimelineModel::follow(std::vector<TimelineRow> rows)
{
    QHash<QString, const TimelineRow *> drawn;
    for (const TimelineRow &row : m_rows) {
        if (row.isKnown)
            drawn.insert(row.key, &row);
    }
    for (TimelineRow &row : rows) {
        const TimelineRow *known = drawn.value(row.key);
        if (!known)
            continue;
        row.lanes = known->lanes;
        row.marks = known->marks;
        row.isKnown = true;
    }
    show(std::move(rows));
}

void TimelineModel::fill(const std::vector<domain::Timeline> &timelines, const std::vector<SpanKind> &kinds)
{
    QHash<domain::GatewayId, const domain::Timeline *> byGateway;
    for (const domain::Timeline &timeline : timelines)
        byGateway.insert(timeline.gateway, &timeline);
    std::vector<int> changed;
    for (size_t i = 0; i < m_rows.size(); ++i) {
        const domain::Timeline *timeline = byGateway.value(m_rows[i].gateway);
        if (!timeline)
            continue;
        TimelineRow &row = m_rows[i];
        row.lanes = lanesOf(*timeline, kinds);
        row.marks = timeline->marks;
        row.isKnown = true;
        changed.push_back(static_cast<int>(i));
    }
    announce(std::move(changed));
}

QVariant TimelineModel::cell(const TimelineRow &row, Column column, int role) const
{
    const bool shows = role == Qt::DisplayRole || role == SortRole;
    switch (column) {
    case Column::Name:
        if (role == Qt::ToolTipRole)
            return common::toolTip(row.name);
        if (role == IdRole)
            return row.gateway.bytes();
        return shows ? QVariant(common::oneLine(row.name, 200)) : QVariant();
    case Column::Now:
        if (role == ToneRole)
            return row.now.word.isEmpty() ? QVariant() : QVariant(static_cast<int>(row.now.tone));
        return shows ? QVariant(row.now.word) : QVariant();
    case Column::Timeline:
        // Drawn by its delegate; the words are for copying and for whoever cannot see it.
        return shows || role == Qt::AccessibleTextRole ? QVariant(timelineWords(row, m_window)) : QVariant();
    case Column::Count:
        break;
    }
    return {};
}

QString TimelineModel::title(Column column) const
{
    switch (column) {
    case Column::Name:
        return tr("Name");
    case Column::Now:
        return tr("Now");
    case Column::Timeline:
        return tr("Timeline");
    case Column::Count:
        break;
    }
    return {};
}

} // namespace flowgate::models
