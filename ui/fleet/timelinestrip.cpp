// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/timelinestrip.h"

#include "ui/common/relativetime.h"
#include "ui/common/theme.h"
#include "ui/common/visibletext.h"
#include "ui/common/words.h"

#include <QDateTime>
#include <QHelpEvent>
#include <QLocale>
#include <QPainter>
#include <QToolTip>

namespace flowgate::ui {

using domain::SpanKind;

namespace {

constexpr int nameWidth = 68;
constexpr int barHeight = 13;
constexpr int barStep = 24;
constexpr SpanKind kinds[] = {SpanKind::Presence, SpanKind::Health, SpanKind::Config};

} // namespace

TimelineStrip::TimelineStrip(const domain::Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_clock(clock)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Timeline; the table below has the same in words"));
}

void TimelineStrip::show(std::vector<domain::Span> spans, domain::milliseconds range)
{
    m_spans = std::move(spans);
    m_range = range;
    update();
}

QSize TimelineStrip::sizeHint() const
{
    return {300, 3 * barStep + fontMetrics().height() + common::space::tiny};
}

QRectF TimelineStrip::barOf(SpanKind kind) const
{
    return {double(nameWidth), static_cast<int>(kind) * double(barStep) + 4, double(width() - nameWidth),
            double(barHeight)};
}

QRectF TimelineStrip::boxOf(const domain::Span &span, domain::WallTime now) const
{
    const QRectF bar = barOf(span.kind);
    const auto place = [&](domain::WallTime time) {
        const double share = 1.0 - double((now - time).count()) / double(std::max<qint64>(m_range.count(), 1));
        return bar.left() + std::clamp(share, 0.0, 1.0) * bar.width();
    };
    const double left = place(span.from);
    const double right = place(span.to.value_or(now));
    // A short failure is what one looks for: it keeps two pixels.
    return {left, bar.top(), std::max(right - left, 2.0), bar.height()};
}

void TimelineStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const common::Theme &theme = common::themeOf(palette());
    const domain::WallTime now = m_clock.now();
    painter.setPen(theme.quiet);
    for (const SpanKind kind : kinds) {
        const QRectF bar = barOf(kind);
        painter.drawText(QRectF(0, bar.top() - 4, nameWidth, bar.height() + 8), Qt::AlignLeft | Qt::AlignVCenter,
                         common::kindWord(kind));
        painter.fillRect(bar, theme.panel);
    }
    for (const domain::Span &span : m_spans) {
        if (span.to && now - *span.to > m_range)
            continue;
        const QRectF box = boxOf(span, now);
        const common::StateWord state = common::stateWord(span);
        if (state.tone == common::Tone::Unknown)
            painter.fillRect(box, QBrush(theme.quiet, Qt::BDiagPattern));
        else
            painter.fillRect(box.adjusted(0, 0, -1, 0), theme.colour(state.tone));
    }
    painter.setPen(theme.quiet);
    const QRectF axis(nameWidth, 3 * barStep, width() - nameWidth, fontMetrics().height());
    const auto label = [&](domain::WallTime time) {
        const QDateTime local = QDateTime::fromMSecsSinceEpoch(common::toMs(time));
        return QLocale().toString(local, m_range > std::chrono::hours(24) ? QStringLiteral("MM-dd HH:mm")
                                                                          : QStringLiteral("HH:mm"));
    };
    painter.drawText(axis, Qt::AlignLeft, label(now - m_range));
    painter.drawText(axis, Qt::AlignHCenter, label(now - m_range / 2));
    painter.drawText(axis, Qt::AlignRight, tr("now"));
}

QString TimelineStrip::wordsAt(const QPointF &at) const
{
    const domain::WallTime now = m_clock.now();
    for (const domain::Span &span : m_spans) {
        if (!boxOf(span, now).contains(at))
            continue;
        QString text =
            tr("%1: %2\nfrom %3")
                .arg(common::kindWord(span.kind), common::stateWord(span).word, common::exactTime(span.from));
        if (span.to)
            text += u'\n' + tr("to %1, %2").arg(common::exactTime(*span.to), common::duration(*span.to - span.from));
        if (!span.detail.isEmpty())
            text += u'\n' + span.detail;
        return common::toolTip(text);
    }
    return {};
}

bool TimelineStrip::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        QToolTip::showText(help->globalPos(), wordsAt(help->pos()), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace flowgate::ui
