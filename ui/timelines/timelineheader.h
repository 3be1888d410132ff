// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/event.h"

#include <QHeaderView>

#include <vector>

namespace flowgate::ui {

class TimelineView;

/// The head of a table of timelines: the last column's is an axis of time, with marks of what happened to no gateway.
class TimelineHeader final : public QHeaderView
{
    Q_OBJECT
public:
    explicit TimelineHeader(TimelineView &view);

    void setMarks(std::vector<domain::Event> marks);

protected:
    void paintSection(QPainter *painter, const QRect &rect, int section) const override;
    [[nodiscard]] QSize sectionSizeFromContents(int section) const override;
    bool viewportEvent(QEvent *event) override;

private:
    const TimelineView &m_view;
    std::vector<domain::Event> m_marks;
};

} // namespace flowgate::ui
