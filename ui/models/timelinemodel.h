// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/timeline.h"
#include "ui/common/tone.h"
#include "ui/models/tablemodel.h"

namespace flowgate::models {

/// A span with what is shown of its state: it is drawn many times.
struct LaneSpan
{
    domain::DrawnSpan drawn;
    common::StateWord state;

    friend bool operator==(const LaneSpan &, const LaneSpan &) = default;
};

/// The spans of one fact, or of one part of a collector, over time.
struct TimelineLane
{
    domain::SpanKind kind = domain::SpanKind::Health;
    QString part; ///< of a Component
    std::vector<LaneSpan> spans;

    friend bool operator==(const TimelineLane &, const TimelineLane &) = default;
};

/// What is drawn in one row.
struct TimelineRow
{
    QString key; ///< what makes it the same row
    QString name;
    domain::GatewayId gateway;
    common::StateWord now; ///< of the fact that the row is about; an empty word: nothing to say
    std::vector<TimelineLane> lanes;
    std::vector<domain::Event> marks;
    bool isKnown = false; ///< the database has answered

    friend bool operator==(const TimelineRow &, const TimelineRow &) = default;
};

enum class TimelineColumn { Name, Now, Timeline, Count };

/// Rows over time. What is drawn is told in words too: in the tool tip of a place, and to whoever cannot see it.
class TimelineModel final : public TableModel<TimelineRow, TimelineColumn>
{
    Q_OBJECT
public:
    using TableModel::TableModel;

    void show(std::vector<TimelineRow> rows);
    /// The same for rows that come without what is drawn: those that stay keep it.
    void follow(std::vector<TimelineRow> rows);
    /// Gives the rows of these gateways what the database answered; others stay as they are.
    /// @param kinds  a lane each, in this order
    void fill(const std::vector<domain::Timeline> &timelines, const std::vector<domain::SpanKind> &kinds);
    /// What words are about.
    void setWindow(const domain::TimelineWindow &window) { m_window = window; }

protected:
    [[nodiscard]] QVariant cell(const TimelineRow &row, Column column, int role) const override;
    [[nodiscard]] QString title(Column column) const override;

private:
    domain::TimelineWindow m_window;
};

/// The lanes of a timeline, one for each of @p kinds; for Component one for each part that has spans.
[[nodiscard]] std::vector<TimelineLane> lanesOf(const domain::Timeline &timeline,
                                                const std::vector<domain::SpanKind> &kinds);

/// "Health: healthy for 58 min, unhealthy for 2 min. 3 marks: …": what is drawn of a row within a window.
[[nodiscard]] QString timelineWords(const TimelineRow &row, const domain::TimelineWindow &window);
/// "Health: unhealthy", from when to when, and why; for several in one: how many there are.
[[nodiscard]] QString spanWords(const domain::DrawnSpan &drawn);
/// How a mark looks: an event that is no state.
[[nodiscard]] common::Tone markTone(const domain::Event &event);

} // namespace flowgate::models
