// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/graph/graphpainter.h"

#include <QWidget>

namespace flowgate::ui {

/// The drawing inside PipelineView.
class PipelineCanvas final : public QWidget
{
    Q_OBJECT
public:
    explicit PipelineCanvas(QWidget *parent = nullptr);

    void setGraph(const collector::PipelineGraph &graph);
    [[nodiscard]] const collector::PipelineGraph &graph() const { return m_graph; }
    /// One a box; none: boxes have no second line.
    void setCaptions(std::vector<BoxCaption> captions);
    [[nodiscard]] const std::vector<BoxCaption> &captions() const { return m_captions; }
    [[nodiscard]] GraphMetrics metrics() const { return {font(), !m_captions.empty()}; }
    [[nodiscard]] int current() const { return m_current; }
    void setCurrent(int node);
    void zoom(qreal factor);
    void resetZoom();
    /// Made smaller, but not small, to fit this width, until the operator zooms.
    void fitTo(int width);
    [[nodiscard]] QRect boxOf(int node) const;

Q_SIGNALS:
    void currentChanged();
    void chosen(int node);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool event(QEvent *event) override;

private:
    void fit();
    void walk(int columns, int rows);
    [[nodiscard]] int nodeAt(const QPointF &place) const;
    [[nodiscard]] QString wordsFor(int node) const;

    collector::PipelineGraph m_graph;
    std::vector<BoxCaption> m_captions;
    int m_current = -1;
    qreal m_zoom = 1;
    bool m_zoomed = false; ///< by the operator
};

} // namespace flowgate::ui
