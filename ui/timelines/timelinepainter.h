// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/theme.h"
#include "ui/models/timelinemodel.h"

#include <QFont>
#include <QRectF>

class QPainter;

namespace flowgate::ui {

/// Where a stretch of time lies on the screen.
struct TimeScale
{
    domain::WallTime from{};
    domain::WallTime to{};
    double left = 0;
    double width = 1;

    /// May lie outside.
    [[nodiscard]] double placeOf(domain::WallTime time) const;
    [[nodiscard]] domain::WallTime timeAt(double x) const;
};

/// Draws rows over time. A state is told by height, colour and, where there is room, its word: what is well is a slim
/// bar, what is not fills the lane, what nobody observed is hatched, and where nothing is known there is nothing.
class TimelinePainter
{
public:
    TimelinePainter(const common::Theme &theme, const QFont &font)
        : m_theme(theme)
        , m_font(font)
    {
    }

    /// One row into @p box; its lanes share the height.
    void drawRow(QPainter &painter, const QRectF &box, const TimeScale &scale, const models::TimelineRow &row) const;
    /// Moments and, at the foot, @p marks of no gateway.
    void drawAxis(QPainter &painter, const QRectF &box, const TimeScale &scale,
                  const std::vector<domain::Event> &marks) const;

    /// What is at a place of a row in words; empty: nothing is.
    [[nodiscard]] static QString wordsAt(const QPointF &at, const QRectF &box, const TimeScale &scale,
                                         const models::TimelineRow &row);
    /// The marks that are drawn at a place, in words.
    [[nodiscard]] static QString marksAt(double x, const TimeScale &scale, const std::vector<domain::Event> &marks);

private:
    void drawLane(QPainter &painter, const QRectF &lane, const TimeScale &scale,
                  const models::TimelineLane &spans) const;
    void drawMarks(QPainter &painter, const QRectF &strip, const TimeScale &scale,
                   const std::vector<domain::Event> &marks) const;
    void drawLines(QPainter &painter, const QRectF &box, const TimeScale &scale) const;

    const common::Theme &m_theme;
    QFont m_font;
};

} // namespace flowgate::ui
