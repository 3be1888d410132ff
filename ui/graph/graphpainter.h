// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/pipelinegraph.h"
#include "ui/common/theme.h"

#include <QFont>
#include <QRectF>

class QPainter;

namespace flowgate::ui {

/// Lengths of a drawn graph, for one font.
class GraphMetrics
{
public:
    explicit GraphMetrics(const QFont &font);

    [[nodiscard]] QRectF box(const collector::PipelineGraph &graph, int node) const;
    [[nodiscard]] QRectF lane(const collector::PipelineGraph &graph, int lane) const;
    [[nodiscard]] QSizeF size(const collector::PipelineGraph &graph) const;
    [[nodiscard]] const QFont &font() const { return m_font; }

private:
    QFont m_font;
    qreal m_width;  ///< of a box
    qreal m_height; ///< of a box
    qreal m_title;  ///< height above a lane's boxes
    qreal m_gapX;
    qreal m_gapY;
};

/// Draws the graph at the origin. A box that is missing or not defined is dashed, a connector has round ends; words
/// say the same.
/// @param current  the box that has the cursor, -1: none
void paintGraph(QPainter &painter, const collector::PipelineGraph &graph, const GraphMetrics &metrics,
                const common::Theme &theme, int current);

} // namespace flowgate::ui
