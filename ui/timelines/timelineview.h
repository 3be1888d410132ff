// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/timelines/timelinepainter.h"

#include <QTableView>

namespace flowgate::ui {

class TimelineHeader;
class TimeWindow;
class Workspace;

/// Rows over time under an axis. Keys: left and right move the window, + and - make it shorter and longer, 0 goes back
/// to now. With the pointer: drag it, wheel with Ctrl zooms around the pointer, wheel with Shift moves.
class TimelineView final : public QTableView
{
    Q_OBJECT
public:
    /// @param name  for screen readers
    TimelineView(models::TimelineModel &model, TimeWindow &window, Workspace &workspace, const QString &name,
                 QWidget *parent = nullptr);

    /// Takes the height of so many rows, less where there is none.
    void fitRows(int rows);
    [[nodiscard]] QSize sizeHint() const override;
    /// What happened to no gateway, along the axis.
    void setFleetMarks(std::vector<domain::Event> marks);
    /// Where the window lies, in the viewport's coordinates.
    [[nodiscard]] TimeScale scale() const;
    /// With what one pixel of the timeline stands for.
    [[nodiscard]] domain::TimelineWindow drawnWindow() const;
    [[nodiscard]] int timelineWidth() const;

Q_SIGNALS:
    /// The part of the rows or of the window that is seen is another one.
    void viewMoved();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    [[nodiscard]] bool isOnTimeline(const QPointF &at) const;

    TimeWindow &m_window;
    TimelineHeader *m_header = nullptr;
    std::optional<double> m_draggedFrom;
    int m_rows = 0; ///< to take the height of; 0: as much as there is
};

} // namespace flowgate::ui
