// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/pipelinegraph.h"
#include "ui/common/theme.h"

#include <QFont>
#include <QRectF>

class QPainter;

namespace flowgate::ui {

/// What stands quietly below a box's name.
struct BoxCaption
{
    QString text;
    bool isTrouble = false;

    friend bool operator==(const BoxCaption &, const BoxCaption &) = default;
};

/// Lengths of a drawn graph, for one font.
class GraphMetrics
{
public:
    /// @param withCaptions  boxes have room for a second line
    GraphMetrics(const QFont &font, bool withCaptions);

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
/// @param captions  one a box, or none at all
/// @param current   the box that has the cursor, -1: none
void paintGraph(QPainter &painter, const collector::PipelineGraph &graph, const std::vector<BoxCaption> &captions,
                const GraphMetrics &metrics, const common::Theme &theme, int current);

} // namespace flowgate::ui
