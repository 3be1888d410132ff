// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/changefeed.h"
#include "domain/timeline.h"

#include <QObject>
#include <QSet>
#include <QTimer>

namespace flowgate::models {
class TimelineModel;
}

namespace flowgate::ui {

class TimelineView;
class Workspace;

/// Asks for what is drawn of the rows that are seen, and a little around them, one question at a time; again when the
/// view moved, and when one of these gateways did.
/// @thread gui
class TimelineFeed final : public QObject
{
    Q_OBJECT
public:
    /// They outlive it.
    TimelineFeed(TimelineView &view, models::TimelineModel &model, Workspace &workspace);

    /// The facts that have a lane each.
    void setKinds(const std::vector<domain::SpanKind> &kinds);
    [[nodiscard]] const std::vector<domain::SpanKind> &kinds() const { return m_kinds; }
    void ask();

Q_SIGNALS:
    /// @param why  the database's answer was an error; empty: it was none
    void answered(const QString &why);

private:
    void noteDelta(const app::FleetDelta &delta);
    [[nodiscard]] std::vector<domain::GatewayId> seen() const;

    TimelineView &m_view;
    models::TimelineModel &m_model;
    Workspace &m_workspace;
    std::vector<domain::SpanKind> m_kinds{domain::SpanKind::Health};
    QSet<domain::GatewayId> m_asked; ///< by the last question
    QTimer m_soon;                   ///< the view moved
    QTimer m_later;                  ///< something happened
    bool m_isWaiting = false;
    bool m_isOld = false; ///< asked again as soon as the answer is here
};

} // namespace flowgate::ui
