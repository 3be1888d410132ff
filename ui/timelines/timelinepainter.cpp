// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timelines/timelinepainter.h"

#include "ui/common/metrics.h"
#include "ui/common/relativetime.h"
#include "ui/common/statusshape.h"
#include "ui/common/timeaxis.h"
#include "ui/common/visibletext.h"
#include "ui/common/words.h"

#include <QPainter>

namespace flowgate::ui {

using common::Tone;
using domain::DrawnSpan;

namespace {

constexpr double markSize = 8;
constexpr double leastWidth = 2; // a short failure is what one looks for
constexpr double gap = 3;        // above and below the lanes of a row
constexpr double laneGap = 2;
constexpr int mostInTip = 12;

QRectF boxOf(const QRectF &lane, const TimeScale &scale, const domain::Span &span)
{
    const double right = scale.left + scale.width;
    const double begin = std::clamp(scale.placeOf(span.from), scale.left, right);
    const double end = std::clamp(scale.placeOf(span.to.value_or(scale.to)), scale.left, right);
    return {std::min(begin, right - leastWidth), lane.top(), std::max(end - begin, leastWidth), lane.height()};
}

bool isSeen(const TimeScale &scale, const domain::Span &span)
{
    return span.from < scale.to && (!span.to || *span.to >= scale.from);
}

/// Lanes below each other under a strip for marks, where there are any.
std::vector<QRectF> lanesIn(const QRectF &box, const models::TimelineRow &row)
{
    std::vector<QRectF> lanes;
    const double top = box.top() + gap + (row.marks.empty() ? 0 : markSize);
    const double height = box.bottom() - gap - top;
    const auto count = double(row.lanes.size());
    const double each = (height - laneGap * (count - 1)) / std::max(count, 1.0);
    for (size_t i = 0; i < row.lanes.size(); ++i)
        lanes.emplace_back(box.left(), top + double(i) * (each + laneGap), box.width(), std::max(each, 2.0));
    return lanes;
}

QRectF stripIn(const QRectF &box)
{
    return {box.left(), box.top() + 1, box.width(), markSize};
}

/// The worse comes first.
int severity(Tone tone)
{
    switch (tone) {
    case Tone::Bad:
        return 0;
    case Tone::Attention:
        return 1;
    case Tone::UnderWay:
        return 2;
    case Tone::Good:
        return 3;
    case Tone::Unknown:
        break;
    }
    return 4;
}

} // namespace

double TimeScale::placeOf(domain::WallTime time) const
{
    return left + width * double((time - from).count()) / double(std::max<qint64>((to - from).count(), 1));
}

domain::WallTime TimeScale::timeAt(double x) const
{
    return from + domain::milliseconds(static_cast<qint64>(double((to - from).count()) * (x - left) / width));
}

void TimelinePainter::drawRow(QPainter &painter, const QRectF &box, const TimeScale &scale,
                              const models::TimelineRow &row) const
{
    painter.save();
    painter.setClipRect(box, Qt::IntersectClip);
    drawLines(painter, box, scale);
    const std::vector<QRectF> lanes = lanesIn(box, row);
    for (size_t i = 0; i < lanes.size(); ++i)
        drawLane(painter, lanes[i], scale, row.lanes[i]);
    drawMarks(painter, stripIn(box), scale, row.marks);
    painter.restore();
}

void TimelinePainter::drawLines(QPainter &painter, const QRectF &box, const TimeScale &scale) const
{
    painter.setPen(m_theme.line);
    const int most = std::max(static_cast<int>(box.width()) / common::scaled(90, m_font), 1);
    for (const domain::WallTime at : common::axisMoments(scale.from, scale.to, most)) {
        const double x = std::round(scale.placeOf(at)) + 0.5;
        painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()));
    }
}

void TimelinePainter::drawLane(QPainter &painter, const QRectF &lane, const TimeScale &scale,
                               const models::TimelineLane &spans) const
{
    QFont font = m_font;
    font.setPointSizeF(common::textSizes(m_font).small);
    const QFontMetrics metrics(font);
    const bool fitsText = lane.height() >= metrics.ascent();
    painter.setFont(font);
    // The good ones first: what is worse is not hidden by them where a pixel has both.
    std::vector<const models::LaneSpan *> order;
    for (const models::LaneSpan &span : spans.spans) {
        if (isSeen(scale, span.drawn.span))
            order.push_back(&span);
    }
    std::ranges::stable_sort(order, std::greater<>(),
                             [](const models::LaneSpan *span) { return severity(span->state.tone); });
    for (const models::LaneSpan *span : order) {
        const common::StateWord &state = span->state;
        const DrawnSpan *drawn = &span->drawn;
        QRectF bar = boxOf(lane, scale, drawn->span);
        if (state.tone == Tone::Unknown) {
            painter.fillRect(bar, m_theme.panel);
            painter.fillRect(bar, QBrush(m_theme.quiet, Qt::BDiagPattern));
            continue;
        }
        const double slim = state.tone == Tone::Good ? lane.height() / 4 : 0;
        bar.adjust(0, slim, bar.width() > 2 * leastWidth ? -1 : 0, -slim);
        painter.fillRect(bar, m_theme.colour(state.tone));
        if (state.tone == Tone::Good || !fitsText || drawn->count > 1)
            continue;
        if (bar.width() > metrics.horizontalAdvance(state.word) + 2 * common::space::tiny) {
            painter.setPen(m_theme.window);
            painter.drawText(bar.adjusted(common::space::tiny, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, state.word);
        }
    }
}

void TimelinePainter::drawMarks(QPainter &painter, const QRectF &strip, const TimeScale &scale,
                                const std::vector<domain::Event> &marks) const
{
    // Of marks on one place the worst is drawn; the tip names them all.
    std::map<int, Tone> places;
    for (const domain::Event &event : marks) {
        if (event.at < scale.from || event.at > scale.to)
            continue;
        const int place = static_cast<int>(std::lround(scale.placeOf(event.at)));
        const Tone tone = models::markTone(event);
        const auto [known, isNew] = places.emplace(place, tone);
        if (!isNew && severity(tone) < severity(known->second))
            known->second = tone;
    }
    for (const auto &[place, tone] : places) {
        const QRectF box(place - markSize / 2, strip.top(), markSize, markSize);
        common::paintShape(painter, box, tone, m_theme.colour(tone));
    }
}

void TimelinePainter::drawAxis(QPainter &painter, const QRectF &box, const TimeScale &scale,
                               const std::vector<domain::Event> &marks) const
{
    painter.save();
    painter.setClipRect(box, Qt::IntersectClip);
    painter.setFont(m_font);
    const QFontMetrics metrics(m_font);
    const int most = std::max(static_cast<int>(box.width()) / common::scaled(90, m_font), 1);
    for (const common::AxisTick &tick : common::axisTicks(scale.from, scale.to, most)) {
        const double x = std::round(scale.placeOf(tick.at)) + 0.5;
        painter.setPen(m_theme.line);
        painter.drawLine(QPointF(x, box.bottom() - common::space::tiny), QPointF(x, box.bottom()));
        painter.setPen(m_theme.quiet);
        // A word at the edge is pushed inside rather than cut.
        const double width = metrics.horizontalAdvance(tick.text);
        const double left = std::clamp(x - width / 2, box.left() + 1, std::max(box.right() - width - 1, box.left()));
        painter.drawText(QRectF(left, box.top(), width + 1, box.height() - markSize), Qt::AlignLeft | Qt::AlignVCenter,
                         tick.text);
    }
    drawMarks(painter, {box.left(), box.bottom() - markSize - 1, box.width(), markSize}, scale, marks);
    painter.restore();
}

QString TimelinePainter::marksAt(double x, const TimeScale &scale, const std::vector<domain::Event> &marks)
{
    QStringList lines;
    int more = 0;
    for (const domain::Event &event : marks) {
        if (std::abs(scale.placeOf(event.at) - x) > markSize / 2 + 1)
            continue;
        if (lines.size() >= mostInTip) {
            ++more;
            continue;
        }
        lines.append(models::TimelineModel::tr("%1, by %2\n%3", "a moment, who did it, what it was")
                         .arg(common::exactTime(event.at), common::authorWord(event.by), event.text));
    }
    if (more > 0)
        lines.append(models::TimelineModel::tr("and %n more", "", more));
    return lines.join(u'\n');
}

QString TimelinePainter::wordsAt(const QPointF &at, const QRectF &box, const TimeScale &scale,
                                 const models::TimelineRow &row)
{
    if (!row.marks.empty() && at.y() <= stripIn(box).bottom()) {
        if (QString marks = marksAt(at.x(), scale, row.marks); !marks.isEmpty())
            return marks;
    }
    const std::vector<QRectF> lanes = lanesIn(box, row);
    for (size_t i = 0; i < lanes.size(); ++i) {
        if (at.y() > lanes[i].bottom() + laneGap && i + 1 < lanes.size())
            continue;
        const models::LaneSpan *found = nullptr;
        for (const models::LaneSpan &span : row.lanes[i].spans) {
            const QPointF place(at.x(), lanes[i].center().y());
            if (!isSeen(scale, span.drawn.span) || !boxOf(lanes[i], scale, span.drawn.span).contains(place))
                continue;
            if (!found || severity(span.state.tone) < severity(found->state.tone))
                found = &span;
        }
        if (found)
            return models::spanWords(found->drawn);
        return models::TimelineModel::tr("Nothing is known of %1").arg(common::exactTime(scale.timeAt(at.x())));
    }
    return {};
}

} // namespace flowgate::ui
